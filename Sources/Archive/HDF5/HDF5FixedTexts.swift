internal import CHDF5

/// Texts of a fixed width: unlike those of any length, which lie in a heap beside the data, they can be replaced in
/// place.
extension HDF5Group {
    /// Creates a list of texts, each `width` bytes of UTF-8 padded with zeros; longer ones are cut.
    /// Throws `HDF5Error`.
    @discardableResult
    public func createFixedTexts(_ name: String, _ texts: [String], width: Int) throws -> HDF5Dataset {
        let place = location.child(name)
        let type = try FixedText.makeDatatype(width, place)
        let space = try HDF5Dataspace.simple([texts.count], place)
        let properties = try DatasetStorage(isAllocatedEarly: true).makeProperties(place)
        let dataset = try HDF5Dataset(
            handle: try HDF5Handle("create the dataset", place, keeping: handle) {
                H5Dcreate2(
                    handle.id, name, type.id, space.id, hid_t(H5P_DEFAULT), properties.id, hid_t(H5P_DEFAULT))
            }, location: place)
        try dataset.writeFixedTexts(texts, from: 0)
        return dataset
    }
}

extension HDF5Dataset {
    /// Replaces texts of fixed width, the first at `index`; longer ones are cut. Throws `HDF5Error`.
    public func writeFixedTexts(_ texts: [String], from index: Int) throws {
        guard !texts.isEmpty else { return }
        let type = try HDF5Handle("read the datatype of", location) { H5Dget_type(handle.id) }
        guard HDF5Strings.isText(type) else {
            throw location.failure("write texts to", "it holds no text")
        }
        var width = 0
        try hdf5("read the datatype of", location) { () -> Int32 in
            width = H5Tget_size(type.id)
            return width > 0 ? 0 : -1
        }
        let bytes = texts.flatMap { FixedText.bytes($0, width) }
        let memory = try HDF5Dataspace.simple([texts.count], location)
        let file = try HDF5Handle("read the shape of", location) { H5Dget_space(handle.id) }
        try HDF5Dataspace.select(Hyperslab(start: [index], count: [texts.count]), in: file, location)
        try hdf5("write the dataset", location) {
            H5Dwrite(handle.id, type.id, memory.id, file.id, hid_t(H5P_DEFAULT), bytes)
        }
    }
}

/// The bytes of texts of fixed width.
private enum FixedText {
    static func makeDatatype(_ width: Int, _ location: HDF5Location) throws -> HDF5Handle {
        let type = try HDF5Handle("copy the datatype of", location) { H5Tcopy(chdf5_c_string()) }
        try hdf5("define text for", location) { H5Tset_size(type.id, max(width, 1)) }
        try hdf5("define text for", location) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
        try hdf5("define text for", location) { H5Tset_strpad(type.id, H5T_STR_NULLPAD) }
        return type
    }

    /// Never cut within a character.
    static func bytes(_ text: String, _ width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in text {
            let next = Array(String(character).utf8)
            guard bytes.count + next.count <= width else { break }
            bytes += next
        }
        return bytes + Array(repeating: 0, count: width - bytes.count)
    }
}
