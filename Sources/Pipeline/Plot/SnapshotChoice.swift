import Archive

/// Which snapshot of a run is meant.
enum SnapshotChoice {
    /// The index of the snapshot that "first", "last", "#index" or a time names; a time means the nearest
    /// snapshot.
    ///
    /// - Throws: `ToolError` for other words, indices beyond the last, and runs without snapshots.
    static func index(_ text: String, of reader: RunFileReader) throws -> Int {
        let count = reader.snapshotCount
        guard count > 0 else {
            throw ToolError("\(reader.path) holds no snapshot yet; its status is \(reader.status)")
        }
        switch text {
        case "first": return 0
        case "last": return count - 1
        default: break
        }
        if text.hasPrefix("#") {
            guard let index = Int(text.dropFirst()), (0..<count).contains(index) else {
                throw ToolError("--time \(text): there is no such snapshot; it has #0 to #\(count - 1)")
            }
            return index
        }
        guard let time = Double(text), time.isFinite, let index = reader.snapshot(nearest: time) else {
            throw ToolError(
                "--time \(text) is not known; allowed: first, last, #0 to #\(count - 1), or a time between "
                    + "\(significant(reader.times[0])) and \(significant(reader.times[count - 1]))")
        }
        return index
    }
}
