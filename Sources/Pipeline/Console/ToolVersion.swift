/// The version of this tool: the one place that names it.
public enum ToolVersion {
    /// Semantic version; the heading of the same name in CHANGELOG.md says what it holds.
    public static let current = "0.1.0"
}
