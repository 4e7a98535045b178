import Archive

/// One file of The Well.
struct WellFile {
    /// A field and which of the leading axes it has.
    struct Field: Equatable {
        var path: String
        var channels: [String]
        var variesByTrajectory: Bool
        var variesInTime: Bool
    }

    /// The file.
    var path: String { file.path }
    let trajectoryCount: Int
    let times: [Double]
    let axes: [RunAxis]
    let fields: [Field]
    /// The scalars that a trajectory has one value of.
    let scalars: [String]
    private let file: ForeignHDF5
    /// Cells in the order of the file: x, y, (z).
    private let cells: [Int]

    /// What files have to share to be imported together.
    var signature: [String] {
        fields.map { "\($0)" } + cells.map(String.init) + ["\(times.count)"] + scalars
    }

    init(_ path: String) throws {
        let file = try ForeignHDF5(path)
        for group in ["dimensions", "t0_fields"] where try !file.contains(group) {
            throw ImportError(path, "it has no group \(group), which every file of The Well has")
        }
        self.file = file
        axes = try ["x", "y", "z"].filter { try file.contains("dimensions/\($0)") }
            .map { ForeignHDF5.axis($0, try file.numbers("dimensions/\($0)")) }
        let cells = axes.map(\.cellCount)
        guard !cells.isEmpty else {
            throw ImportError(
                path, "dimensions has no x; grids of other coordinates are not read",
                advice: "interpolate the fields onto a Cartesian grid first")
        }
        self.cells = cells
        let names = try Self.fieldNames(file)
        let shapes = try names.map { try file.shape($0.path) }
        guard let full = zip(names, shapes).first(where: { $1.count == 2 + cells.count + $0.order })?.1 else {
            throw ImportError(path, "no field has the axes (trajectory, time, space): \(shapes)")
        }
        trajectoryCount = full[0]
        times = try Self.times(file, full[1])
        fields = try zip(names, shapes).map { name, shape in
            try Self.field(file, name.path, name.order, shape, leading: Array(full.prefix(2)), cells)
        }
        scalars = try Self.scalars(file, full[0])
    }

    private static func fieldNames(_ file: ForeignHDF5) throws -> [(path: String, order: Int)] {
        try (0...2).flatMap { order -> [(String, Int)] in
            let group = "t\(order)_fields"
            guard try file.contains(group) else { return [] }
            let names = try file.reading { try file.root.group(group).childNames() }
            return names.map { ("\(group)/\($0)", order) }
        }
    }

    private static func times(_ file: ForeignHDF5, _ count: Int) throws -> [Double] {
        guard try file.contains("dimensions/time") else { return (0..<count).map(Double.init) }
        // (time), or (trajectory, time) with the same times for all.
        let times = Array(try file.numbers("dimensions/time").prefix(count))
        let isUsable = times.count == count && zip(times, times.dropFirst()).allSatisfy(<)
        return isUsable ? times : (0..<count).map(Double.init)
    }

    private static func field(
        _ file: ForeignHDF5, _ path: String, _ order: Int, _ shape: [Int], leading: [Int], _ cells: [Int]
    ) throws -> Field {
        let tail = cells + Array(repeating: cells.count, count: order)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let axes = ["x", "y", "z"].prefix(cells.count)
        let channels = (0..<order).reduce([name]) { names, level in
            names.flatMap { name in axes.map { level == 0 ? "\(name)_\($0)" : name + $0 } }
        }
        let choices = [(true, true), (true, false), (false, true), (false, false)]
        for (byTrajectory, inTime) in choices {
            let front = (byTrajectory ? [leading[0]] : []) + (inTime ? [leading[1]] : [])
            if shape == front + tail {
                return Field(
                    path: path, channels: channels, variesByTrajectory: byTrajectory, variesInTime: inTime)
            }
        }
        throw ImportError(
            file.path,
            "\(path) has the shape \(shape); needed: (\(leading[0]), \(leading[1])) and then \(tail)",
            advice: "a field that is constant along a direction of space has to be expanded first")
    }

    private static func scalars(_ file: ForeignHDF5, _ trajectories: Int) throws -> [String] {
        guard try file.contains("scalars") else { return [] }
        let names = try file.reading { try file.root.group("scalars").childNames() }
        return try names.filter { name in
            let shape = try file.shape("scalars/\(name)")
            return shape.isEmpty || shape == [trajectories] || shape == [1]
        }
    }

    /// The scalars of a trajectory.
    func scalarValues(_ row: Int) throws -> [Double] {
        try scalars.map { name in
            let values = try file.numbers("scalars/\(name)")
            return values.count == 1 ? values[0] : values[row]
        }
    }

    /// The channels of a field at one time, each (z,) y, x.
    func values(_ field: Field, _ row: Int, _ time: Int) throws -> [Float] {
        let leading = (field.variesByTrajectory ? [row] : []) + (field.variesInTime ? [time] : [])
        return AxisOrder.reversed(
            try file.part(field.path, leading), cells, width: field.channels.count)
    }
}
