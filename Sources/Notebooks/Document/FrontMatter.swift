import Schema

/// What a notebook says about itself: TOML between two lines `+++`.
public struct FrontMatter: Sendable, Equatable {
    /// The heading of the page.
    public var title: String
    /// Where random numbers start, unless a cell says otherwise.
    public var seed: UInt64
    /// Wall seconds that all cells together may take to compute; nil: any.
    public var budget: Double?
    /// The tier of cells that name none.
    public var tier: Tier
    /// The folder that paths in cells start from, relative to the notebook's.
    public var root: String
    /// How far numbers may be from the lock file, relative to their size.
    public var tolerance: Double

    private static let title = Key<String>.text("title", "The heading of the page.")
    private static let seed = Key<Int>.integer(
        "seed", 0...Int.max, default: 1, "Where random numbers start, unless a cell says otherwise.")
    private static let budget = Key<Double>.number(
        "budget", .above(0), unit: "s", "Wall seconds that all cells together may take to compute."
    ).optional(otherwise: "any")
    private static let tier = Key<Tier>.choice(
        "tier", default: .quick, "The tier of cells that name none: quick cells are part of every check.")
    private static let root = Key<String>.text(
        "root", default: ".", "The folder that paths in cells start from, relative to the notebook's.")
    private static let tolerance = Key<Double>.number(
        "tolerance", .atLeast(0), default: 1e-3,
        "How far numbers may be from the lock file, relative to their size.")

    /// Every key, as the reference shows it.
    public static let schema = TableSchema(
        "The front matter of a notebook.", [title, seed, budget, tier, root, tolerance])

    /// Reads the table. Throws `InvalidInput` with everything that is wrong in it.
    init(_ document: Document) throws(InvalidInput) {
        var checker = Checker(Self.schema, scope: Scope())
        checker.check(document)
        guard checker.diagnostics.isEmpty else { throw InvalidInput(checker.diagnostics) }
        let section = Section(document, scope: Scope())
        title = section[Self.title]
        seed = UInt64(section[Self.seed])
        budget = section[Self.budget]
        tier = section[Self.tier]
        root = section[Self.root]
        tolerance = section[Self.tolerance]
    }
}
