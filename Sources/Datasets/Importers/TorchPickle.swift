import Foundation

/// What the pickle of a file of PyTorch describes. Nothing of it is executed: the few classes that tensors need are known
/// by name, and every other one is refused.
indirect enum TorchValue {
    case none
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([TorchValue], depth: Int = 1)
    case dictionary([(key: String, value: TorchValue)], depth: Int = 1)
    case global(String)
    case storage(TorchStorage)
    case tensor(TorchTensor)

    /// The number, where it is one.
    var integer: Int? { if case .number(let value) = self { value } else { nil } }
    /// The text, where it is one.
    var string: String? { if case .text(let value) = self { value } else { nil } }
    /// The elements, where it is a tuple or a list.
    var elements: [TorchValue]? { if case .list(let values, _) = self { values } else { nil } }
    /// How deeply lists and dictionaries lie in one another.
    var depth: Int {
        switch self {
        case .list(_, let depth), .dictionary(_, let depth): depth
        default: 0
        }
    }
}

/// The memory of a tensor: a member of the archive, and the type of its numbers.
struct TorchStorage {
    /// The number of the member `data/…`.
    var key: String
    var type: TorchNumber
}

/// A view into a storage.
struct TorchTensor {
    var storage: TorchStorage
    var offset: Int
    var shape: [Int]
    var strides: [Int]

    /// Whether it shows no more values than the `count` that are stored, and none that is not. Offsets and strides may be
    /// any numbers.
    func fits(_ count: Int) -> Bool {
        guard !shape.isEmpty, offset >= 0, offset < count, shape.allSatisfy({ $0 > 0 }),
            strides.allSatisfy({ $0 >= 0 })
        else { return false }
        var (last, values) = (offset, 1)
        for (extent, stride) in zip(shape, strides) {
            let (reach, isFar) = (extent - 1).multipliedReportingOverflow(by: stride)
            let (product, isLarge) = values.multipliedReportingOverflow(by: extent)
            guard !isFar, !isLarge, reach < count - last, product <= count else { return false }
            (last, values) = (last + reach, product)
        }
        return true
    }
}

/// The stack machine of the pickle protocols 2 to 4 (Python Enhancement Proposals 307 and 3154), as far as dictionaries
/// of tensors need it.
struct TorchPickle {
    private let bytes: Data
    private let path: String
    private var place = 0
    private var stack: [TorchValue] = []
    private var marks: [Int] = []
    private var memory: [Int: TorchValue] = [:]

