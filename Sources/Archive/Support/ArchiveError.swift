import Foundation

/// What went wrong with a file that Hugoniot writes or reads, told to a person.
public struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failures, for code that reacts to one of them.
    public enum Kind: String, Sendable, Codable {
        /// There is no such file.
        case missing
        /// The file is not HDF5.
        case notHDF5
        /// The file is HDF5 but ends early.
        case truncated
        /// The file is HDF5 but not of the expected Hugoniot format.
        case foreign
        /// The file was written by a newer version of Hugoniot.
        case newerVersion
        /// The file was written by an older version of Hugoniot, in a form that is read no longer.
        case olderVersion
        /// What the file holds contradicts itself or its checksums.
        case damaged
        /// The output exists already.
        case exists
        /// An interrupted run's file stands where a new one would go.
        case interrupted
        /// Another process writes this file.
        case busy
        /// The file or its folder cannot be read or written.
        case unwritable
        /// The disk or the quota is exhausted.
        case diskFull
        /// The operating system failed to read or write: the machine is to blame, and it may do better the next time.
        case inputOutput
        /// A value is NaN or infinite.
        case nonFinite
        /// The caller's data do not fit the file.
        case mismatch
    }

    /// The kind of failure.
    public let kind: Kind
    /// What happened, to which file, and how to mend it.
    public let message: String

    /// Creates an error.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension ArchiveError: LocalizedError {
    /// The message.
    public var errorDescription: String? { message }
}

extension HDF5Error: LocalizedError {
    /// The description.
    public var errorDescription: String? { description }
}

/// Texts that several errors share.
enum Wording {
    static func bytes(_ count: Int) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) bytes" : String(format: "%.1f %@", value, units[unit])
    }

    static func systemReason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
