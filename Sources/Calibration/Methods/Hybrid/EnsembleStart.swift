import Numerics

/// An ensemble that goes ahead of a descent where there are many parameters and the residuals are far beyond their errors:
/// there a single start mostly ends in a local minimum, while what a whole ensemble has in common leads past them, at less
/// runs than a Jacobian each pass.
struct EnsembleStart: Sendable {
    /// Below so many parameters Jacobians are cheaper than passes.
    static let manyParameters = 16
    /// The mean square of residuals at which a descent takes over.
    private static let near = 2.0

    private var inversion: EnsembleInversion
    private var costs: [Double] = []

    /// - Parameter number: which ensemble it is, from 0: each has random numbers of its own.
    init(_ number: Int, _ context: MethodContext) {
        var settings = EnsembleInversion.Settings()
        settings.members = Self.members(context.dimension)
        inversion = EnsembleInversion(
            settings, .adaptive(optimises: true), number == 0 ? context : context.reseeded(number))
    }

    /// Two to three a parameter: enough for the directions that matter first.
    private static func members(_ dimension: Int) -> Int { max(60, Int(2.4 * Double(dimension))) }

    mutating func ask() -> [Proposal] { inversion.ask() }

    mutating func tell(_ outcomes: [Outcome]) {
        costs.append(outcomes.map(\.cost).reduce(costs.last ?? .infinity, min))
        inversion.tell(outcomes)
    }

    /// Why a descent takes over; nil while it does not.
    ///
    /// - Parameter residuals: their number.
    func handOver(residuals: Int) -> String? {
        if let ending = inversion.ending { return ending }
        guard let best = costs.last else { return nil }
        if best < Self.near * Double(residuals) { return "residuals are near their errors" }
        // Two passes that bring less than a quarter together.
        if costs.count > 4, best > 0.75 * costs[costs.count - 3] { return "passes bring little" }
        return nil
    }
}
