import Schema

/// Which samples are learnt from, and which ones what was learnt is tested on.
public struct SplitPlan: Sendable, Equatable {
    /// What is never shared between splits.
    public enum Unit: String, Sendable, CaseIterable {
        /// A sample; a body may be in several splits.
        case sample
        /// A body: samples with the same ``SampleRecipe/geometry`` stay together.
        case geometry
    }

    /// Samples unlike those of the training, under a name that starts with `test_`.
    public struct OutOfDistribution: Sendable, Equatable {
        /// The name of the split.
        public var name: String
        /// What its samples have in common.
        public var rule: Rule

        /// A split out of distribution.
        public init(name: String, rule: Rule) {
            self.name = name
            self.rule = rule
        }
    }

    /// What the samples of a split have in common.
    public enum Rule: Sendable, Equatable {
        /// This expression in the parameters is not 0.
        case expression(String)
        /// They belong to one of these families.
        case families([String])
    }

    /// Share of the samples in distribution that are learnt from.
    public var train: Double
    /// Share of those that tell when to stop.
    public var validation: Double
    /// Share of those that are tested on.
    public var test: Double
    /// Selects the random numbers.
    public var seed: UInt64
    /// What is never shared between splits.
    public var unit: Unit
    /// Samples out of distribution.
    public var outOfDistribution: [OutOfDistribution]

    /// A plan without splits out of distribution.
    public init(
        train: Double = 0.7, validation: Double = 0.15, test: Double = 0.15, seed: UInt64 = 0,
        unit: Unit = .sample, outOfDistribution: [OutOfDistribution] = []
    ) {
        self.train = train
        self.validation = validation
        self.test = test
        self.seed = seed
        self.unit = unit
        self.outOfDistribution = outOfDistribution
    }

    /// The names of all splits, in the order of ``SplitTable/splits``.
    public var names: [String] { ["train", "validation", "test"] + outOfDistribution.map(\.name) }
}

/// `[splits]`
enum SplitSchema {
    private static let share = Limits.within(0...1)
    private static let train = Key.number("train", share, default: 0.7, "Share that is learnt from.")
    private static let validation = Key.number(
        "validation", share, default: 0.15, "Share that tells when to stop.")
    private static let test = Key.number("test", share, default: 0.15, "Share that is tested on.")
    private static let seed = Key.integer(
        "seed", 0...Int.max, "Selects the random numbers."
    ).optional(otherwise: "that of the design")
    private static let unit = Key<SplitPlan.Unit>.choice(
        "by", default: .sample, "What is never shared between splits: a sample, or a body."
    ).optional(otherwise: "\"geometry\" where there are families, otherwise \"sample\"")
    private static let rule = ValueKind.oneOf([.text, .list(.text, .within(1...10_000))])
    private static let summary =
        "Who learns from which sample. `test_NAME` is a split out of distribution: an expression in the parameters "
        + "(`test_mach = \"mach > 3.5\"`), or a list of families (`test_geometry = [\"airfoils\"]`); its "
        + "samples are in no other part of the training."

    /// The description for a document with these splits of its own.
    static func table(names: [String]) -> TableSchema {
        TableSchema(
            summary,
            [train, validation, test, seed, unit]
                + names.map { Field($0, rule, "Samples unlike those of the training.") })
    }

    /// The names of the splits that a document makes up.
    static func names(of document: Document) -> [String] {
        (document.root["splits"]?.entries ?? []).map(\.key).filter { $0.hasPrefix("test_") }
    }

    static func read(
        _ section: Section, seed designSeed: UInt64, parameters: [String], families: [String],
        _ diagnostics: inout [Diagnostic]
    ) -> SplitPlan {
        let plan = SplitPlan(
            train: section[train], validation: section[validation], test: section[test],
            seed: section[seed].map { UInt64($0) } ?? designSeed,
            unit: section[unit] ?? (families.isEmpty ? .sample : .geometry),
            outOfDistribution: rules(section, parameters, families, &diagnostics))
        let sum = plan.train + plan.validation + plan.test
        if abs(sum - 1) > 1e-6 {
            let hint = "the defaults are train = 0.7, validation = 0.15, test = 0.15"
            diagnostics.append(
                section.diagnostic(
                    nil, "train, validation and test add up to \(Float(sum))", allowed: "1", hint: hint))
        }
        return plan
    }

    private static func rules(
        _ section: Section, _ parameters: [String], _ families: [String], _ diagnostics: inout [Diagnostic]
    ) -> [SplitPlan.OutOfDistribution] {
        (section.node?.entries ?? []).filter { $0.key.hasPrefix("test_") }.compactMap { entry in
            if case .array(let elements) = entry.node.value {
                let names = elements.compactMap(\.text)
                for name in names where !families.contains(name) {
                    let guess = Spelling.closest(to: name, among: families)
                    diagnostics.append(
                        section.diagnostic(
                            entry.key, "there is no family \"\(name)\"",
                            allowed: families.isEmpty
                                ? "none, there is no [[geometry]]" : families.joined(separator: ", "),
                            hint: guess.map { "did you mean \"\($0)\"?" }))
                }
                return .init(name: entry.key, rule: .families(names))
            }
            let key = section.diagnostic(entry.key, "").key
            guard let text = entry.node.text,
                let read = ParameterExpression(entry.node, key: key, parameters, &diagnostics)
            else { return nil }
            if read.expression.isConstant {
                let message = "is the same for all samples"
                let allowed = "an expression in \(parameters.joined(separator: ", "))"
                diagnostics.append(section.diagnostic(entry.key, message, allowed: allowed))
            }
            return .init(name: entry.key, rule: .expression(text))
        }
    }
}
