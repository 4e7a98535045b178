/// A way to spread samples over the unit cube.
public protocol SampleDesign: Sendable {
    /// The samples.
    ///
    /// - Parameter axes: For each coordinate the number of its values, nil where it is continuous.
    /// - Returns: For each sample its coordinates, each within (0, 1).
    func points(_ axes: [Int?]) -> [[Double]]
}

/// The kinds of design that a sweep file can name.
public enum DesignKind: String, Sendable, CaseIterable {
    /// A scrambled Sobol sequence.
    case sobol
    /// Every interval of each parameter is hit once.
    case latinHypercube = "latin-hypercube"
    /// Independent samples.
    case random
    /// All combinations.
    case grid
    /// The rows of a table.
    case csv
}

/// How samples are spread.
public struct DesignOptions: Sendable, Equatable {
    /// The kind.
    public var kind: DesignKind
    /// How many samples there are.
    public var samples: Int
    /// Selects the random numbers of the whole campaign.
    public var seed: UInt64
    /// Whether a Latin hypercube is the one of several whose closest samples are farthest apart.
    public var isMaximin: Bool
    /// The file of a table, as the sweep file names it.
    public var file: String?

    /// The design itself.
    public var design: any SampleDesign {
        switch kind {
        case .sobol: SobolDesign(count: samples, seed: seed)
        case .latinHypercube: LatinHypercubeDesign(count: samples, seed: seed, isMaximin: isMaximin)
        case .random: RandomDesign(count: samples, seed: seed)
        case .grid: GridDesign(seed: seed)
        case .csv: RowDesign(count: samples)
        }
    }
}
