/// Reads dataset files: Hugoniot's own, and those of other programs, in which only `/inputs` and `/outputs` are
/// obligatory.
///
/// Arrays come in C order, x fastest. A sample is one read.
public final class DatasetFileReader: Sendable {
    /// The file's path on disk.
    public let path: String
    /// The attributes of the root: task, provenance.
    public let attributes: [String: AttributeValue]
    /// What the samples are; told by the shapes where the file does not say it.
    public let task: DatasetTask
    /// How many samples there are, failed ones included.
    public let sampleCount: Int
    /// The names of the input channels; `input_0` and so on where the file has none.
    public let inputChannels: [String]
    /// The names of the output channels; `output_0` and so on where the file has none.
    public let outputChannels: [String]
    /// The shape of one channel, slowest axis first: (z,) y, x.
    public let cellShape: [Int]
    /// The times of a rollout, 0, 1, 2 … where the file does not say them; empty for steady samples.
    public let times: [Double]
    /// The grid's axes, x first; cells of length 1 where the file has none.
    public let axes: [RunAxis]
    /// The parameters, in their order; empty where the file has none.
    public let parameters: [DatasetParameter]
    /// How far each sample is; all completed where the file does not say it.
    public let statuses: [SampleStatus]
    /// The splits, by name; empty where the file has none.
    public let splits: [DatasetSplit]
    /// Whether the file has `/sdf`.
    public let hasSignedDistance: Bool
    /// Whether the file has `/mask`.
    public let hasMask: Bool

    let root: HDF5Group
    private let file: HDF5File

    /// Opens a dataset. Throws `ArchiveError` telling apart a missing, foreign, truncated, newer and damaged file,
    /// and arrays whose shapes do not fit each other.
    public init(_ path: String) throws {
        let file = try DatasetForm.open(path)
        do {
            let form = try DatasetForm(file)
            self.path = path
            self.file = file
            root = file.root
            attributes = try file.root.attributes.all()
            (task, sampleCount, cellShape) = (form.task, form.sampleCount, form.cellShape)
            (inputChannels, outputChannels) = (form.inputChannels, form.outputChannels)
            times = try form.times()
            axes = try form.axes()
            parameters = try form.parameters()
            statuses = try form.statuses()
            splits = try form.splits()
            hasSignedDistance = try form.hasCells("sdf")
            hasMask = try form.hasCells("mask")
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// The shape of the inputs of one sample: channel, (z,) y, x.
    public var inputShape: [Int] { [inputChannels.count] + cellShape }
    /// The shape of the outputs of one sample: (time,) channel, (z,) y, x.
    public var outputShape: [Int] {
        (task == .rollout ? [times.count] : []) + [outputChannels.count] + cellShape
    }

    /// The samples of a split. Throws `ArchiveError` that lists the splits where there is none of this name.
    public func split(_ name: String) throws -> [Int] {
        guard let split = splits.first(where: { $0.name == name }) else {
            let names = splits.map(\.name)
            throw DatasetLayout.mismatch(
                "\(path) has no split \"\(name)\"; "
                    + (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
        }
        return split.samples
    }

    /// The inputs of a sample: channel, (z,) y, x. Throws `ArchiveError`.
    public func inputs(_ sample: Int) throws -> [Float] { try row("inputs", sample) }

    /// The outputs of a sample: (time,) channel, (z,) y, x. Throws `ArchiveError`.
    public func outputs(_ sample: Int) throws -> [Float] { try row("outputs", sample) }

    /// One input channel of a sample: (z,) y, x. Throws `ArchiveError`.
    public func input(_ sample: Int, channel: Int) throws -> [Float] {
        try part("inputs", [sample, channel])
    }

    /// One output channel of a sample: (z,) y, x; of a rollout at the time of this number. Throws `ArchiveError`.
    public func output(_ sample: Int, channel: Int, time: Int = 0) throws -> [Float] {
        try part("outputs", task == .rollout ? [sample, time, channel] : [sample, channel])
    }

    /// The signed distance to the bodies, negative inside; nil where the file has none. Throws `ArchiveError`.
    public func signedDistance(_ sample: Int) throws -> [Float]? {
        hasSignedDistance ? try row("sdf", sample) : nil
    }

    /// 1 in the fluid, 0 in a body; nil where the file has none. Throws `ArchiveError`.
    public func mask(_ sample: Int) throws -> [UInt8]? { hasMask ? try row("mask", sample) : nil }

    /// The parameters of every sample. Throws `ArchiveError`.
    public func parameterValues() throws -> [[Double]] {
        guard !parameters.isEmpty else { return statuses.map { _ in [] } }
        let values: [Double] = try reading { try root.dataset("parameters").read() }
        return (0..<sampleCount).map {
            Array(values[$0 * parameters.count..<($0 + 1) * parameters.count])
        }
    }

    /// Why samples failed: empty texts for the others. Throws `ArchiveError`.
    public func reasons() throws -> [String] { try texts("reason") }

    /// How the computation of each sample ended; empty where the file does not tell. Throws `ArchiveError`.
    public func endings() throws -> [String] { try texts("ending") }

    /// The geometry of every sample; empty texts where the file does not say it. Throws `ArchiveError`.
    public func geometries() throws -> [String] { try texts("geometry") }

    /// The family of the geometry of every sample; empty texts where the file does not say it.
    /// Throws `ArchiveError`.
    public func families() throws -> [String] { try texts("family") }

    /// Statistics of the input and output channels over the training split; nil where the file has none.
    /// Throws `ArchiveError`.
    public func statistics() throws -> (inputs: ChannelStatistics, outputs: ChannelStatistics)? {
        try reading {
            guard let inputs = try statistics("inputs", inputChannels.count),
                let outputs = try statistics("outputs", outputChannels.count)
            else { return nil }
            return (inputs, outputs)
        }
    }

    private func statistics(_ part: String, _ count: Int) throws -> ChannelStatistics? {
        let lists = try DatasetLayout.statisticNames.map { name -> [Double] in
            let dataset = "statistics/\(part)/\(name)"
            return try root.contains(dataset) ? try root.dataset(dataset).read() : []
        }
        guard lists.allSatisfy({ $0.count == count && $0.allSatisfy(\.isFinite) }) else { return nil }
        return ChannelStatistics(
            mean: lists[0], standardDeviation: lists[1], minimum: lists[2], maximum: lists[3])
    }

    private func texts(_ name: String) throws -> [String] {
        try reading {
            guard try root.contains("samples/\(name)") else { return statuses.map { _ in "" } }
            return try root.dataset("samples/\(name)").readTexts()
        }
    }

    private func row<Element: HDF5Element>(_ name: String, _ sample: Int) throws -> [Element] {
        try part(name, [sample])
    }

    /// What lies below the given leading indices.
    private func part<Element: HDF5Element>(_ name: String, _ leading: [Int]) throws -> [Element] {
        try reading {
            let dataset = try root.dataset(name)
            let shape = try dataset.shape()
            let rest = shape.dropFirst(leading.count)
            guard zip(leading, shape).allSatisfy({ (0..<$1).contains($0) }) else {
                throw DatasetLayout.mismatch("\(path): /\(name) of shape \(shape) has no part \(leading)")
            }
            return try dataset.read(
                at: Hyperslab(
                    start: leading + rest.map { _ in 0 }, count: leading.map { _ in 1 } + rest))
        }
    }

    private func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as HDF5Error { throw HugoniotFile.translate(error, path) }
    }
}
