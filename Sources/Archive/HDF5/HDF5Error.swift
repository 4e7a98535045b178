/// A failed HDF5 operation: what was tried, on which object of which file, and HDF5's own first cause.
public struct HDF5Error: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as a verb phrase: "write the dataset".
    public let action: String
    /// The object's path inside the file, `/` for the root.
    public let path: String
    /// The file's path on disk.
    public let file: String
    /// The innermost line of HDF5's error stack, or this module's own reason.
    public let reason: String

    /// Creates an error from its parts.
    public init(action: String, path: String, file: String, reason: String) {
        self.action = action
        self.path = path
        self.file = file
        self.reason = reason
    }

    /// How the reason begins where the operating system refused something.
    static let systemPrefix = "the system could not "

    /// Whether the operating system failed, rather than the file.
    var isOfTheSystem: Bool { reason.hasPrefix(Self.systemPrefix) }

    /// Whether the operating system reported a full disk or an exhausted quota.
    public var isDiskFull: Bool {
        reason.contains("No space left on device") || reason.contains("Disk quota exceeded")
    }

    /// One line: what could not be done, where, and why.
    public var description: String {
        "could not \(action) '\(path)' in \(file): \(reason)"
    }
}
