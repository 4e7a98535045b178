import Foundation

extension Axis {
    /// The ends of the axis, from the wish in ``range`` or from the data's bounds.
    /// - Parameter isTight: true leaves no margin, as around heat maps.
    /// - Throws: ``FigureError/invalidRange(what:lower:upper:)`` and ``FigureError/emptyData(what:)``.
    func resolvedRange(_ bounds: Bounds, isTight: Bool, what: String) throws(FigureError) -> ClosedRange<
        Double
    > {
        if let range {
            guard range.isDrawable, scale == .linear || range.lowerBound > 0 else {
                throw .invalidRange(what: what, lower: range.lowerBound, upper: range.upperBound)
            }
            return range
        }
        guard !bounds.isEmpty else { throw .emptyData(what: what) }
        let margin = isTight ? 0 : self.margin
        guard scale == .logarithmic else { return Self.padded(bounds.lower...bounds.upper, margin: margin) }
        guard bounds.leastPositive.isFinite else {
            throw .emptyData(what: "the logarithmic \(what), which shows values greater than zero only,")
        }
        let lower = log10(bounds.leastPositive)
        let upper = log10(bounds.upper)
        let room = upper - lower < 1e-9 ? 0.5 : (upper - lower) * margin
        return pow(10, max(lower - room, -307))...pow(10, min(upper + room, 307))
    }

    /// How far along the axis, drawn over `range`, a value lies: 0 at its start, 1 at its end; nil when it is
    /// not finite, or not positive on a logarithmic axis.
    func share(of value: Double, in range: ClosedRange<Double>) -> Double? {
        guard value.isFinite, scale == .linear || value > 0 else { return nil }
        let position = scale == .linear ? value : log10(value)
        let lower = scale == .linear ? range.lowerBound : log10(range.lowerBound)
        let upper = scale == .linear ? range.upperBound : log10(range.upperBound)
        let share = min(max((position - lower) / (upper - lower), -50), 50)
        return isReversed ? 1 - share : share
    }

    /// `range` with room at both ends; a range without width gets some around its value.
    package static func padded(_ range: ClosedRange<Double>, margin: Double) -> ClosedRange<Double> {
        // Sums and differences of the ends must stay finite.
        let lower = max(range.lowerBound, -1e307)
        let upper = min(range.upperBound, 1e307)
        let size = max(abs(lower), abs(upper))
        // Under a few roundings of Double there is no shape to see, only noise.
        if upper - lower <= size * 4e-15 {
            let room = size < 1e-300 ? 1 : size * 0.05
            return (lower - room)...(upper + room)
        }
        let room = (upper - lower) * margin
        return (lower - room)...(upper + room)
    }
}
