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
            for entry in table.node?.entries ?? [] where known.contains(entry.key) {
                diagnostics.append(
                    table.diagnostic(
                        entry.key, "is a parameter", hint: "rename it, or remove the parameter"))
            }
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

extension SiteTable {
    /// The settings that every site has: formulas may use them.
    static func sharedSettings(_ sections: [Section]) -> [String] {
        let names = sections.map { $0.section("settings").node?.entries.map(\.key) ?? [] }
        return (names.first ?? []).filter { name in names.allSatisfy { $0.contains(name) } }
    }

    /// A parameter as the sites have it: once for all that share it, and once as NAME@SITE for each that owns it. A
    /// parameter that is tied to one that sites own has as many values as that one.
    static func copies(of parameter: Parameter, _ entries: [Entry]) -> [Parameter] {
        var partner: String?
        if case .tied(let name, _, _) = parameter.role { partner = name }
        let owners = entries.filter { site in
            site.own.contains(parameter.name) || (partner.map(site.own.contains) ?? false)
        }
        let own = owners.map { site in
            var copy = parameter
            copy.name = "\(parameter.name)@\(site.name)"
            if case .tied(let name, let factor, let offset) = parameter.role, site.own.contains(name) {
                copy.role = .tied(to: "\(name)@\(site.name)", factor: factor, offset: offset)
            }
            return copy
        }
        return owners.count < entries.count ? [parameter] + own : own
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
