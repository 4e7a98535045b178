internal import CHDF5

/// A rectangular part of a dataset: the first index and the number of elements along each axis, slowest
/// first.
public struct Hyperslab: Sendable, Equatable {
    /// First index along each axis.
    public let start: [Int]
    /// Number of elements along each axis.
    public let count: [Int]

    /// Creates a part of a dataset.
    public init(start: [Int], count: [Int]) {
        self.start = start
        self.count = count
    }

    /// Row `index` of a dataset of this shape: one snapshot of (t, z, y, x).
    public static func row(_ index: Int, ofShape shape: [Int]) -> Hyperslab {
        Hyperslab(
            start: [index] + Array(repeating: 0, count: max(shape.count - 1, 0)),
            count: [1] + shape.dropFirst())
    }

    /// Rows `range` of a dataset of this shape.
    public static func rows(_ range: Range<Int>, ofShape shape: [Int]) -> Hyperslab {
        Hyperslab(
            start: [range.lowerBound] + Array(repeating: 0, count: max(shape.count - 1, 0)),
            count: [range.count] + shape.dropFirst())
    }

    /// The number of elements.
    public var elementCount: Int { count.reduce(1, *) }

    func fits(_ shape: [Int]) -> Bool {
        start.count == shape.count && count.count == shape.count
            && zip(start, zip(count, shape)).allSatisfy {
                $0 >= 0 && $1.0 >= 0 && $0 <= $1.1 && $1.0 <= $1.1 - $0
            }
    }
}

/// Makes dataspaces.
enum HDF5Dataspace {
    static func scalar(_ location: HDF5Location) throws -> HDF5Handle {
        try HDF5Handle("make the shape of", location) { H5Screate(H5S_SCALAR) }
    }

    /// A simple space; with `isExtendable` the first axis grows without limit.
    static func simple(
        _ shape: [Int], isExtendable: Bool = false, _ location: HDF5Location
    ) throws -> HDF5Handle {
        if shape.isEmpty { return try scalar(location) }
        let current = shape.map { hsize_t($0) }
        var maximum = current
        if isExtendable { maximum[0] = chdf5_unlimited() }
        return try HDF5Handle("make the shape of", location) {
            H5Screate_simple(Int32(current.count), current, maximum)
        }
    }

    static func shape(_ space: HDF5Handle, _ location: HDF5Location) throws -> [Int] {
        let rank = try hdf5("read the shape of", location) { H5Sget_simple_extent_ndims(space.id) }
        var extent = [hsize_t](repeating: 0, count: Int(rank))
        if rank > 0 {
            try hdf5("read the shape of", location) { H5Sget_simple_extent_dims(space.id, &extent, nil) }
        }
        return try checked(extent, location)
    }

    /// Extents whose product can be counted: a file may promise anything.
    private static func checked(_ extent: [hsize_t], _ location: HDF5Location) throws -> [Int] {
        let shape = extent.compactMap { Int(exactly: $0) }
        // Eight bytes each, so that bytes can be counted, too; of an extent of 0 the others count all the same.
        let bytes = shape.reduce((count: 8, overflow: shape.count < extent.count)) { product, extent in
            let next = product.count.multipliedReportingOverflow(by: max(extent, 1))
            return (next.partialValue, product.overflow || next.overflow)
        }
        guard !bytes.overflow else {
            throw location.failure(
                "read the shape of", "it promises more values than any machine can hold: \(extent)")
        }
        return shape
    }

    static func select(_ slab: Hyperslab, in space: HDF5Handle, _ location: HDF5Location) throws {
        let start = slab.start.map { hsize_t($0) }
        let count = slab.count.map { hsize_t($0) }
        try hdf5("select a part of", location) {
            H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, count, nil)
        }
    }
}
