import Schema

/// Methods one after the other; each starts at the best point of those before it.
public struct Composite: Method {
    /// When a stage hands over to the next one; the first rule that applies counts, and so does its own end.
    public struct HandOver: Sendable, Equatable {
        /// The share of the whole budget that the stage may take.
        public var share = 1.0
        /// The number of evaluations, relative to the dimension, in which …
        public var patience = Double.infinity
        /// … the best cost has to fall by this relative amount.
        public var improvement = 0.01
        /// The cost that suffices.
        public var target = -Double.infinity
        /// No rule: the stage runs to its end.
        public init() {}
    }

    /// A method and the rule that ends it.
    public struct Stage: Sendable {
        let word: String
        let rule: HandOver
        let make: @Sendable (MethodContext) -> any Method

        /// A stage of any method.
        public init(
            _ word: String, until rule: HandOver = HandOver(),
            make: @escaping @Sendable (MethodContext) -> any Method
        ) {
            (self.word, self.rule, self.make) = (word, rule, make)
        }
    }

    private let stages: [Stage]
    private let context: MethodContext
    private var current: any Method
    private var number = 0
    private var evaluations = 0
    private var stageEvaluations = 0
    private var best: (point: [Double], cost: Double)
    private var milestone = (evaluations: 0, cost: Double.infinity)
    private var asked: [Proposal] = []
    private var ownDecisions: [Decision] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "\(stages[number].word): \(current.stage)" }

    /// See ``Method/record``.
    public var record: MethodRecord {
        var record = current.record
        record.decisions = ownDecisions + shifted(record.decisions)
        return record
    }

    /// Starts with the first stage, nil where there is none.
    public init?(_ stages: [Stage], _ context: MethodContext) {
        guard let first = stages.first else { return nil }
        (self.stages, self.context) = (stages, context)
        best = (clamped(context.initial), .infinity)
        current = first.make(Self.limited(context, first))
    }

    private static func limited(_ context: MethodContext, _ stage: Stage) -> MethodContext {
        context.limited(to: max(1, Int(min(1, stage.rule.share) * Double(context.budget))))
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        asked = ending == nil ? current.ask() : []
        if asked.isEmpty, ending == nil {
            handOver("\(stages[number].word) is through")
            asked = ending == nil ? current.ask() : []
        }
        return asked
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        stageEvaluations += outcomes.count
        for (proposal, outcome) in zip(asked, outcomes) where outcome.cost < best.cost {
            best = (proposal.point, outcome.cost)
        }
        current.tell(outcomes)
        if let reason = reasonToLeave() { handOver("\(stages[number].word): \(reason)") }
    }

    private mutating func reasonToLeave() -> String? {
        let rule = stages[number].rule
        if let ending = current.ending { return ending }
        if best.cost <= rule.target { return "its target is reached" }
        if Double(stageEvaluations) >= rule.share * Double(context.budget) {
            return "it has had its share of the budget"
        }
        if best.cost < milestone.cost - rule.improvement * abs(milestone.cost) || milestone.cost == .infinity
        {
            milestone = (stageEvaluations, best.cost)
        }
        let waited = Double(stageEvaluations - milestone.evaluations)
        return waited > rule.patience * Double(context.dimension) ? "its cost stagnates" : nil
    }

    private mutating func handOver(_ reason: String) {
        ownDecisions += shifted(current.record.decisions)
        ownDecisions.append(Decision(evaluations: evaluations, best: best.cost, reason: reason))
        guard number + 1 < stages.count else {
            ending = reason
            return
        }
        number += 1
        let next = context.starting(at: best.point).reseeded(number)
        current = stages[number].make(Self.limited(next, stages[number]))
        (stageEvaluations, milestone) = (0, (0, .infinity))
    }

    /// Decisions of the current stage, counted from the start of the first.
    private func shifted(_ decisions: [Decision]) -> [Decision] {
        decisions.map {
            Decision(
                evaluations: evaluations - stageEvaluations + $0.evaluations, best: $0.best, reason: $0.reason
            )
        }
    }
}

extension Composite {
    private static let share = Key.number(
        "budget_share", .above(0, upTo: 1), default: 1, "Share of the whole budget that the stage may take.")
    private static let patience = Key.number(
        "stagnation", .above(0), "Evaluations for each parameter without progress that end the stage."
    ).optional(otherwise: "never")
    private static let improvement = Key.number(
        "progress", .within(0...1), default: 0.01, "Relative fall of the cost that counts as progress.")
    private static let target = Key.number("stop_value", .any, "Cost that ends the stage.").optional(
        otherwise: "none")

    /// The description of one stage in a calibration's file: a method, its settings, and when it hands over.
    public static var stageTable: TableSchema {
        TableSchema(
            "A stage of a composed method; each starts at the best point of those before it.",
            name: "stage", [share, patience, improvement, target], tag: "name",
            variants: MethodRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) })
    }

    /// A stage from its table; nil where its method is unknown, which the checker has reported.
    public static func stage(_ section: Section) -> Stage? {
        guard let word = section.node?["name"]?.text, let kind = MethodRegistry.kind(word) else { return nil }
        var rule = HandOver()
        rule.share = section[share]
        rule.patience = section[patience] ?? .infinity
        rule.improvement = section[improvement]
        rule.target = section[target] ?? -.infinity
        return Stage(word, until: rule) { kind.make(section, $0) }
    }
}
