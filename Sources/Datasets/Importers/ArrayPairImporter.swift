import Archive

/// Plain arrays of NumPy: one archive with `inputs` and `outputs` (or `x` and `y`), perhaps with `mask`, `sdf` and
/// `parameters`; or pairs of files, inputs first.
public struct ArrayPairImporter: DatasetImporter {
    /// `npz`
    public static let format = "npz"
    /// One archive, or pairs of files.
    public static let sources =
        "DATA.npz with the arrays inputs and outputs, or INPUTS.npy OUTPUTS.npy [...] (also .npz of one array)"

    /// What all samples share.
    public let layout: ImportLayout
    /// How many samples there are.
    public var sampleCount: Int { pairs.count }
    private let pairs: ArrayPairs
    private let mask: NumPyArray?
    private let distance: NumPyArray?
    private let parameters: NumPyArray?

    /// Opens the files. Throws `ImportError`.
    public init(sources: [String]) throws {
        var extra: [String: NumPyArray] = [:]
        if sources.count == 1 {
            let path = sources[0]
            let names = path.lowercased().hasSuffix(".npz") ? try NumPyArray.names(path) : []
            guard let inputs = ["inputs", "x"].first(where: names.contains),
                let outputs = ["outputs", "y"].first(where: names.contains)
            else {
                throw ImportError(
                    path,
                    "one source has to hold the arrays inputs and outputs; it has [\(names.joined(separator: ", "))]",
                    advice: "needed: \(Self.sources)")
            }
            pairs = try ArrayPairs([
                (try NumPyArray.read(path, member: inputs), try NumPyArray.read(path, member: outputs))
            ])
            for name in ["mask", "sdf", "parameters"] where names.contains(name) {
                extra[name] = try NumPyArray.read(path, member: name)
            }
        } else {
            pairs = try ArrayPairs(sources, Self.sources)
        }
        (mask, distance, parameters) = (extra["mask"], extra["sdf"], extra["parameters"])
        layout = try Self.layout(pairs, extra)
    }

    private static func layout(_ pairs: ArrayPairs, _ extra: [String: NumPyArray]) throws -> ImportLayout {
        let (from, to) = (pairs.inputShape, pairs.outputShape)
        let isRollout = to.count > from.count
        let cells = [pairs.count] + from.dropFirst()
        for name in ["mask", "sdf"] {
            if let array = extra[name], array.shape != cells {
                throw ImportError(array.name, "its shape is \(array.shape), needed: \(cells)")
            }
        }
        if let array = extra["parameters"], array.shape.count != 2 || array.shape[0] != pairs.count {
            throw ImportError(
                array.name, "its shape is \(array.shape), needed: (\(pairs.count) samples, parameter)")
        }
        return ImportLayout(
            task: isRollout ? .rollout : .steady, axes: ImportLayout.unitAxes(Array(from.dropFirst())),
            inputChannels: (0..<from[0]).map { "input_\($0)" },
            outputChannels: (0..<to[isRollout ? 1 : 0]).map { "output_\($0)" },
            times: isRollout ? (0..<to[0]).map(Double.init) : [],
            parameters: (0..<(extra["parameters"]?.shape[1] ?? 0)).map {
                DatasetParameter("parameter_\($0)")
            },
            hasGeometry: extra["mask"] != nil || extra["sdf"] != nil)
    }

    /// Parameters where there are some; the mask or the distance as the geometry. Throws `ImportError`.
    public func origin(_ index: Int) throws -> DatasetSampleOrigin {
        let shape = try (mask ?? distance)?.part([index])
        return DatasetSampleOrigin(
            parameters: try parameters?.part([index]).map { Double($0) } ?? [],
            geometry: shape.map(ImportedGeometry.name) ?? "")
    }

    /// The arrays as they are; of mask and distance, the one that is missing follows from the other.
    /// Throws `ImportError`.
    public func sample(_ index: Int) throws -> DatasetSample {
        let given = try mask?.part([index]).map { $0 == 0 ? UInt8(0) : 1 }
        let length = try distance?.part([index])
        let marks = given ?? length?.map { $0 < 0 ? 0 : 1 }
        let signed = marks.map { marks in
            length.map { ImportedGeometry.oriented($0, marks) }
                ?? ImportedGeometry.distance(marks, layout.axes)
        }
        return DatasetSample(
            inputs: try pairs.inputs(index), outputs: try pairs.outputs(index), signedDistance: signed,
            mask: marks)
    }
}
