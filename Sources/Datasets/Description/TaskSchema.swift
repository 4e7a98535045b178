import Schema

/// `[task]`
enum TaskSchema {
    private static let tolerance = Key.number(
        "tolerance", .above(0), unit: "1",
        "March until the flow changes by less than this share in the time that a signal takes to cross the domain."
    ).optional(otherwise: "0.01 where there is no window")
    private static let earliest = Key.number(
        "earliest", .atLeast(0), default: 0, unit: "time", "The residual is not looked at before.")
    private static let checkEvery = Key.integer(
        "check_every", 1...1_000_000, default: 16, "Steps between two looks at the residual.")
    private static let window = Key.numbers(
        "window", .atLeast(0), .exactly(2), default: [], described: "none", unit: "time",
        "A flow that did not become steady is averaged from the first time to the second, where its case ends."
    )
    private static let times = Key.numbers(
        "times", .atLeast(0), .within(2...100_000), default: [], described: "by `interval`", unit: "time",
        "Times of the states; 0 is the initial one.")
    private static let interval = Key.number(
        "interval", .above(0), unit: "time", "Time between states, from 0 to the end of the case."
    ).optional(otherwise: "a twentieth of the end of the case")

    static let table = TableSchema(
        "What is computed from a case.", [], tag: "kind",
        variants: [
            .init(
                "steady", "One state that no longer depends on time.",
                [tolerance, earliest, checkEvery, window]),
            .init("rollout", "A trajectory of states at fixed times.", [times, interval]),
        ])

    static func read(_ section: Section, end: Double?, _ diagnostics: inout [Diagnostic]) -> SampleTask.Kind {
        section.node?["kind"]?.text == "rollout"
            ? .rollout(times: rollout(section, end: end, &diagnostics))
            : .steady(steady(section, &diagnostics))
    }

    private static func steady(_ section: Section, _ diagnostics: inout [Diagnostic]) -> SteadyOptions {
        let window = section[window]
        var task = SteadyOptions(
            tolerance: section[tolerance], earliest: section[earliest], checkEvery: section[checkEvery])
        guard window.count == 2 else {
            task.tolerance = task.tolerance ?? 1e-2
            return task
        }
        if window[0] >= window[1] {
            let allowed = "two times, the first before the second"
            diagnostics.append(
                section.diagnostic("window", "\(window[0]) is not before \(window[1])", allowed: allowed))
        }
        task.averagingTime = window[1] - window[0]
        return task
    }

    /// The overrides that end a case with the window of its average.
    static func overrides(_ section: Section) -> [String] {
        let window = section[window]
        return window.count == 2 ? ["time.end=\(CampaignParameter.text(window[1]))"] : []
    }

    private static func rollout(
        _ section: Section, end: Double?, _ diagnostics: inout [Diagnostic]
    ) -> [Double] {
        let times = section[times]
        guard times.isEmpty else {
            if section.has("interval") {
                diagnostics.append(
                    section.diagnostic("interval", "there are times as well", hint: "keep one of the two"))
            }
            if zip(times, times.dropFirst()).contains(where: { $0 >= $1 }) {
                diagnostics.append(section.diagnostic("times", "are not ascending"))
            }
            if let end, let late = times.first(where: { $0 > end }) {
                diagnostics.append(
                    section.diagnostic("times", "\(late) is after the end of the case", allowed: "0 … \(end)")
                )
            }
            return times
        }
        guard let end else { return [] }
        let step = section[interval] ?? end / 20
        // The last state is at the end where the interval divides it, rounding aside.
        let count = (end / step * (1 + 1e-12)).rounded(.down)
        guard count >= 1, count < 100_000 else {
            let allowed = "\(end / 99_999) … \(end), the end of the case"
            diagnostics.append(section.diagnostic("interval", "\(step) is out of range", allowed: allowed))
            return []
        }
        return (0...Int(count)).map { min(Double($0) * step, end) }
    }
}
