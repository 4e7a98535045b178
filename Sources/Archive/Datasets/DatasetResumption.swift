/// Checks that an interrupted dataset belongs to a description.
enum DatasetResumption {
    /// Throws `ArchiveError` that names the first difference, or `HDF5Error`.
    static func requireSame(_ file: HDF5File, _ description: DatasetDescription) throws {
        let root = file.root
        guard try root.contains("statistics/outputs/maximum") else {
            throw ArchiveError(.damaged, "\(file.path) is damaged: its layout is not complete; start over")
        }
        let count = description.samples.count
        try require(
            try root.dataset("inputs").shape(), [count] + description.inputShape, "shape of the inputs", file)
        try require(
            try root.dataset("outputs").shape(), [count] + description.outputShape, "shape of the outputs",
            file)
        try require(
            try channels(root, "inputs"), description.inputChannels, "input channels", file)
        try require(
            try channels(root, "outputs"), description.outputChannels, "output channels", file)
        try require(
            try root.dataset("samples/seed").read(), description.samples.map(\.seed), "seeds", file)
        try require(
            try root.dataset("samples/geometry").readTexts(), description.samples.map(\.geometry),
            "geometries",
            file)
        let splits = description.splits.map(\.name).sorted()
        try require(try root.group("splits").childNames(), splits, "splits", file)
        guard !description.parameters.isEmpty else { return }
        try require(
            try root.dataset("parameters").read(), description.samples.flatMap(\.parameters), "parameters",
            file)
    }

    private static func channels(_ root: HDF5Group, _ name: String) throws -> [String] {
        try root.dataset(name).attributes.read("channels")?.texts ?? []
    }

    private static func require<Value: Equatable>(
        _ found: [Value], _ wanted: [Value], _ what: String, _ file: HDF5File
    ) throws {
        guard found != wanted else { return }
        let detail = wanted.count <= 8 && found.count <= 8 ? ": \(found), not \(wanted)" : ""
        throw DatasetLayout.mismatch(
            "cannot continue \(file.path): its \(what) differ\(detail); start afresh with --overwrite")
    }
}
