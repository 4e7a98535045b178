internal import CHDF5

/// A dataset of numbers or texts, C order: the last axis lies together in memory.
public final class HDF5Dataset: Sendable {
    let handle: HDF5Handle
    let location: HDF5Location
    /// The type of the numbers; nil for texts, compounds and unusual numbers.
    public let elementType: ElementType?

    /// The dataset's path in its file.
    public var path: String { location.path }
    /// The dataset's attributes.
    public var attributes: HDF5Attributes { HDF5Attributes(owner: handle, location: location) }

    init(handle: HDF5Handle, location: HDF5Location) throws {
        self.handle = handle
        self.location = location
        let type = try HDF5Handle("read the datatype of", location) { H5Dget_type(handle.id) }
        elementType = try ElementType.recognise(type, location)
    }

    /// The present extent along each axis, slowest first. Throws `HDF5Error`.
    public func shape() throws -> [Int] {
        let space = try HDF5Handle("read the shape of", location) { H5Dget_space(handle.id) }
        return try HDF5Dataspace.shape(space, location)
    }

    /// Bytes that the data takes in the file, after compression.
    public func storedBytes() -> Int {
        var size: hsize_t = 0
        hdf5Quietly { size = H5Dget_storage_size(handle.id) }
        return Int(clamping: size)
    }

    /// Changes the number of rows along the first axis; rows cut off are lost. Throws `HDF5Error`.
    public func resize(rows: Int) throws {
        let shape = try shape()
        // HDF5 looks for every chunk that a promised row would have.
        try requireStored(shape.reduce(1, *), of: elementType?.size ?? 1)
        var extent = shape.map { hsize_t($0) }
        guard !extent.isEmpty, rows >= 0 else { throw location.failure("resize", "it has no rows") }
        extent[0] = hsize_t(rows)
        try hdf5("resize the dataset", location) { H5Dset_extent(handle.id, extent) }
    }

    /// Adds rows at the end; `values` holds whole rows. Throws `HDF5Error`.
    public func append<Element: HDF5Element>(_ values: [Element]) throws {
        let shape = try shape()
        let rowSize = shape.dropFirst().reduce(1, *)
        guard let rows = shape.first, rowSize > 0, values.count.isMultiple(of: rowSize) else {
            throw location.failure("append to", "\(values.count) values are no whole rows of \(rowSize)")
        }
        let added = values.count / rowSize
        guard added > 0 else { return }
        try resize(rows: rows + added)
        let slab = Hyperslab(
            start: [rows] + Array(repeating: 0, count: shape.count - 1), count: [added] + shape.dropFirst())
        try write(values, at: slab)
    }

    /// Writes the whole dataset, or the part `slab`, converted to the dataset's type. Throws `HDF5Error`.
    public func write<Element: HDF5Element>(_ values: [Element], at slab: Hyperslab? = nil) throws {
        if elementType == .float16, let rounded = Element.float16(values) {
            return try write(rounded, at: slab)
        }
        try values.withUnsafeBytes { try write($0, of: Element.elementType, at: slab) }
    }

    /// Writes from raw memory of the given type, without a copy. Throws `HDF5Error`.
    public func write(
        _ bytes: UnsafeRawBufferPointer, of type: ElementType, at slab: Hyperslab? = nil
    ) throws {
        let count = try transferCount(slab, action: "write to")
        try requireSize(bytes.count, count * type.size, action: "write to")
        guard count > 0, let base = bytes.baseAddress else { return }
        let memoryType = try type.makeDatatype(location)
        try withSpaces(slab) { memorySpace, fileSpace in
            try hdf5("write the dataset", location) {
                H5Dwrite(handle.id, memoryType.id, memorySpace, fileSpace, hid_t(H5P_DEFAULT), base)
            }
        }
    }

    /// Reads the whole dataset, or the part `slab`, converted to `Element`. Throws `HDF5Error`.
    public func read<Element: HDF5Element>(
        as _: Element.Type = Element.self, at slab: Hyperslab? = nil
    ) throws -> [Element] {
        let count = try transferCount(slab, action: "read from")
        try requireStored(count, of: MemoryLayout<Element>.size)
        var values = [Element](repeating: .zeroElement, count: count)
        try values.withUnsafeMutableBytes { try read(into: $0, of: Element.elementType, at: slab) }
        return values
    }

