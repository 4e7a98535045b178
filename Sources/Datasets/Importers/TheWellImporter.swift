import Archive

/// The Well (Ohana and others 2024, arXiv:2412.00568), HDF5 files with the groups `t0_fields` (scalars), `t1_fields`
/// (vectors), `t2_fields` (tensors), `dimensions` and `scalars`. Fields are (trajectory, time, x, y, (z), component…);
/// the first two axes are missing where nothing varies along them. The first state and constant fields become inputs,
/// all states of varying fields outputs.
public struct TheWellImporter: DatasetImporter {
    /// `the-well`
    public static let format = "the-well"
    /// One file, or several of one shape.
    public static let sources = "DATA.hdf5 [DATA.hdf5]..."

    /// What all samples share.
    public let layout: ImportLayout
    /// How many samples there are.
    public let sampleCount: Int
    private let files: [(file: WellFile, count: Int)]

    /// Opens the files. Throws `ImportError` or `ArchiveError`.
    public init(sources: [String]) throws {
        let opened = try sources.map { try WellFile($0) }
        guard let first = opened.first else {
            throw ImportError("no source", "nothing to import", advice: "needed: \(Self.sources)")
        }
        for other in opened.dropFirst() where other.signature != first.signature {
            throw ImportError(
                other.path, "its fields or grid differ from those of \(first.path)",
                advice: "import it into a dataset of its own")
        }
        files = opened.map { ($0, $0.trajectoryCount) }
        sampleCount = files.reduce(0) { $0 + $1.count }
        let varying = first.fields.filter(\.variesInTime).flatMap(\.channels)
        let constant = first.fields.filter { !$0.variesInTime }.flatMap(\.channels)
        layout = ImportLayout(
            task: .rollout, axes: first.axes, inputChannels: varying + constant, outputChannels: varying,
            times: first.times, parameters: first.scalars.map { DatasetParameter($0) })
    }

    /// The scalars. Throws `ImportError`.
    public func origin(_ index: Int) throws -> DatasetSampleOrigin {
        let (file, row) = place(index)
        return DatasetSampleOrigin(parameters: try file.scalarValues(row))
    }

    /// The states, axes turned to (y, x). Throws `ImportError`.
    public func sample(_ index: Int) throws -> DatasetSample {
        let (file, row) = place(index)
        let varying = file.fields.filter(\.variesInTime)
        let outputs = try file.times.indices.flatMap { time in
            try varying.flatMap { try file.values($0, row, time) }
        }
        let stateSize = outputs.count / max(file.times.count, 1)
        let constant = try file.fields.filter { !$0.variesInTime }.flatMap { try file.values($0, row, 0) }
        return DatasetSample(inputs: Array(outputs.prefix(stateSize)) + constant, outputs: outputs)
    }

    private func place(_ index: Int) -> (file: WellFile, row: Int) {
        var row = index
        for (file, count) in files {
            if row < count { return (file, row) }
            row -= count
        }
        return (files[files.count - 1].file, row)
    }
}
