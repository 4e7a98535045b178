import Foundation

/// The numbers of a storage of PyTorch.
enum TorchNumber: String {
    case bool = "BoolStorage"
    case byte = "ByteStorage"
    case float = "FloatStorage"
    case double = "DoubleStorage"
    case int = "IntStorage"
    case long = "LongStorage"

    /// The type of a class such as `torch.FloatStorage`.
    init?(storage name: String) {
        guard name.hasPrefix("torch.") else { return nil }
        self.init(rawValue: String(name.dropFirst("torch.".count)))
    }

    /// Bytes of a number.
    var size: Int {
        switch self {
        case .bool, .byte: 1
        case .float, .int: 4
        case .double, .long: 8
        }
    }

    /// A number at a place.
    func value(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Float {
        let place = index * size
        switch self {
        case .bool, .byte: return Float(bytes[place])
        case .float:
            return Float(
                bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        case .double:
            return Float(
                Double(
                    bitPattern: UInt64(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))))
        case .int:
            return Float(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
        case .long:
            return Float(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self)))
        }
    }
}

/// A dictionary of tensors that PyTorch has saved: a ZIP archive with a pickle and the tensors' memory.
struct TorchArchive {
    /// The tensors by name, in the order of the file.
    let tensors: [(name: String, tensor: TorchTensor)]
    private let path: String
    private let archive: ZipArchive
    private let folder: String

    /// Opens a file. Throws `ImportError` where it is of another kind.
    init(_ path: String) throws {
        self.path = path
        archive = try ZipArchive(path)
        guard let pickle = archive.names.first(where: { $0.hasSuffix("/data.pkl") }) else {
            throw ImportError(
                path, "it is no file of torch.save: it has no member data.pkl",
                advice: "files of PyTorch before 1.6 are saved anew with a later version")
        }
        let folder = String(pickle.dropLast("data.pkl".count))
        self.folder = folder
        if let order = archive.names.first(where: { $0 == folder + "byteorder" }),
            try archive.content(order) != Data("little".utf8)
        {
            throw ImportError(path, "its numbers are big-endian, which is not read")
        }
        guard case .dictionary(let entries, _) = try TorchPickle.read(archive.content(pickle), path: path)
        else {
            throw ImportError(
                path, "it holds no dictionary", advice: "in Python: torch.save({\"x\": x, \"y\": y}, FILE)")
        }
        tensors = entries.compactMap { entry in
            if case .tensor(let tensor) = entry.value { (entry.key, tensor) } else { nil }
        }
    }

    /// The first tensor that has one of these names. Throws `ImportError` where there is none.
    func values(_ names: [String]) throws -> TorchArray {
        guard let name = names.first(where: { name in tensors.contains { $0.name == name } }),
            let tensor = tensors.first(where: { $0.name == name })?.tensor
        else {
            throw ImportError(
                path,
                "it has no tensor called \(names.joined(separator: " or ")); it has \(tensors.map(\.name).joined(separator: ", "))"
            )
        }
        let memory = try archive.content("\(folder)data/\(tensor.storage.key)")
        guard tensor.fits(memory.count / tensor.storage.type.size) else {
            throw ImportError(
                path, "the tensor \(name) reaches beyond its memory, or shows values of it again and again",
                advice: "in Python: x = x.contiguous().clone()")
        }
        return TorchArray(tensor: tensor, memory: memory)
    }
}

/// A tensor with its memory.
struct TorchArray {
    let tensor: TorchTensor
    let memory: Data

    /// All values of one entry of the first axis, the last axis fastest, whatever the strides are.
    func part(_ index: Int) -> [Float] {
        let (shape, strides) = (tensor.shape.dropFirst(), tensor.strides.dropFirst())
        var places = [tensor.offset + index * tensor.strides[0]]
        for (extent, stride) in zip(shape, strides) {
            places = places.flatMap { place in (0..<extent).map { place + $0 * stride } }
        }
        return memory.withUnsafeBytes { bytes in places.map { tensor.storage.type.value(bytes, $0) } }
    }
}
