/// The versions of a file format.
struct FormatVersions {
    /// Those that are read; the last is written.
    var readable = 1...1
    /// Why older ones are not, and how to go on with such a file.
    var reason = ""
}
