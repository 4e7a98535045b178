import Fluids
import Schema

/// `[output]`
enum OutputSchema {
    /// Every field, and the smallest dimension in which it exists.
    private static let knownFields: [(name: String, rank: Int)] =
        QuantityRegistry.words.map { ($0, QuantityRegistry.leastRank(of: $0) ?? 1) }

    private static let every = Key.number(
        "every", .above(0), unit: "time", "Time between snapshots."
    ).optional()
    private static let everySteps = Key.integer(
        "every_steps", 1...Int.max, "Steps between snapshots."
    ).optional()
    private static let times = Key.numbers(
        "times", .atLeast(0), default: [], described: "the final state only", unit: "time",
        "Times of snapshots.")
    private static let fields = Key.words(
        "fields", knownFields.map(\.name), default: ["density", "velocity", "pressure", "entropic_pressure"],
        "What is stored; `velocity`, `momentum` and `vorticity` are all their components.")
    private static let compression = Key.integer(
        "compression", 0...9, default: 4, "Deflate level; 0 is none.")
    private static let historyEvery = Key.integer(
        "history_every", 1...Int.max, default: 10, "Steps between rows of the history.")
    private static let checkpointEvery = Key.number(
        "checkpoint_every", .above(0), default: 300, unit: "s", "Seconds between checkpoints.")

    static let table = TableSchema(
        "What is written, and when. The final state is always written.",
        [every, everySteps, times, fields, compression, historyEvery, checkpointEvery])

    static func read(_ section: Section, end: Double, _ diagnostics: inout [Diagnostic]) -> OutputOptions {
        checkFields(section, &diagnostics)
        if let late = section[times].first(where: { $0 > end }) {
            diagnostics.append(section.diagnostic("times", "\(late) is after the end", allowed: "0 … \(end)"))
        }
        return OutputOptions(
            every: section[every], everySteps: section[everySteps], times: section[times].sorted(),
            fields: section[fields], compression: section[compression], historyEvery: section[historyEvery],
            checkpointEvery: section[checkpointEvery])
    }

    private static func checkFields(_ section: Section, _ diagnostics: inout [Diagnostic]) {
        var seen: Set<String> = []
        let rank = section.scope.dimension ?? 3
        for name in section[fields] {
            if !seen.insert(name).inserted {
                diagnostics.append(section.diagnostic("fields", "\"\(name)\" is listed twice"))
            }
            if let field = knownFields.first(where: { $0.name == name }), field.rank > rank {
                let known = knownFields.filter { $0.rank <= rank }.map(\.name)
                diagnostics.append(
                    section.diagnostic(
                        "fields", "\"\(name)\" does not exist in \(rank) dimension\(rank == 1 ? "" : "s")",
                        allowed: known.joined(separator: ", ")))
            }
        }
    }
}
