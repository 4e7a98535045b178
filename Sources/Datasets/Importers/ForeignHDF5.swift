import Archive

/// Arrays in HDF5 files of other programs.
struct ForeignHDF5 {
    /// The file.
    let path: String
    /// Its root.
    let root: HDF5Group
    private let file: HDF5File

    init(_ path: String) throws {
        self.path = path
        file = try HugoniotFile.openHDF5(path)
        root = file.root
    }

    /// Runs `body`; errors of HDF5 name the file.
    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as HDF5Error { throw ImportError(path, error.description) }
    }

    func contains(_ name: String) throws -> Bool { try reading { try root.contains(name) } }

    func shape(_ name: String) throws -> [Int] { try reading { try root.dataset(name).shape() } }

    func numbers(_ name: String) throws -> [Double] { try reading { try root.dataset(name).read() } }

    /// What lies below the leading indices.
    func part(_ name: String, _ leading: [Int]) throws -> [Float] {
        try reading {
            let dataset = try root.dataset(name)
            let rest = try dataset.shape().dropFirst(leading.count)
            return try dataset.read(
                at: Hyperslab(start: leading + rest.map { _ in 0 }, count: leading.map { _ in 1 } + rest))
        }
    }

    /// The numbers among the attributes of the root, by name.
    func numberAttributes() throws -> [(name: String, value: Double)] {
        try reading {
            try root.attributes.all().sorted { $0.key < $1.key }.compactMap { name, value in
                value.real.map { (name, $0) }
            }
        }
    }

    /// An axis from the positions of its cell centres: faces lie midway, the outermost as far out as the next ones
    /// are in.
    static func axis(_ name: String, _ centers: [Double]) -> RunAxis {
        guard centers.count > 1, zip(centers, centers.dropFirst()).allSatisfy(<) else {
            return .uniform(
                name: name, cells: max(centers.count, 1), lower: 0, upper: Double(max(centers.count, 1)))
        }
        let middles = zip(centers, centers.dropFirst()).map { ($0 + $1) / 2 }
        let last = centers.count - 1
        let faces = [2 * centers[0] - middles[0]] + middles + [2 * centers[last] - middles[last - 1]]
        return RunAxis(name: name, faces: faces, centers: centers)
    }
}

/// Reordering of axes.
enum AxisOrder {
    /// Values over (x, y, z), z fastest, as (z, y, x), x fastest; `shape` is in the order of the source. `width` values
    /// that lie together at each place become so many fields one after the other.
    static func reversed(_ values: [Float], _ shape: [Int], width: Int = 1) -> [Float] {
        let count = shape.reduce(1, *)
        var result = [Float](repeating: 0, count: values.count)
        var index = shape.map { _ in 0 }
        var strides = shape.map { _ in 1 }
        for axis in shape.indices.dropFirst() { strides[axis] = strides[axis - 1] * shape[axis - 1] }
        for place in 0..<count {
            let target = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
            for component in 0..<width {
                result[component * count + target] = values[place * width + component]
            }
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
        }
        return result
    }
}
