extension String {
    /// A path without the ending of its last name: "a.b/c.d" gives "a.b/c". Foundation's own ends the process at ".".
    var withoutEnding: String {
        let start = lastIndex(of: "/").map { index(after: $0) } ?? startIndex
        guard let dot = self[start...].lastIndex(of: "."), dot > start, self[start...] != ".." else {
            return self
        }
        return String(self[..<dot])
    }

    /// The last name of a path, without its ending.
    var stem: String { (split(separator: "/").last.map(String.init) ?? "").withoutEnding }
}
