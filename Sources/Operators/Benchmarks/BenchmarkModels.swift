/// The models and grids that are timed beside PyTorch, by name.
public enum BenchmarkModels {
    private static let mapping = FieldMapping(inputs: 1, outputs: 1, dimension: 2)

    /// All names.
    public static let names = ["fno", "unet", "vit"]

    /// The model of a name at the size of the published timings; nil for an unknown name.
    ///
    /// - Parameter modes: Kept frequencies an axis, for `fno`.
    public static func model(_ name: String, modes: Int) -> (any OperatorModel)? {
        switch name {
        case "fno": FourierOperator(mapping: mapping, modes: [modes, modes], width: 32, layers: 4)
        case "unet": UNet(mapping: mapping, width: 32, levels: 4)
        case "vit": VisionTransformer(mapping: mapping, patch: 8, width: 192, layers: 6, heads: 6)
        default: nil
        }
    }
}
