import Schema

/// A cheap model that stands in for the true one while parameters are searched.
public struct SurrogateOptions: Sendable {
    /// The cheap model.
    public var model: ModelDescription
    /// How often the search is repeated with a corrected surrogate at most.
    public var rounds: Int
    /// Points of the posterior that are run on the true model in each round, besides the optimum.
    public var checks: Int
    /// The root mean square of the surrogate's errors at the optimum, in standard deviations of the observations, that is
    /// small enough; at the other points it is 1.
    public var agreement: Double
}

/// `[surrogate]`
enum SurrogateTable {
    private static let rounds = Key.integer(
        "rounds", 1...1000, default: 8, "How often the search is repeated with a corrected surrogate at most."
    )
    private static let checks = Key.integer(
        "checks", 0...1000, default: 2,
        "Points of the posterior that the true model computes in each round, besides the optimum.")
    private static let agreement = Key.number(
        "agreement", .above(0), default: 0.25,
        "Root mean square of the surrogate's errors at the optimum, in standard deviations of the observations, that ends "
            + "it; at the other points it is 1.")

    static let table = TableSchema(
        "A cheap model in the place of the true one while parameters are searched; the true one verifies and corrects it.",
        [rounds, checks, agreement], tag: "kind", variants: ModelSchema.variants)

    /// The surrogate; nil where there is none, or where it is wrong, which is reported.
    static func read(
        _ section: Section, beside truth: ModelDescription, names: [String], folder: String, scratch: String,
        _ diagnostics: inout [Diagnostic]
    ) -> SurrogateOptions? {
        guard section.node != nil else { return nil }
        var flowCase: String?
        if case .flow(let path) = truth { flowCase = path }
        let model = ModelSchema.read(
            section, names: names, folder: folder, scratch: scratch + "/surrogate", otherCase: flowCase,
            &diagnostics)
        return model.map {
            SurrogateOptions(
                model: $0, rounds: section[rounds], checks: section[checks], agreement: section[agreement])
        }
    }
}
