/// Takes up the file of an interrupted run.
enum RunFileResumption {
    /// Checks that the file belongs to the same run and cuts off what came after the checkpoint. Returns the
    /// number of snapshots kept. Throws `HDF5Error` or `ArchiveError`.
    static func prepare(
        _ file: HDF5File, _ description: RunFileDescription, afterStep step: Int, time: Double
    ) throws -> Int {
        try requireSameRun(file, description)
        let kept = try truncateSnapshots(file.root, description, afterStep: step)
        try truncateSeries(file.root, afterStep: step, time: time)
        try RunFileCreation.writeProvenance(file.root, description)
        try file.flush()
        return kept
    }

    private static func requireSameRun(_ file: HDF5File, _ description: RunFileDescription) throws {
        let group = try file.root.group("fields")
        let found = try group.childNames()
        guard found == description.fields.sorted() else {
            throw mismatch(file, "it stores the fields \(found), this run \(description.fields.sorted())")
        }
        for name in found {
            let dataset = try group.dataset(name)
            let shape = Array(try dataset.shape().dropFirst())
            guard shape == description.fieldShape, dataset.elementType == description.fieldType else {
                throw mismatch(file, "its grid has the shape \(shape), this run's \(description.fieldShape)")
            }
        }
        for axis in description.axes {
            let faces: [Double] = try file.root.dataset("grid/\(axis.name)_faces").read()
            guard faces == axis.faces else { throw mismatch(file, "its \(axis.name) axis differs") }
        }
    }

    private static func mismatch(_ file: HDF5File, _ reason: String) -> ArchiveError {
        ArchiveError(
            .mismatch, "cannot continue \(file.path): \(reason); start afresh with --overwrite")
    }

    private static func truncateSnapshots(
        _ root: HDF5Group, _ description: RunFileDescription, afterStep step: Int
    ) throws -> Int {
        let times = try root.dataset("time")
        let steps = try root.dataset("step")
        let fields = try description.fields.map { try root.dataset("fields/\($0)") }
        let complete = try ([times, steps] + fields).map { try $0.shape().first ?? 0 }.min() ?? 0
        let stored: [Int64] = try steps.read()
        let kept = stored.prefix(complete).prefix { $0 <= Int64(step) }.count
        for dataset in [times, steps] + fields { try dataset.resize(rows: kept) }
        return kept
    }

    private static func truncateSeries(_ root: HDF5Group, afterStep step: Int, time: Double) throws {
        var paths = try root.contains(RunFileLayout.historyGroup) ? [RunFileLayout.historyGroup] : []
        for parent in ["probes", "forces"] where try root.contains(parent) {
            paths += try root.group(parent).childNames().map { "\(parent)/\($0)" }
        }
        for path in paths { try SeriesTable(root, path).truncate(afterStep: step, time: time) }
    }
}
