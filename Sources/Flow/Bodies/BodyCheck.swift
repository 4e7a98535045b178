import Foundation
import Geometry
import Numerics

/// Why a body cannot be computed on the grid of its case, found before the first step.
public struct BodyProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The body's name.
    public let body: String
    /// What is wrong, with sizes.
    public let message: String
    /// How to mend it.
    public let advice: String

    /// One line.
    public var description: String { "body \"\(body)\": \(message)" }
}

/// Whether the bodies of a case can be computed on its grid.
public enum BodyCheck {
    /// - Throws: ``BodyProblem`` for the first body that the grid cannot hold: outside of the domain, too
    ///   small to cover the centre of a cell, filling the whole domain, or (where the gas sticks to it) a
    ///   plate of a single cell.
    public static func check(_ flowCase: FlowCase) throws(BodyProblem) {
        for body in flowCase.bodies { try check(body, flowCase) }
        guard !flowCase.bodies.isEmpty, SolidCells(flowCase).fluidCount == 0,
            let first = flowCase.bodies.first
        else { return }
        throw BodyProblem(
            body: first.name, message: "the bodies leave no room for the gas: every cell is solid",
            advice: "check which side of the surface is solid, and the size of the domain")
    }

    private static func check(_ body: Body, _ flowCase: FlowCase) throws(BodyProblem) {
        let domain = flowCase.domain
        let size = extent(body.shape.bounds, rank: domain.rank)
        let widths = (0..<domain.rank).map { domain.upper[$0] - domain.lower[$0] }
        if let problem = misplaced(body, size, widths, domain) { throw problem }
        var alone = flowCase
        alone.bodies = [body]
        let solid = SolidCells(alone)
        if solid.isEmpty {
            throw BodyProblem(
                body: body.name,
                message: "covers the centre of no cell: it is \(text(size)) large, cells are "
                    + text(domain.spacings),
                advice: "make the body larger, or raise domain.cells")
        }
        guard case .noSlip = body.wall, flowCase.gas.viscosity.isViscous, body.representation == .sdf else {
            return
        }
        let thin = thinShare(solid)
        if thin > 0.5 {
            throw BodyProblem(
                body: body.name,
                message:
                    "is a single cell thick in \(Int(100 * thin)) % of its cells; friction cannot be computed "
                    + "on both of its sides",
                advice: "raise domain.cells, thicken the body, or write wall = \"slip\"")
        }
    }

    private static func misplaced(
        _ body: Body, _ size: [Double], _ widths: [Double], _ domain: Domain
    ) -> BodyProblem? {
        let bounds = body.shape.bounds
        let apart = (0..<domain.rank).contains {
            bounds.upper[$0] < domain.lower[$0] || bounds.lower[$0] > domain.upper[$0]
        }
        let ratio = zip(size, widths).map { $0 / $1 }.max() ?? 1
        guard apart || (ratio < 1e-3 || ratio > 1e3) && ratio.isFinite else { return nil }
        let box = (0..<domain.rank).map { "\(number(bounds.lower[$0])) … \(number(bounds.upper[$0]))" }
        let space = (0..<domain.rank).map { "\(number(domain.lower[$0])) … \(number(domain.upper[$0]))" }
        let units =
            ratio > 100
            ? "; if it is in millimetres, write scale = 0.001"
            : ratio < 0.01 ? "; check its units (scale = 1000)" : ""
        return BodyProblem(
            body: body.name,
            message: "\(apart ? "lies outside of the domain" : "does not fit the size of the domain"): "
                + "it spans \(box.joined(separator: ", ")), the domain \(space.joined(separator: ", "))",
            advice: "move it with translate, or change domain.lower and domain.upper\(units)")
    }

    private static func extent(_ bounds: Bounds, rank: Int) -> [Double] {
        (0..<rank).map { bounds.upper[$0] - bounds.lower[$0] }
    }

    /// The share of solid cells that have fluid on both sides along an axis.
    private static func thinShare(_ solid: SolidCells) -> Double {
        var (all, thin) = (0, 0)
        for index in 0..<solid.grid.count where solid.isSolid(index) {
            all += 1
            let cell = solid.cell(index)
            let isThin = (0..<solid.grid.rank).contains { axis in
                [-1, 1].allSatisfy { steps in
                    solid.neighbour(cell, axis, steps).map { !solid.isSolid($0) } ?? false
                }
            }
            if isThin { thin += 1 }
        }
        return Double(thin) / Double(max(1, all))
    }

    private static func text(_ sizes: [Double]) -> String { sizes.map(number).joined(separator: " × ") }
    private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