    /// Reads into raw memory of the given type, without a copy. Throws `HDF5Error`.
    public func read(
        into bytes: UnsafeMutableRawBufferPointer, of type: ElementType, at slab: Hyperslab? = nil
    ) throws {
        let count = try transferCount(slab, action: "read from")
        try requireSize(bytes.count, count * type.size, action: "read from")
        guard count > 0, let base = bytes.baseAddress else { return }
        let memoryType = try type.makeDatatype(location)
        try withSpaces(slab) { memorySpace, fileSpace in
            try hdf5("read the dataset", location) {
                H5Dread(handle.id, memoryType.id, memorySpace, fileSpace, hid_t(H5P_DEFAULT), base)
            }
        }
    }

    /// Reads a dataset of texts. Throws `HDF5Error`.
    public func readTexts() throws -> [String] {
        let type = try HDF5Handle("read the datatype of", location) { H5Dget_type(handle.id) }
        guard HDF5Strings.isText(type) else { throw location.failure("read text from", "it holds no text") }
        let count = try shape().reduce(1, *)
        try requireStored(count, of: MemoryLayout<Int>.size)
        return try HDF5Strings.read(count, type: type, location) { memoryType, memory in
            try hdf5("read the dataset", location) {
                H5Dread(
                    handle.id, memoryType.id, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), memory)
            }
        }
    }

    /// How the dataset lies in the file. Throws `HDF5Error`.
    public func storage() throws -> DatasetStorage {
        let properties = try HDF5Handle("read the storage of", location) { H5Dget_create_plist(handle.id) }
        let space = try HDF5Handle("read the shape of", location) { H5Dget_space(handle.id) }
        let rank = try shape().count
        var result = DatasetStorage()
        try hdf5("read the storage of", location) { () -> Int32 in
            guard H5Pget_layout(properties.id) == H5D_CHUNKED else { return 0 }
            var chunk = [hsize_t](repeating: 0, count: rank)
            var maximum = [hsize_t](repeating: 0, count: rank)
            H5Pget_chunk(properties.id, Int32(rank), &chunk)
            H5Sget_simple_extent_dims(space.id, nil, &maximum)
            result.chunk = chunk.map { Int($0) }
            result.isExtendable = maximum.first == chdf5_unlimited()
            result.deflateLevel = deflateLevel(properties.id)
            return 0
        }
        return result
    }

    private func deflateLevel(_ properties: hid_t) -> Int {
        var flags: UInt32 = 0
        var count = 1
        var level: UInt32 = 0
        let status = H5Pget_filter_by_id2(
            properties, H5Z_FILTER_DEFLATE, &flags, &count, &level, 0, nil, nil)
        return status < 0 ? 0 : Int(level)
    }

    private func transferCount(_ slab: Hyperslab?, action: String) throws -> Int {
        let shape = try shape()
        guard let slab else { return shape.reduce(1, *) }
        guard slab.fits(shape) else {
            throw location.failure(
                action, "the part at \(slab.start) of size \(slab.count) lies outside of \(shape)")
        }
        return slab.elementCount
    }

    /// Values that nobody wrote need no space in a file: one of a few bytes can promise any number of them. So many
    /// are read as the stored bytes can hold, packed as densely as deflate can (1032 to 1).
    private func requireStored(_ count: Int, of size: Int) throws {
        let stored = storedBytes()
        let most = max(Self.freelyRead, min(stored, .max / 8256) * 8256)
        guard count > most / size else { return }
        throw location.failure(
            "read from",
            "it promises \(count) values, far more than the \(Wording.bytes(stored)) that are stored can hold"
        )
    }

    /// Bytes that are read whatever is stored.
    private static let freelyRead = 1 << 28

    private func requireSize(_ found: Int, _ wanted: Int, action: String) throws {
        guard found == wanted else {
            throw location.failure(action, "memory of \(found) bytes was given where \(wanted) are needed")
        }
    }

    private func withSpaces(_ slab: Hyperslab?, _ body: (hid_t, hid_t) throws -> Void) throws {
        guard let slab, !slab.count.isEmpty else { return try body(hid_t(H5S_ALL), hid_t(H5S_ALL)) }
        let memory = try HDF5Dataspace.simple(slab.count, location)
        let file = try HDF5Handle("read the shape of", location) { H5Dget_space(handle.id) }
        try HDF5Dataspace.select(slab, in: file, location)
        try body(memory.id, file.id)
    }
}
