import Archive

/// PDEBench (Takamoto and others 2022, arXiv:2210.07182), HDF5 files of two layouts: `tensor` of (sample, time, x) or
/// (sample, time, x, y), with `nu` of (sample, x, y) as the input of steady Darcy flow; and compressible flow in
/// `density`, `Vx`, `Vy`, `Vz`, `pressure` of (sample, time, x, y, z). Rollouts have the first state as inputs and all
/// states as outputs.
public struct PDEBenchImporter: DatasetImporter {
    /// `pdebench`
    public static let format = "pdebench"
    /// One file, or several of one shape.
    public static let sources = "DATA.hdf5 [DATA.hdf5]..."

    /// What all samples share.
    public let layout: ImportLayout
    /// How many samples there are.
    public let sampleCount: Int
    private let files: [ForeignHDF5]
    private let counts: [Int]
    /// The arrays of the outputs, in the order of the channels.
    private let names: [String]
    private let cells: [Int]
    private let hasInputs: Bool
    private let attributes: [String]

    private static let known = [
        ("density", "density"), ("Vx", "velocity_x"), ("Vy", "velocity_y"), ("Vz", "velocity_z"),
        ("pressure", "pressure"), ("tensor", "u"),
    ]

    /// Opens the files. Throws `ImportError` or `ArchiveError`.
    public init(sources: [String]) throws {
        files = try sources.map { try ForeignHDF5($0) }
        guard let first = files.first else {
            throw ImportError("no source", "nothing to import", advice: "needed: \(Self.sources)")
        }
        let present = try Self.known.filter { try first.contains($0.0) }
        names = present.map(\.0)
        guard let leading = names.first else {
            throw ImportError(
                first.path,
                "it has neither tensor nor density, Vx and pressure; it has "
                    + (try first.reading { try first.root.childNames() }).joined(separator: ", "))
        }
        let shape = try first.shape(leading)
        guard (3...5).contains(shape.count) else {
            throw ImportError(
                first.path, "\(leading) has the shape \(shape); needed: (sample, time, x, (y, (z)))")
        }
        cells = Array(shape.dropFirst(2))
        hasInputs = try first.contains("nu") && shape[1] == 1
        counts = try Self.counts(files, names, shape)
        sampleCount = counts.reduce(0, +)
        let numbers = try first.numberAttributes()
        attributes = numbers.map(\.name)
        let outputs = present.map(\.1)
        layout = ImportLayout(
            task: hasInputs ? .steady : .rollout, axes: try Self.axes(first, cells),
            inputChannels: hasInputs ? ["nu"] : outputs, outputChannels: outputs,
            times: hasInputs ? [] : try Self.times(first, shape[1]),
            parameters: attributes.map { DatasetParameter($0) })
    }

    private static func counts(_ files: [ForeignHDF5], _ names: [String], _ shape: [Int]) throws -> [Int] {
        try files.map { file in
            let shapes = try names.map { try file.shape($0) }
            guard let found = shapes.first, shapes.allSatisfy({ $0 == found }),
                found.dropFirst().elementsEqual(shape.dropFirst())
            else {
                throw ImportError(
                    file.path,
                    "its arrays have the shapes \(shapes); all have to be (sample, \(shape.dropFirst()))",
                    advice: "files of another shape go into a dataset of their own")
            }
            return found[0]
        }
    }

    private static func axes(_ file: ForeignHDF5, _ cells: [Int]) throws -> [RunAxis] {
        try zip(["x", "y", "z"], cells).map { name, count in
            let centers =
                try file.contains("\(name)-coordinate") ? try file.numbers("\(name)-coordinate") : []
            return centers.count == count
                ? ForeignHDF5.axis(name, centers)
                : .uniform(name: name, cells: count, lower: 0, upper: Double(count))
        }
    }

    /// Some files have a time more than states.
    private static func times(_ file: ForeignHDF5, _ count: Int) throws -> [Double] {
        let times =
            try file.contains("t-coordinate") ? Array(try file.numbers("t-coordinate").prefix(count)) : []
        let isUsable = times.count == count && zip(times, times.dropFirst()).allSatisfy(<)
        return isUsable ? times : (0..<count).map(Double.init)
    }

    /// The numbers among the file's attributes. Throws `ImportError`.
    public func origin(_ index: Int) throws -> DatasetSampleOrigin {
        let values = Dictionary(
            uniqueKeysWithValues: try files[place(index).file].numberAttributes().map { ($0.name, $0.value) })
        return DatasetSampleOrigin(parameters: attributes.map { values[$0] ?? .nan })
    }

    /// The states, axes turned to (y, x). Throws `ImportError`.
    public func sample(_ index: Int) throws -> DatasetSample {
        let (file, row) = place(index)
        let source = files[file]
        let steps = hasInputs ? 1 : layout.times.count
        let size = cells.reduce(1, *)
        let fields = try names.map { try source.part($0, [row]) }
        let outputs = (0..<steps).flatMap { time in
            fields.flatMap { AxisOrder.reversed(Array($0[time * size..<(time + 1) * size]), cells) }
        }
        let inputs =
            hasInputs
            ? AxisOrder.reversed(try source.part("nu", [row]), cells)
            : Array(outputs.prefix(names.count * size))
        return DatasetSample(inputs: inputs, outputs: outputs)
    }

    private func place(_ index: Int) -> (file: Int, row: Int) {
        var row = index
        for (file, count) in counts.enumerated() {
            if row < count { return (file, row) }
            row -= count
        }
        return (counts.count - 1, row)
    }
}
