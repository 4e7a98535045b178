import Schema

/// `[time]`
enum TimeSchema {
    private static let end = Key.number("end", .above(0), unit: "time", "When the computation ends.")
    private static let maximumSteps = Key.integer(
        "maximum_steps", 1...Int.max, "Steps after which it ends in any case."
    ).optional(otherwise: "no limit")
    private static let wallBudget = Key.number(
        "wall_budget", .above(0), unit: "s", "Seconds after which it writes a checkpoint and stops."
    ).optional(otherwise: "no limit")

    static let table = TableSchema("When the computation ends.", [end, maximumSteps, wallBudget])

    static func read(_ section: Section) -> TimeOptions {
        TimeOptions(
            end: section[end], maximumSteps: section[maximumSteps], wallBudget: section[wallBudget])
    }
}
