import Foundation

/// Where things are in a dataset file, and what has to fit.
enum DatasetLayout {
    static let format = "hugoniot-dataset"
    /// Bytes of the word for how a computation ended.
    static let endingWidth = 16
    /// Bytes of the reason of a failure; longer ones are cut.
    static let reasonWidth = 256
    static let statisticNames = ["mean", "standard_deviation", "minimum", "maximum"]

    /// Checks what would make the file contradict itself. Throws `ArchiveError`.
    static func validate(_ description: DatasetDescription) throws {
        try RunFileLayout.validate(description.axes)
        try requireNames(description.inputChannels, "input channels")
        try requireNames(description.outputChannels, "output channels")
        try requireNames(description.parameters.map(\.name), "parameters", mayBeEmpty: true)
        try requireNames(description.splits.map(\.name), "splits", mayBeEmpty: true)
        guard (description.task == .rollout) == !description.times.isEmpty else {
            throw mismatch("a rollout has times and steady samples have none")
        }
        guard zip(description.times, description.times.dropFirst()).allSatisfy(<) else {
            throw mismatch("the times of a rollout must increase: \(description.times)")
        }
        guard !description.samples.isEmpty else { throw mismatch("a dataset needs at least one sample") }
        for (index, sample) in description.samples.enumerated()
        where sample.parameters.count != description.parameters.count {
            throw mismatch(
                "sample \(index) has \(sample.parameters.count) parameters, the dataset \(description.parameters.count)"
            )
        }
        for split in description.splits {
            guard !split.name.contains("/"), split.name != ".",
                split.samples.allSatisfy(description.samples.indices.contains),
                Set(split.samples).count == split.samples.count
            else {
                throw mismatch(
                    "the split \"\(split.name)\" must list samples from 0 to \(description.samples.count - 1), each once"
                )
            }
        }
    }

    /// Checks a sample against the layout. Throws `ArchiveError`.
    static func validate(_ sample: DatasetSample, at index: Int, _ description: DatasetDescription) throws {
        let cells = description.cellShape.reduce(1, *)
        let expected = [
            ("inputs", sample.inputs.count, description.inputShape.reduce(1, *)),
            ("outputs", sample.outputs.count, description.outputShape.reduce(1, *)),
            ("sdf", sample.signedDistance?.count ?? 0, description.hasGeometry ? cells : 0),
            ("mask", sample.mask?.count ?? 0, description.hasGeometry ? cells : 0),
        ]
        for (name, found, wanted) in expected where found != wanted {
            throw mismatch("sample \(index): \(name) has \(found) values where \(wanted) are needed")
        }
        let lists = [
            ("inputs", sample.inputs), ("outputs", sample.outputs), ("sdf", sample.signedDistance ?? []),
        ]
        for (name, values) in lists {
            guard let bad = values.firstIndex(where: { !$0.isFinite }) else { continue }
            throw ArchiveError(
                .nonFinite,
                "sample \(index): \(name) is \(values[bad]) at value \(bad); the sample was not written")
        }
    }

    static func mismatch(_ message: String) -> ArchiveError { ArchiveError(.mismatch, message) }

    private static func requireNames(_ names: [String], _ what: String, mayBeEmpty: Bool = false) throws {
        guard mayBeEmpty || !names.isEmpty, Set(names).count == names.count, !names.contains("") else {
            throw mismatch("the \(what) must be named, each once: \(names)")
        }
    }
}
