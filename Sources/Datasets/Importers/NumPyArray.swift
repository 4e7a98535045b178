import Foundation

/// An array of numbers in NumPy's format, versions 1 to 3, read row by row. Rows come in C order whatever the file's.
struct NumPyArray {
    /// The extent along each axis, slowest first.
    let shape: [Int]
    /// What messages call it: the file, or the file and its member.
    let name: String
    private let bytes: Data
    private let kind: NumberKind
    private let isFortran: Bool

    /// The array in a `.npy` file, or the one in `member` of a `.npz` file; nil: its only member, or `data`.
    /// Throws `ImportError`.
    static func read(_ path: String, member: String? = nil) throws -> NumPyArray {
        guard path.lowercased().hasSuffix(".npz") else {
            return try NumPyArray(MappedFile.map(path), name: path)
        }
        let archive = try ZipArchive(path)
        let names = archive.names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 }
        let choice = member ?? (names.count == 1 ? names[0] : "data")
        guard let index = names.firstIndex(of: choice) else {
            throw ImportError(path, "it has no array \"\(choice)\"; it has \(names.joined(separator: ", "))")
        }
        return try NumPyArray(archive.content(archive.names[index]), name: "\(path)/\(choice)")
    }

    /// The names of the arrays in a `.npz` file. Throws `ImportError`.
    static func names(_ path: String) throws -> [String] {
        try ZipArchive(path).names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 }
    }

    init(_ file: Data, name: String) throws {
        self.name = name
        guard file.count >= 12, file.starts(with: [0x93] + Array("NUMPY".utf8)),
            (1...3).contains(file[file.startIndex + 6])
        else {
            throw ImportError(
                name, "this is no array of NumPy: it does not begin with \\x93NUMPY and a version")
        }
        let isShort = file[file.startIndex + 6] == 1
        let start = isShort ? 10 : 12
        guard let length = file.number(at: 8, isShort ? 2 : 4), start + length <= file.count else {
            throw ImportError(name, "the file is cut off in its header")
        }
        let text = String(decoding: file.subrange(file.startIndex + start, length), as: UTF8.self)
        guard let match = text.firstMatch(of: /'descr':\s*['"]([^'"]*)['"]/),
            let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/),
            let extent = text.firstMatch(of: /'shape':\s*\(([0-9,\s]*)\)/)
        else {
            throw ImportError(
                name, "the header is not understood: \(text.prefix(120))",
                advice: "arrays of plain numbers are read, structured ones are not")
        }
        guard let kind = NumberKind(String(match.1)) else {
            throw ImportError(
                name, "values of type \"\(match.1)\" are not read",
                advice: "numpy: array.astype(\"f4\")")
        }
        self.kind = kind
        isFortran = order.1 == "True"
        shape = extent.1.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        let needed = shape.reduce((kind.size, false)) {
            let (product, overflow) = $0.0.multipliedReportingOverflow(by: $1)
            return (product, $0.1 || overflow)
        }
        guard !needed.1, file.count - start - length >= needed.0 else {
            throw ImportError(
                name, "the file is cut off: shape \(shape) needs more bytes than the \(file.count) it has")
        }
        bytes = file.subrange(file.startIndex + start + length, needed.0)
    }

    /// What lies below the given leading indices. Throws `ImportError` for indices outside.
    func part(_ leading: [Int]) throws -> [Float] {
        guard leading.count <= shape.count, zip(leading, shape).allSatisfy({ (0..<$1).contains($0) }) else {
            throw ImportError(name, "an array of shape \(shape) has no part \(leading)")
        }
        let rest = Array(shape.dropFirst(leading.count))
        let count = rest.reduce(1, *)
        if isFortran, shape.count > 1 { return fortranPart(leading, rest, count) }
        let offset = zip(leading, shape).reduce(0) { $0 * $1.1 + $1.0 } * count
        return bytes.withUnsafeBytes { memory in
            (0..<count).map { kind.value(memory, (offset + $0) * kind.size) }
        }
    }

    /// The first axis lies together: every value is looked up.
    private func fortranPart(_ leading: [Int], _ rest: [Int], _ count: Int) -> [Float] {
        bytes.withUnsafeBytes { memory in
            (0..<count).map { flat in
                var (remaining, index) = (flat, leading)
                var tail: [Int] = []
                for extent in rest.reversed() {
                    tail.append(remaining % extent)
                    remaining /= extent
                }
                index += tail.reversed()
                var place = 0
                for axis in shape.indices.reversed() { place = place * shape[axis] + index[axis] }
                return kind.value(memory, place * kind.size)
            }
        }
    }
}

/// The type of the numbers in a file of NumPy.
private struct NumberKind {
    private let kind: Character
    private let isBigEndian: Bool
    /// Bytes of a number.
    let size: Int

    init?(_ text: String) {
        let plain = text.drop { "<>|=".contains($0) }
        guard let first = plain.first, let size = Int(plain.dropFirst()) else { return nil }
        switch (first, size) {
        case ("f", 2), ("f", 4), ("f", 8), ("b", 1), ("i", 1), ("i", 2), ("i", 4), ("i", 8), ("u", 1),
            ("u", 2),
            ("u", 4), ("u", 8):
            (kind, self.size, isBigEndian) = (first, size, text.hasPrefix(">"))
        default: return nil
        }
    }

    func value(_ memory: UnsafeRawBufferPointer, _ offset: Int) -> Float {
        switch size {
        case 1:
            let byte = memory[offset]
            return kind == "i" ? Float(Int8(bitPattern: byte)) : Float(byte)
        case 2:
            let bits: UInt16 = load(memory, offset)
            if kind == "f" { return Float(Float16(bitPattern: bits)) }
            return kind == "i" ? Float(Int16(bitPattern: bits)) : Float(bits)
        case 4:
            let bits: UInt32 = load(memory, offset)
            if kind == "f" { return Float(bitPattern: bits) }
            return kind == "i" ? Float(Int32(bitPattern: bits)) : Float(bits)
        default:
            let bits: UInt64 = load(memory, offset)
            if kind == "f" { return Float(Double(bitPattern: bits)) }
            return kind == "i" ? Float(Int64(bitPattern: bits)) : Float(bits)
        }
    }

    private func load<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ memory: UnsafeRawBufferPointer, _ offset: Int
    ) -> Bits {
        let bits = memory.loadUnaligned(fromByteOffset: offset, as: Bits.self)
        return isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)
    }
}