    private init(_ bytes: Data, _ path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The value that a pickle describes. Throws `ImportError` for everything but plain values and tensors.
    static func read(_ bytes: Data, path: String) throws -> TorchValue {
        var machine = TorchPickle(bytes, path)
        while let code = try machine.number(1) {
            if code == 0x2E { return try machine.pop() }
            try machine.execute(UInt8(code))
        }
        throw machine.damaged
    }

    private var damaged: ImportError {
        ImportError(path, "its pickle is damaged at byte \(place)", advice: "copy or download it again")
    }

    private mutating func number(_ size: Int) throws -> Int? {
        guard let value = bytes.number(at: place, size) else { throw damaged }
        place += size
        return value
    }

    private mutating func count(_ size: Int) throws -> Int {
        guard let value = try number(size) else { throw damaged }
        return value
    }

    private mutating func text(_ length: Int) throws -> String {
        guard length >= 0, length <= bytes.count - place else { throw damaged }
        defer { place += length }
        return String(decoding: bytes.subrange(bytes.startIndex + place, length), as: UTF8.self)
    }

    private mutating func line() throws -> String {
        var end = place
        while let byte = bytes.number(at: end, 1), byte != 0x0A { end += 1 }
        guard end < bytes.count else { throw damaged }
        let line = try text(end - place)
        place += 1
        return line
    }

    private mutating func pop() throws -> TorchValue {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else { throw damaged }
        return value
    }

    private mutating func popToMark() throws -> [TorchValue] {
        guard let mark = marks.popLast(), mark <= stack.count else { throw damaged }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    private mutating func popTuple(_ count: Int) throws -> TorchValue {
        try list((0..<count).map { _ in try pop() }.reversed())
    }

    private func list(_ values: [TorchValue]) throws -> TorchValue {
        .list(values, depth: try depth(around: values))
    }

    /// Values that lie in one another without end would overflow the stack where they are given back.
    private func depth(around values: [TorchValue]) throws -> Int {
        let depth = values.reduce(1) { max($0, $1.depth + 1) }
        guard depth <= Self.deepest else {
            throw ImportError(path, "its pickle nests values more than \(Self.deepest) deep at byte \(place)")
        }
        return depth
    }

    private static let deepest = 64

    private mutating func execute(_ code: UInt8) throws {
        switch code {
        case 0x80: _ = try count(1)
        case 0x95: _ = try count(8)
        case UInt8(ascii: "("): marks.append(stack.count)
        case UInt8(ascii: "N"): stack.append(.none)
        case 0x88, 0x89: stack.append(.flag(code == 0x88))
        case UInt8(ascii: "}"): stack.append(.dictionary([]))
        case UInt8(ascii: ")"), UInt8(ascii: "]"): stack.append(.list([]))
        case UInt8(ascii: "K"): stack.append(.number(try count(1)))
        case UInt8(ascii: "M"): stack.append(.number(try count(2)))
        case UInt8(ascii: "J"):
            stack.append(.number(Int(Int32(truncatingIfNeeded: try count(4)))))
        case 0x8A: stack.append(.number(try long(count(1))))
        case UInt8(ascii: "X"): stack.append(.text(try text(count(4))))
        case 0x8C: stack.append(.text(try text(count(1))))
        case UInt8(ascii: "t"): stack.append(try list(popToMark()))
        case 0x85, 0x86, 0x87: stack.append(try popTuple(Int(code) - 0x84))
        case UInt8(ascii: "q"), UInt8(ascii: "r"), 0x94: try memorise(code)
        case UInt8(ascii: "h"), UInt8(ascii: "j"):
            guard let value = memory[try count(code == UInt8(ascii: "h") ? 1 : 4)] else { throw damaged }
            stack.append(value)
        case UInt8(ascii: "c"):
            let module = try line()
            stack.append(try known("\(module).\(try line())"))
        case 0x93:
            guard let name = try pop().string, let module = try pop().string else { throw damaged }
            stack.append(try known("\(module).\(name)"))
        case UInt8(ascii: "Q"): stack.append(.storage(try storage(pop())))
        case UInt8(ascii: "R"): try reduce()
        case UInt8(ascii: "s"), UInt8(ascii: "u"): try setItems(single: code == UInt8(ascii: "s"))
        case UInt8(ascii: "a"), UInt8(ascii: "e"): try append(single: code == UInt8(ascii: "a"))
        default:
            throw ImportError(
                path,
                "its pickle holds more than plain values and tensors (code \(code) at byte \(place - 1))",
                advice: "in Python: torch.save({\"x\": x, \"y\": y}, FILE) with two tensors")
        }
    }

    /// A little-endian number of two's complement.
    private mutating func long(_ size: Int) throws -> Int {
        guard size <= 8 else { throw damaged }
        let bytes = try (0..<size).map { _ in UInt64(try count(1)) }
        let value = bytes.enumerated().reduce(UInt64(0)) { $0 | $1.element << UInt64(8 * $1.offset) }
        guard let last = bytes.last, last >= 128, size < 8 else { return Int(Int64(bitPattern: value)) }
        return Int(Int64(bitPattern: value)) - (1 << (8 * size))
    }

    private mutating func memorise(_ code: UInt8) throws {
        let key = code == 0x94 ? memory.count : try count(code == UInt8(ascii: "q") ? 1 : 4)
        guard let value = stack.last else { throw damaged }
        memory[key] = value
    }

    private static let builders = ["torch._utils._rebuild_tensor_v2", "collections.OrderedDict"]

    private func known(_ name: String) throws -> TorchValue {
        guard Self.builders.contains(name) || TorchNumber(storage: name) != nil else {
            throw ImportError(
                path, "it holds an object of the class \(name), which is not read",
                advice: "in Python: torch.save({\"x\": x, \"y\": y}, FILE) with two plain tensors")
        }
        return .global(name)
    }

    private func storage(_ value: TorchValue) throws -> TorchStorage {
        guard let parts = value.elements, parts.count == 5, parts[0].string == "storage",
            case .global(let name) = parts[1], let type = TorchNumber(storage: name),
            let key = parts[2].string
        else { throw damaged }
        return TorchStorage(key: key, type: type)
    }

    private mutating func reduce() throws {
        guard let arguments = try pop().elements, case .global(let name) = try pop() else { throw damaged }
        if name == "collections.OrderedDict" { return stack.append(.dictionary([])) }
        guard name == Self.builders[0], arguments.count >= 4, case .storage(let storage) = arguments[0],
            let offset = arguments[1].integer, let shape = arguments[2].elements?.compactMap(\.integer),
            let strides = arguments[3].elements?.compactMap(\.integer), shape.count == strides.count
        else { throw damaged }
        stack.append(.tensor(TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)))
    }

    private mutating func setItems(single: Bool) throws {
        let items = single ? try popTuple(2).elements ?? [] : try popToMark()
        guard items.count.isMultiple(of: 2), case .dictionary(var entries, let before) = try pop() else {
            throw damaged
        }
        for index in stride(from: 0, to: items.count, by: 2) {
            guard let key = items[index].string else { throw damaged }
            entries.append((key, items[index + 1]))
        }
        stack.append(.dictionary(entries, depth: max(before, try depth(around: items))))
    }

    private mutating func append(single: Bool) throws {
        let items = single ? [try pop()] : try popToMark()
        guard case .list(let list, let before) = try pop() else { throw damaged }
        stack.append(.list(list + items, depth: max(before, try depth(around: items))))
    }
}
