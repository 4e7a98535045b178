internal import CHDF5

/// Texts in HDF5: written as variable-length UTF-8, which h5py reads as `str`; read in either kind.
enum HDF5Strings {
    static func makeDatatype(_ location: HDF5Location) throws -> HDF5Handle {
        let type = try HDF5Handle("copy the datatype of", location) { H5Tcopy(chdf5_c_string()) }
        try hdf5("define text for", location) { H5Tset_size(type.id, chdf5_variable_length()) }
        try hdf5("define text for", location) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
        return type
    }

    /// Bytes that the texts of one list may have.
    private static let mostBytes = 1 << 30

    static func isText(_ type: HDF5Handle) -> Bool {
        var result = false
        hdf5Quietly { result = H5Tget_class(type.id) == H5T_STRING }
        return result
    }

    /// Hands `texts` as C pointers to `body`. A NUL would end a C text early, so it is refused.
    static func write(
        _ texts: [String], _ location: HDF5Location, _ body: (UnsafeRawPointer) throws -> Void
    ) throws {
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw location.failure("write the text of", "it contains a NUL byte")
        }
        let buffers = texts.map { text in
            let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.utf8.count + 1)
            _ = buffer.initialize(from: text.utf8.map { CChar(bitPattern: $0) } + [0])
            return buffer
        }
        defer { buffers.forEach { $0.deallocate() } }
        try buffers.map { $0.baseAddress }.withUnsafeBytes { pointers in
            guard let base = pointers.baseAddress else { return }
            try body(base)
        }
    }

    /// Reads `count` texts of the file type `type` through `body`, which fills memory of the given datatype.
    static func read(
        _ count: Int, type: HDF5Handle, _ location: HDF5Location,
        _ body: (HDF5Handle, UnsafeMutableRawPointer) throws -> Void
    ) throws -> [String] {
        guard count > 0 else { return [] }
        let isVariable = try hdf5("read the datatype of", location) { H5Tis_variable_str(type.id) } > 0
        return isVariable
            ? try readVariable(count, type, body) : try readFixed(count, type, location, body)
    }

    private static func readVariable(
        _ count: Int, _ type: HDF5Handle, _ body: (HDF5Handle, UnsafeMutableRawPointer) throws -> Void
    ) throws -> [String] {
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        try pointers.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            try body(type, base)
        }
        defer { hdf5Quietly { pointers.forEach { H5free_memory($0) } } }
        return pointers.map { pointer in pointer.map { String(cString: $0) } ?? "" }
    }

    private static func readFixed(
        _ count: Int, _ type: HDF5Handle, _ location: HDF5Location,
        _ body: (HDF5Handle, UnsafeMutableRawPointer) throws -> Void
    ) throws -> [String] {
        var size = 0
        try hdf5("read the datatype of", location) { () -> Int32 in
            size = H5Tget_size(type.id)
            return size > 0 ? 0 : -1
        }
        guard count <= mostBytes / size else {
            throw location.failure("read the text of", "it promises \(count) texts of \(size) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: count * size)
        try bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            try body(type, base)
        }
        return (0..<count).map { index in
            String(decoding: bytes[index * size..<(index + 1) * size].prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
