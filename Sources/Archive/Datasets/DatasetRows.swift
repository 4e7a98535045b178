/// The arrays of an open dataset file, sample by sample.
struct DatasetRows {
    private let root: HDF5Group
    private let description: DatasetDescription
    private let inputs: HDF5Dataset
    private let outputs: HDF5Dataset
    private let distance: HDF5Dataset?
    private let mask: HDF5Dataset?
    private let steps: HDF5Dataset
    private let ending: HDF5Dataset
    private let residual: HDF5Dataset
    private let reason: HDF5Dataset
    private let status: HDF5Dataset

    init(_ root: HDF5Group, _ description: DatasetDescription) throws {
        self.root = root
        self.description = description
        inputs = try root.dataset("inputs")
        outputs = try root.dataset("outputs")
        distance = description.hasGeometry ? try root.dataset("sdf") : nil
        mask = description.hasGeometry ? try root.dataset("mask") : nil
        steps = try root.dataset("samples/steps")
        ending = try root.dataset("samples/ending")
        residual = try root.dataset("samples/residual")
        reason = try root.dataset("samples/reason")
        status = try root.dataset("samples/status")
    }

    func write(_ sample: DatasetSample, at index: Int) throws {
        try put(sample.inputs, inputs, index)
        try put(sample.outputs, outputs, index)
        if let distance, let values = sample.signedDistance { try put(values, distance, index) }
        if let mask, let values = sample.mask { try put(values, mask, index) }
        try put([Int64(sample.steps)], steps, index)
        try put([sample.residual ?? .nan], residual, index)
        try ending.writeFixedTexts([sample.ending], from: index)
    }

    /// Takes away what a sample may have left.
    func clear(_ index: Int) throws {
        let cells = description.cellShape.reduce(1, *)
        try put([Float](repeating: .nan, count: description.inputShape.reduce(1, *)), inputs, index)
        try put([Float](repeating: .nan, count: description.outputShape.reduce(1, *)), outputs, index)
        if let distance { try put([Float](repeating: .nan, count: cells), distance, index) }
        if let mask { try put([UInt8](repeating: 0, count: cells), mask, index) }
        try put([Int64(0)], steps, index)
        try put([Double.nan], residual, index)
        try ending.writeFixedTexts([""], from: index)
    }

    func read(_ index: Int) throws -> DatasetSample {
        let steps: [Int64] = try get(steps, index)
        let residual: [Double] = try get(residual, index)
        return DatasetSample(
            inputs: try get(inputs, index), outputs: try get(outputs, index),
            signedDistance: try distance.map { try get($0, index) },
            mask: try mask.map { try get($0, index) },
            steps: Int(steps.first ?? 0), ending: try ending.readTexts()[index],
            residual: residual.first.flatMap { $0.isNaN ? nil : $0 })
    }

    func write(_ value: SampleStatus, at index: Int) throws {
        try status.writeFixedTexts([value.rawValue], from: index)
    }

    func writeReason(_ text: String, at index: Int) throws {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        try reason.writeFixedTexts([line], from: index)
    }

    func readReasons() throws -> [String] { try reason.readTexts() }

    func readStatuses() throws -> [SampleStatus] {
        try status.readTexts().map { SampleStatus(rawValue: $0) ?? .pending }
    }

    func write(_ statistics: ChannelStatistics, group: String) throws {
        let values = [
            statistics.mean, statistics.standardDeviation, statistics.minimum, statistics.maximum,
        ]
        for (name, values) in zip(DatasetLayout.statisticNames, values) {
            try root.dataset("statistics/\(group)/\(name)").write(values)
        }
    }

    /// Leaves only completed samples in the splits.
    func shortenSplits(to statuses: [SampleStatus]) throws {
        for split in description.splits {
            let kept = split.samples.filter { statuses[$0] == .completed }
            try write(kept, split.name)
        }
    }

    /// Undoes the shortening of a writer that was killed while it finished.
    func restoreSplits(_ splits: [DatasetSplit]) throws {
        for split in splits { try write(split.samples, split.name) }
    }

    private func write(_ samples: [Int], _ split: String) throws {
        let dataset = try root.dataset("splits/\(split)")
        if try dataset.shape() != [samples.count] { try dataset.resize(rows: samples.count) }
        try dataset.write(samples.map(Int64.init))
    }

    private func put<Element: HDF5Element>(
        _ values: [Element], _ dataset: HDF5Dataset, _ index: Int
    ) throws {
        try dataset.write(values, at: .row(index, ofShape: try dataset.shape()))
    }

    private func get<Element: HDF5Element>(_ dataset: HDF5Dataset, _ index: Int) throws -> [Element] {
        try dataset.read(at: .row(index, ofShape: try dataset.shape()))
    }
}
