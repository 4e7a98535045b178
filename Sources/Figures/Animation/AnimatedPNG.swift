import Foundation

/// Pictures one after the other in one file: an animated PNG, which every browser shows and programs that know only PNG
/// show as its first picture (https://www.w3.org/TR/png-3/, chunks acTL, fcTL and fdAT).
public struct AnimatedPNG {
    private var frames: [Data] = []
    private let delay: (numerator: UInt16, denominator: UInt16)

    /// An empty animation.
    ///
    /// - Parameter framesPerSecond: Between 1 and 100.
    public init(framesPerSecond: Double) {
        delay = (100, UInt16((100 * min(max(framesPerSecond, 1), 100)).rounded()))
    }

    /// The number of frames so far.
    public var count: Int { frames.count }

    /// Adds a picture: a PNG of the size and kind of the first.
    public mutating func append(_ png: Data) { frames.append(png) }

    /// The file.
    /// - Throws: ``FigureError/emptyData(what:)`` without frames, ``FigureError/drawing(reason:)`` for frames that are no
    ///   PNG or differ in size.
    public func encoded() throws(FigureError) -> Data {
        guard let first = frames.first else { throw .emptyData(what: "an animation") }
        let header = try Self.chunk("IHDR", of: first)
        var file = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        file.append(PNGChunk("IHDR", header).encoded)
        file.append(PNGChunk("acTL", Self.bytes(UInt32(frames.count)) + Self.bytes(UInt32(0))).encoded)
        var sequence: UInt32 = 0
        for (number, frame) in frames.enumerated() {
            guard try Self.chunk("IHDR", of: frame) == header else {
                throw .drawing(reason: "frame \(number) of the animation has another size than the first")
            }
            file.append(PNGChunk("fcTL", control(sequence, size: header.prefix(8))).encoded)
            sequence += 1
            for chunk in PNGChunk.all(in: frame) where chunk.kind == "IDAT" {
                if number == 0 {
                    file.append(chunk.encoded)
                } else {
                    file.append(PNGChunk("fdAT", Self.bytes(sequence) + chunk.content).encoded)
                    sequence += 1
                }
            }
        }
        file.append(PNGChunk("IEND", Data()).encoded)
        return file
    }

    /// Sequence number, size, place, delay; the whole picture is replaced.
    private func control(_ sequence: UInt32, size: Data) -> Data {
        Self.bytes(sequence) + size + Self.bytes(UInt32(0)) + Self.bytes(UInt32(0))
            + Self.bytes(delay.numerator) + Self.bytes(delay.denominator) + Data([0, 0])
    }

    private static func chunk(_ kind: String, of png: Data) throws(FigureError) -> Data {
        guard let chunk = PNGChunk.all(in: png).first(where: { $0.kind == kind }) else {
            throw .drawing(reason: "a frame of the animation is no PNG")
        }
        return chunk.content
    }

    private static func bytes(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.bigEndian) { Data($0) }
    }
}

/// A part of a PNG file: length, kind, content, check sum.
struct PNGChunk {
    let kind: String
    let content: Data

    init(_ kind: String, _ content: Data) {
        self.kind = kind
        self.content = content
    }

    var encoded: Data {
        let body = Data(kind.utf8) + content
        var data = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Data($0) }
        data.append(body)
        data.append(withUnsafeBytes(of: Self.checksum(body).bigEndian) { Data($0) })
        return data
    }

    /// The chunks of a file; those before the first that is cut off.
    static func all(in png: Data) -> [PNGChunk] {
        let bytes = [UInt8](png)
        var chunks: [PNGChunk] = []
        var at = 8
        while at + 12 <= bytes.count {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard at + 12 + length <= bytes.count else { break }
            let kind = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
            chunks.append(PNGChunk(kind, Data(bytes[(at + 8)..<(at + 8 + length)])))
            at += 12 + length
        }
        return chunks
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    /// The cyclic redundancy check of ISO 3309.
    private static func checksum(_ data: Data) -> UInt32 {
        ~data.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
