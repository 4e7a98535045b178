/// What the shapes and names in an HDF5 file say about it as a dataset.
struct DatasetForm {
    let task: DatasetTask
    let sampleCount: Int
    let inputChannels: [String]
    let outputChannels: [String]
    let cellShape: [Int]
    private let root: HDF5Group
    private let path: String
    private let timeCount: Int

    /// Opens a file and refuses those of other formats. Throws `ArchiveError`.
    static func open(_ path: String) throws -> HDF5File {
        let file = try HugoniotFile.openHDF5(path)
        do {
            guard let format = try file.root.attributes.read("format")?.text, format.hasPrefix("hugoniot-")
            else { return file }
            guard format == DatasetLayout.format else {
                throw ArchiveError(
                    .foreign, "\(path) is no dataset: it says format = \"\(format)\"")
            }
            try HugoniotFile.checkVersion(
                path, try file.root.attributes.read("format_version")?.integer,
                HugoniotFile.versions(of: format))
            return file
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Whether a file has what makes a dataset. Throws `HDF5Error`.
    static func isDataset(_ root: HDF5Group) throws -> Bool {
        try root.contains("inputs") && root.contains("outputs") && root.kind(of: "inputs") == .dataset
            && root.kind(of: "outputs") == .dataset
    }

    init(_ file: HDF5File) throws {
        (root, path) = (file.root, file.path)
        guard try Self.isDataset(root) else {
            throw ArchiveError(
                .foreign,
                """
                \(path) is no dataset: it needs the arrays /inputs (sample, channel, (z,) y, x) and /outputs \
                (sample, (time,) channel, (z,) y, x); it has \(try root.childNames().joined(separator: ", "))
                """)
        }
        let (inputs, outputs) = (try root.dataset("inputs"), try root.dataset("outputs"))
        let (from, to) = (try inputs.shape(), try outputs.shape())
        let hasTime = to.count == from.count + 1
        guard (3...5).contains(from.count), to.count == from.count || hasTime, from[0] == to[0],
            Array(from.dropFirst(2)) == Array(to.dropFirst(hasTime ? 3 : 2)),
            (from + to).allSatisfy({ $0 > 0 }), inputs.elementType != nil, outputs.elementType != nil
        else {
            throw ArchiveError(
                .mismatch,
                """
                \(path): /inputs of shape \(from) and /outputs of shape \(to) do not fit; needed: numbers of shape \
                (sample, channel, (z,) y, x) and (sample, (time,) channel, (z,) y, x), none of them 0
                """)
        }
        sampleCount = from[0]
        cellShape = Array(from.dropFirst(2))
        task = hasTime ? .rollout : .steady
        timeCount = hasTime ? to[1] : 0
        inputChannels = try Self.names(inputs, count: from[1], "input", path)
        outputChannels = try Self.names(outputs, count: to[hasTime ? 2 : 1], "output", path)
    }

    private static func names(
        _ dataset: HDF5Dataset, count: Int, _ what: String, _ path: String
    ) throws -> [String] {
        guard let names = try dataset.attributes.read("channels")?.texts else {
            return (0..<count).map { "\(what)_\($0)" }
        }
        guard names.count == count, Set(names).count == count else {
            throw ArchiveError(
                .mismatch,
                "\(path): the attribute 'channels' of \(dataset.path) names \(names), but there are \(count) channels"
            )
        }
        return names
    }

    func times() throws -> [Double] {
        guard task == .rollout else { return [] }
        guard try root.contains("time") else { return (0..<timeCount).map(Double.init) }
        let times: [Double] = try root.dataset("time").read()
        try require(times.count == timeCount, "/time has \(times.count) values for \(timeCount) times")
        return times
    }

    func axes() throws -> [RunAxis] {
        let cells = Array(cellShape.reversed())
        let names = RunFileLayout.axisNames.prefix(cells.count)
        guard try names.allSatisfy({ try root.contains("grid/\($0)_faces") }) else {
            return zip(names, cells).map {
                RunAxis.uniform(name: $0, cells: $1, lower: 0, upper: Double($1))
            }
        }
        let axes = try GridDatasets.readAxes(root)
        try require(
            axes.map(\.cellCount) == cells, "/grid has \(axes.map(\.cellCount)) cells, the arrays \(cells)")
        return axes
    }

    func parameters() throws -> [DatasetParameter] {
        guard try root.contains("parameters") else { return [] }
        let dataset = try root.dataset("parameters")
        let shape = try dataset.shape()
        try require(
            shape.count == 2 && shape.first == sampleCount,
            "/parameters has the shape \(shape), needed: (\(sampleCount) samples, parameter)")
        let names =
            try dataset.attributes.read("names")?.texts ?? (0..<shape[1]).map { "parameter_\($0)" }
        let units = try dataset.attributes.read("units")?.texts ?? names.map { _ in "" }
        try require(
            names.count == shape[1] && units.count == shape[1],
            "/parameters has \(shape[1]) columns, \(names.count) names and \(units.count) units")
        return zip(names, units).map { DatasetParameter($0, unit: $1) }
    }

    func statuses() throws -> [SampleStatus] {
        guard try root.contains("samples/status") else {
            return Array(repeating: .completed, count: sampleCount)
        }
        let texts = try root.dataset("samples/status").readTexts()
        try require(
            texts.count == sampleCount, "/samples/status has \(texts.count) rows for \(sampleCount) samples")
        return texts.map { SampleStatus(rawValue: $0) ?? .pending }
    }

    func splits() throws -> [DatasetSplit] {
        guard try root.contains("splits") else { return [] }
        let group = try root.group("splits")
        return try group.childNames().map { name in
            let samples: [Int64] = try group.dataset(name).read()
            let range = 0..<Int64(sampleCount)
            if let bad = samples.first(where: { !range.contains($0) }) {
                try require(false, "/splits/\(name) lists sample \(bad); there are 0 to \(sampleCount - 1)")
            }
            return DatasetSplit(name, samples.map(Int.init))
        }
    }

    /// Whether there is a field of one value a cell of this name, of the right shape.
    func hasCells(_ name: String) throws -> Bool {
        guard try root.contains(name) else { return false }
        let shape = try root.dataset(name).shape()
        try require(
            shape == [sampleCount] + cellShape,
            "/\(name) has the shape \(shape), needed: \([sampleCount] + cellShape)")
        return true
    }

    private func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
        guard !condition else { return }
        throw ArchiveError(.mismatch, "\(path): \(message())")
    }
}
