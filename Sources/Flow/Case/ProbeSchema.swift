import Schema

/// `[[probe]]`
enum ProbeSchema {
    private static let name = Key.text("name", "Names the probe's time series; unique.")
    private static let position = Key.numbers(
        "position", .any, .dimension, unit: "length", "Inside the domain.")
    private static let everySteps = Key.integer(
        "every_steps", 1...Int.max, default: 1, "Steps between records.")

    static let table = TableSchema("A point whose state is recorded.", [name, position, everySteps])

    static func read(_ sections: [Section], domain: Domain, _ diagnostics: inout [Diagnostic]) -> [Probe] {
        var names: Set<String> = []
        return sections.map { section in
            let probe = Probe(
                name: section[name], position: section[position], everySteps: section[everySteps])
            if section.has("name") { checkName(probe.name, section, &names, &diagnostics) }
            checkInside(probe, section, domain, &diagnostics)
            return probe
        }
    }

    /// The name becomes that of a group in the run file.
    private static func checkName(
        _ name: String, _ section: Section, _ names: inout Set<String>, _ diagnostics: inout [Diagnostic]
    ) {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            diagnostics.append(
                section.diagnostic(
                    "name", "\"\(name)\" is no name", allowed: "text without / that starts with no ."))
        } else if !names.insert(name).inserted {
            diagnostics.append(section.diagnostic("name", "\"\(name)\" is the name of another probe"))
        }
    }

    private static func checkInside(
        _ probe: Probe, _ section: Section, _ domain: Domain, _ diagnostics: inout [Diagnostic]
    ) {
        for (axis, value) in probe.position.enumerated() {
            guard axis < domain.lower.count, axis < domain.upper.count else { return }
            let (lower, upper) = (domain.lower[axis], domain.upper[axis])
            guard value < lower || value > upper else { continue }
            let name = CaseVariables.space[min(axis, 2)]
            diagnostics.append(
                section.diagnostic(
                    "position", "\(name) = \(value) is outside of the domain", allowed: "\(lower) … \(upper)")
            )
        }
    }
}
