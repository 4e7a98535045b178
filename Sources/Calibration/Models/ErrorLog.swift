import Foundation

/// What a program writes on standard error: in a file of bounded size, and its last lines at hand for messages.
///
/// A file that is full becomes `NAME.old`, in the place of the one before it: what is newest is always there.
struct ErrorLog {
    /// Bytes of a file.
    static let limit = 4 << 20
    /// Bytes that are kept at hand.
    private static let kept = 2000

    private let path: String
    private var handle: FileHandle?
    private var size: Int
    private var last: [UInt8] = []

    /// Goes on with a file.
    init(_ file: URL) {
        path = file.path
        (handle, size) = Self.open(path)
    }

    private static func open(_ path: String) -> (FileHandle?, Int) {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let handle = FileHandle(forWritingAtPath: path)
        return (handle, Int((try? handle?.seekToEnd()) ?? 0))
    }

    /// The last lines, at most three, separated by " | ".
    var tail: String {
        let lines = String(decoding: last, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.suffix(3).map { $0.trimmingCharacters(in: .whitespaces).prefix(200) }
            .filter { !$0.isEmpty }.joined(separator: " | ")
    }

    /// Appends bytes. A disc that is full costs the log, not the run.
    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        last = Array((last + bytes.suffix(Self.kept)).suffix(Self.kept))
        try? handle?.write(contentsOf: Data(bytes))
        size += bytes.count
        guard size >= Self.limit else { return }
        try? handle?.close()
        _ = rename(path, path + ".old")
        (handle, size) = Self.open(path)
    }
}
