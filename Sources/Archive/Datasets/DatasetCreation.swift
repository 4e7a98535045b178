/// Lays out a dataset file.
enum DatasetCreation {
    /// Creates every group and dataset at its full size. Nothing is added later, so that a writer which is killed
    /// never leaves a file whose structure is half changed. Throws `HDF5Error`.
    static func layOut(_ root: HDF5Group, _ description: DatasetDescription, deflateLevel: Int) throws {
        try writeProvenance(root, description)
        try GridDatasets.writeAxes(description.axes, to: root)
        if description.task == .rollout {
            try root.createDataset("time", description.times).becomeDimensionScale("time")
        }
        try createArrays(root, description, deflateLevel)
        try writeParameters(root, description)
        try writeSamples(root, description)
        try writeSplits(root, description)
        try createStatistics(root, description)
    }

    private static func writeProvenance(_ root: HDF5Group, _ description: DatasetDescription) throws {
        try HugoniotFile.mark(root, format: DatasetLayout.format)
        var attributes = description.attributes
        attributes["task"] = .text(description.task.rawValue)
        attributes["tool_version"] = .text(description.toolVersion)
        attributes["deflate_level"] = .integer(Int64(description.deflateLevel))
        try root.attributes.write(attributes)
    }

    private static func createArrays(
        _ root: HDF5Group, _ description: DatasetDescription, _ deflateLevel: Int
    ) throws {
        let create = { (name: String, type: ElementType, shape: [Int], axis: Int) in
            let storage = DatasetStorage(
                chunk: [1] + shape, deflateLevel: deflateLevel, isAllocatedEarly: deflateLevel == 0,
                fill: type == .float32 ? .nan : nil)
            let dataset = try root.createDataset(
                name, type, shape: [description.samples.count] + shape, storage: storage)
            try GridDatasets.attach(description.axes, to: dataset, firstAxis: axis, root)
            return dataset
        }
        let inputs = try create("inputs", .float32, description.inputShape, 2)
        try inputs.attributes.write("channels", .texts(description.inputChannels))
        let outputs = try create(
            "outputs", .float32, description.outputShape, description.task == .rollout ? 3 : 2)
        try outputs.attributes.write("channels", .texts(description.outputChannels))
        if description.task == .rollout { try outputs.attach(root.dataset("time"), axis: 1) }
        guard description.hasGeometry else { return }
        _ = try create("sdf", .float32, description.cellShape, 1)
        _ = try create("mask", .uint8, description.cellShape, 1)
    }

    private static func writeParameters(_ root: HDF5Group, _ description: DatasetDescription) throws {
        guard !description.parameters.isEmpty else { return }
        let dataset = try root.createDataset(
            "parameters", description.samples.flatMap(\.parameters),
            shape: [description.samples.count, description.parameters.count])
        try dataset.attributes.write([
            "names": .texts(description.parameters.map(\.name)),
            "units": .texts(description.parameters.map(\.unit)),
        ])
    }

    private static func writeSamples(_ root: HDF5Group, _ description: DatasetDescription) throws {
        let group = try root.createGroup("samples")
        let samples = description.samples
        try group.createDataset("seed", samples.map(\.seed))
        try group.createDataset("steps", [Int64](repeating: 0, count: samples.count))
        try group.createDataset("residual", [Double](repeating: .nan, count: samples.count))
        try group.createFixedTexts("ending", samples.map { _ in "" }, width: DatasetLayout.endingWidth)
        for (name, texts) in [("geometry", samples.map(\.geometry)), ("family", samples.map(\.family))] {
            try group.createFixedTexts(name, texts, width: texts.map(\.utf8.count).max() ?? 1)
        }
        try group.createFixedTexts(
            "reason", samples.map { _ in "" }, width: DatasetLayout.reasonWidth)
        try group.createFixedTexts(
            "status", samples.map { _ in SampleStatus.pending.rawValue },
            width: SampleStatus.allCases.map(\.rawValue.utf8.count).max() ?? 1)
    }

    private static func writeSplits(_ root: HDF5Group, _ description: DatasetDescription) throws {
        let group = try root.createGroup("splits")
        for split in description.splits.sorted(by: { $0.name < $1.name }) {
            // One chunk of the planned size: finishing makes the list shorter, never longer.
            let storage = DatasetStorage(
                isExtendable: true, chunk: [max(split.samples.count, 1)], isAllocatedEarly: true)
            try group.createDataset(split.name, split.samples.map(Int64.init), storage: storage)
        }
    }

    private static func createStatistics(_ root: HDF5Group, _ description: DatasetDescription) throws {
        let group = try root.createGroup("statistics")
        try group.attributes.write(
            "over",
            "fluid cells (mask = 1) of completed samples: of the split train, of all where there is none")
        let channels = [("inputs", description.inputChannels), ("outputs", description.outputChannels)]
        for (name, channels) in channels {
            let part = try group.createGroup(name)
            try part.attributes.write("channels", .texts(channels))
            for statistic in DatasetLayout.statisticNames {
                try part.createDataset(statistic, [Double](repeating: .nan, count: channels.count))
            }
        }
    }
}
