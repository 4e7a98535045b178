import Schema

/// `[domain]`
enum DomainSchema {
    /// Stencils of order five need six cells.
    private static let cells = Key.integers(
        "cells", 6...1_000_000, .within(1...3), unit: "1",
        "Cells along x, y, z; their number is the dimension.")
    private static let lower = Key.numbers("lower", .any, .dimension, unit: "length", "Lower corner.")
    private static let upper = Key.numbers("upper", .any, .dimension, unit: "length", "Upper corner.")
    private static let mostCells = 100_000_000_000.0

    static let table = TableSchema("A box with cells of equal size.", [cells, lower, upper])

    /// The dimension of the domain, needed to check everything else; nil where `cells` is no such array.
    static func dimension(of document: Document) -> Int? {
        let count = document.root["domain"]?["cells"]?.elements.count ?? 0
        return (1...3).contains(count) ? count : nil
    }

    static func read(_ section: Section, _ diagnostics: inout [Diagnostic]) -> Domain {
        let domain = Domain(cells: section[cells], lower: section[lower], upper: section[upper])
        section.checkBounds(domain.lower, domain.upper, &diagnostics)
        let total = domain.cells.reduce(1.0) { $0 * Double($1) }
        if total > mostCells {
            diagnostics.append(
                section.diagnostic("cells", "makes \(total) cells", allowed: "at most \(mostCells)"))
        }
        return domain
    }
}
