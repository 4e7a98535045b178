import Flow
import Fluids
import Schema

/// `[grid]`, `[inputs]` and `[outputs]`
enum ChannelSchema {
    private static let cells = Key.integers(
        "cells", 1...1_000_000, .dimension, unit: "1",
        "Cells of the fields in the dataset; they divide those of the case."
    ).optional(otherwise: "those of the case")
    private static let inputs = texts(
        "channels", otherwise: "sdf where there are bodies, and all parameters with a distribution",
        "`sdf`, `mask`, `x`, `y`, `z`, `initial_FIELD` and names of parameters, which fill the whole channel."
    )
    private static let outputs = texts(
        "channels", otherwise: "density, velocity, pressure",
        "Fields; `velocity`, `momentum` and `vorticity` are all their components.")

    static let grid = TableSchema("The grid of the dataset.", [cells])
    static let inputTable = TableSchema("What a model is given.", [inputs])
    static let outputTable = TableSchema("What a model is to find.", [outputs])

    private static func texts(_ name: String, otherwise: String, _ summary: String) -> Key<[String]?> {
        let field = Field(name, .list(.text, .within(1...1000)), summary)
        let key = Key<[String]>(field, fallback: []) { node, _ in node.elements.compactMap(\.text) }
        return key.optional(otherwise: otherwise)
    }

    /// Cells of the dataset's fields.
    static func cells(_ section: Section, domain: Domain?, _ diagnostics: inout [Diagnostic]) -> [Int] {
        let wanted = section[cells]
        guard let domain else { return wanted ?? [] }
        guard let wanted, wanted.count == domain.rank else { return domain.cells }
        for (axis, count) in wanted.enumerated() where domain.cells[axis] % count != 0 {
            let name = ["x", "y", "z"][axis]
            diagnostics.append(
                section.diagnostic(
                    "cells", "\(count) cells in \(name) do not divide the \(domain.cells[axis]) of the case",
                    allowed: divisors(domain.cells[axis])))
        }
        return wanted
    }

    /// The largest divisors of a number, in words.
    private static func divisors(_ number: Int) -> String {
        let found = (1...16).filter { number % $0 == 0 }.map { String(number / $0) }
        return found.joined(separator: ", ") + ", …"
    }

    /// The channels of the inputs.
    static func inputs(
        _ section: Section, rank: Int, hasBodies: Bool, parameters: [CampaignParameter],
        _ diagnostics: inout [Diagnostic]
    ) -> [String] {
        let names = parameters.map(\.name)
        guard let written = section[inputs] else {
            let sampled = parameters.filter { !$0.distribution.isExpression }.map(\.name)
            let found = (hasBodies ? ["sdf"] : []) + sampled
            return found.isEmpty ? Array(["x", "y", "z"].prefix(rank)) : found
        }
        check(written, ChannelNames.inputs(rank: rank) + names, section, &diagnostics)
        return written
    }

    /// The channels of the outputs, vectors as their components.
    static func outputs(_ section: Section, rank: Int, _ diagnostics: inout [Diagnostic]) -> [String] {
        let written = (section[outputs] ?? ["density", "velocity", "pressure"]).flatMap {
            QuantityRegistry.expanded($0, rank: rank)
        }
        let known = ChannelNames.outputs(rank: rank)
        check(written, known, shorthands: QuantityRegistry.vectors, section, &diagnostics)
        return written
    }

    private static func check(
        _ written: [String], _ known: [String], shorthands: [String] = [], _ section: Section,
        _ diagnostics: inout [Diagnostic]
    ) {
        var seen: Set<String> = []
        for name in written {
            if !known.contains(name) {
                let guess = Spelling.closest(to: name, among: known + shorthands)
                diagnostics.append(
                    section.diagnostic(
                        "channels", "there is no channel \"\(name)\"",
                        allowed: (known + shorthands).joined(separator: ", "),
                        hint: guess.map { "did you mean \"\($0)\"?" }))
            }
            if !seen.insert(name).inserted {
                diagnostics.append(section.diagnostic("channels", "\"\(name)\" is listed twice"))
            }
        }
    }
}
