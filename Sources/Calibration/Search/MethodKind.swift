import Schema

/// What a method has to be told of every point.
public enum Requirement: String, Sendable {
    /// A cost suffices.
    case cost
    /// Residuals, whose squares sum up to the cost.
    case residuals
}

/// A method as a calibration's file names it: its word, its settings and its construction, in one place.
///
/// Adding one is one file that declares a static value of this type, one line in ``MethodRegistry`` and one row in
/// the shared conformance test.
public struct MethodKind: Sendable {
    /// The value of `name`.
    public let word: String
    /// One line for the reference.
    public let summary: String
    /// What it has to be told.
    public let requirement: Requirement
    /// Whether it takes derivatives where the model offers them.
    public let usesDerivatives: Bool
    /// Whether what it asks for depends on the number of workers, and the result with it.
    public let dependsOnWorkers: Bool
    /// Its settings.
    public let keys: [any SchemaKey]
    private let build: @Sendable (Section, MethodContext) -> any Method

    init(
        _ word: String, _ summary: String, requirement: Requirement = .cost, usesDerivatives: Bool = false,
        dependsOnWorkers: Bool = false, keys: [any SchemaKey] = [],
        build: @escaping @Sendable (Section, MethodContext) -> any Method
    ) {
        self.word = word
        self.summary = summary
        self.requirement = requirement
        self.usesDerivatives = usesDerivatives
        self.dependsOnWorkers = dependsOnWorkers
        self.keys = keys
        self.build = build
    }

    /// A method with the settings of a table; absent settings have their defaults.
    public func make(_ settings: Section, _ context: MethodContext) -> any Method { build(settings, context) }

    /// A method with its default settings.
    ///
    /// - Throws: Nothing in practice: an empty document is valid.
    public func make(_ context: MethodContext) throws(InvalidInput) -> any Method {
        let empty = try Document(text: "", file: "")
        return build(Section(empty, scope: Scope()), context)
    }
}
