import Schema

/// `[[site]]`
enum SiteTable {
    private static let name = Key.text("name", "Names the site.")
    private static let own = Field(
        "own", .list(.text, .any), "Parameters of which this site has a value of its own.")
    private static let settings = Field(
        "settings", .namedValues(.number(.any)), "Further parameters of the model, with fixed values.")
    private static let heldOut = Key.flag(
        "held_out", default: false, "Keeps it out of the fit, to check the result with it.")

    static let table = TableSchema(
        "A place, or an experiment, that has observations of its own.", [name, own, settings, heldOut])

    /// A site before its observations are known.
    struct Entry {
        var name: String
        var own: [String]
        var settings: [(name: String, value: Double)]
        var isHeldOut: Bool
    }

    /// The sites; one without a name where the file has none.
    static func read(
        _ sections: [Section], parameters: [Parameter], _ diagnostics: inout [Diagnostic]
    ) -> [Entry] {
        guard !sections.isEmpty else { return [Entry(name: "", own: [], settings: [], isHeldOut: false)] }
        var names: Set<String> = []
        let known = parameters.map(\.name)
        let entries = sections.map { section in
            if section.has("name"), !names.insert(section[name]).inserted {
                diagnostics.append(
                    section.diagnostic("name", "\"\(section[name])\" is the name of another site"))
            }
            let own = section.node?["own"]?.elements.compactMap(\.text) ?? []
            for word in own where !known.contains(word) {
                diagnostics.append(
                    section.diagnostic("own", "there is no parameter \"\(word)\"", allowed: known.list))
            }
            let table = section.section("settings")
            return Entry(
                name: section[name], own: own,
                settings: (table.node?.entries ?? []).compactMap { entry in
                    entry.node.double.map { (name: entry.key, value: $0) }
                }, isHeldOut: section[heldOut])
        }
        if entries.allSatisfy(\.isHeldOut) {
            diagnostics.append(
                sections[0].diagnostic(
                    "held_out", "no site is left to fit", hint: "set held_out = false for one"))
        }
        return entries
    }
}

extension Node {
    /// A number, written with or without a point.
    var double: Double? {
        switch value {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
