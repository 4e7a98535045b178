internal import CHDF5

/// The attributes of one group or dataset.
public struct HDF5Attributes: Sendable {
    let owner: HDF5Handle
    let location: HDF5Location

    /// Values that an attribute may have: in the file it has at most 64 KiB, elsewhere somewhat more.
    private static let mostValues = 1 << 24

    /// The attributes' names, in alphabetical order. Throws `HDF5Error`.
    public func names() throws -> [String] {
        let count = try hdf5("count the attributes of", location) { H5Aget_num_attrs(owner.id) }
        return try (0..<Int(count)).map(name(at:))
    }

    private func name(at index: Int) throws -> String {
        var buffer = [CChar](repeating: 0, count: 1024)
        try hdf5("list the attributes of", location) {
            H5Aget_name_by_idx(
                owner.id, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), &buffer, buffer.count,
                hid_t(H5P_DEFAULT))
        }
        return HDF5Names.text(buffer)
    }

    /// Whether there is an attribute of this name. Throws `HDF5Error`.
    public func contains(_ name: String) throws -> Bool {
        try hdf5("look for the attribute '\(name)' of", location) { H5Aexists(owner.id, name) } > 0
    }

    /// All attributes whose values this library understands. Throws `HDF5Error`.
    public func all() throws -> [String: AttributeValue] {
        var result: [String: AttributeValue] = [:]
        for name in try names() { result[name] = try read(name) }
        return result
    }

    /// The attribute's value; nil where it is absent or of a kind that `AttributeValue` does not hold.
    /// Throws `HDF5Error`.
    public func read(_ name: String) throws -> AttributeValue? {
        guard try contains(name) else { return nil }
        let attribute = try HDF5Handle("open the attribute '\(name)' of", location) {
            H5Aopen(owner.id, name, hid_t(H5P_DEFAULT))
        }
        let type = try HDF5Handle("read the attribute '\(name)' of", location) { H5Aget_type(attribute.id) }
        let space = try HDF5Handle("read the attribute '\(name)' of", location) {
            H5Aget_space(attribute.id)
        }
        let shape = try HDF5Dataspace.shape(space, location)
        return try value(name, attribute, type, shape)
    }

    private func value(
        _ name: String, _ attribute: HDF5Handle, _ type: HDF5Handle, _ shape: [Int]
    ) throws -> AttributeValue? {
        let count = shape.reduce(1, *)
        guard count <= Self.mostValues else {
            throw location.failure("read the attribute '\(name)' of", "it promises \(count) values")
        }
        if HDF5Strings.isText(type) {
            let texts = try HDF5Strings.read(count, type: type, location) { memoryType, memory in
                try hdf5("read the attribute '\(name)' of", location) {
                    H5Aread(attribute.id, memoryType.id, memory)
                }
            }
            return shape.isEmpty ? texts.first.map(AttributeValue.text) : .texts(texts)
        }
        switch try ElementType.recognise(type, location) {
        case nil: return nil
        case .float16, .float32, .float64:
            let values = try numbers(attribute, name, Double.self, count)
            return shape.isEmpty ? values.first.map(AttributeValue.real) : .reals(values)
        default:
            let values = try numbers(attribute, name, Int64.self, count)
            return shape.isEmpty ? values.first.map(AttributeValue.integer) : .integers(values)
        }
    }

    private func numbers<Element: HDF5Element>(
        _ attribute: HDF5Handle, _ name: String, _: Element.Type, _ count: Int
    ) throws -> [Element] {
        guard count > 0 else { return [] }
        var values = [Element](repeating: .zeroElement, count: count)
        let type = try Element.elementType.makeDatatype(location)
        try hdf5("read the attribute '\(name)' of", location) { H5Aread(attribute.id, type.id, &values) }
        return values
    }

    /// Writes an attribute, replacing one of the same name. Throws `HDF5Error`.
    public func write(_ name: String, _ value: AttributeValue) throws {
        switch value {
        case .text(let text): try write(name, texts: [text], shape: [])
        case .texts(let texts): try write(name, texts: texts, shape: [texts.count])
        case .integer(let number): try write(name, numbers: [number], shape: [])
        case .integers(let numbers): try write(name, numbers: numbers, shape: [numbers.count])
        case .real(let number): try write(name, numbers: [number], shape: [])
        case .reals(let numbers): try write(name, numbers: numbers, shape: [numbers.count])
        }
    }

    /// Writes several attributes, in alphabetical order. Throws `HDF5Error`.
    public func write(_ values: [String: AttributeValue]) throws {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { try write(name, value) }
    }

    private func write(_ name: String, texts: [String], shape: [Int]) throws {
        let type = try HDF5Strings.makeDatatype(location)
        let attribute = try create(name, type, shape)
        try HDF5Strings.write(texts, location) { pointers in
            try hdf5("write the attribute '\(name)' of", location) {
                H5Awrite(attribute.id, type.id, pointers)
            }
        }
    }

    private func write<Element: HDF5Element>(_ name: String, numbers: [Element], shape: [Int]) throws {
        let type = try Element.elementType.makeDatatype(location)
        let attribute = try create(name, type, shape)
        guard !numbers.isEmpty else { return }
        try hdf5("write the attribute '\(name)' of", location) { H5Awrite(attribute.id, type.id, numbers) }
    }

    private func create(_ name: String, _ type: HDF5Handle, _ shape: [Int]) throws -> HDF5Handle {
        if try contains(name) {
            try hdf5("replace the attribute '\(name)' of", location) { H5Adelete(owner.id, name) }
        }
        let space = try HDF5Dataspace.simple(shape, location)
        return try HDF5Handle("create the attribute '\(name)' of", location) {
            H5Acreate2(owner.id, name, type.id, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
        }
    }
}

/// Names that HDF5 wrote into a buffer.
enum HDF5Names {
    static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
