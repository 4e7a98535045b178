/// A search along a descent direction that needs no derivatives but the first: sufficient decrease
/// (Armijo 1966, doi:10.2140/pjm.1966.16.1), steps from parabolas through what is known, and longer steps where the
/// parabola promises more. Evaluations along a line are cheap beside a gradient by differences.
struct LineSearch: Sendable {
    private let start: Double
    private let slope: Double
    private let longest: Double
    private let evaluationsAllowed: Int
    private var evaluations = 0
    /// The step to evaluate next; nil where the search is over.
    private(set) var trial: Double?
    /// The best step; 0 where none decreased the cost sufficiently.
    private(set) var best: (step: Double, cost: Double)

    /// - Parameters:
    ///   - start: The cost at step 0.
    ///   - slope: Its derivative there, negative.
    ///   - longest: The longest step allowed.
    ///   - guess: The first step to try.
    init(start: Double, slope: Double, longest: Double, guess: Double = 1, evaluations: Int = 12) {
        self.start = start
        self.slope = slope
        self.longest = longest
        evaluationsAllowed = evaluations
        best = (0, start)
        trial = slope < 0 && longest > 0 ? min(guess, longest) : nil
    }

    /// Takes the cost at ``trial``; a failed evaluation counts as +∞.
    mutating func tell(_ cost: Double) {
        guard let step = trial else { return }
        evaluations += 1
        trial = nil
        guard cost < start + 1e-4 * step * slope else { return shorten(step, cost) }
        guard cost < best.cost else { return }
        let isFirst = best.step == 0
        best = (step, cost)
        guard evaluations < evaluationsAllowed else { return }
        let optimum = minimiser(step, cost)
        if optimum > 1.5 * step, step < longest {
            trial = min(optimum, step * (isFirst ? 4 : 8), longest)
        } else if isFirst, optimum < 0.6 * step {
            trial = max(optimum, 0.1 * step)
        }
    }

    /// The minimiser of the parabola through the start, its slope and one more point; +∞ where it opens down.
    private func minimiser(_ step: Double, _ cost: Double) -> Double {
        let bend = cost - start - slope * step
        return bend > 0 ? -slope * step * step / (2 * bend) : .infinity
    }

    private mutating func shorten(_ step: Double, _ cost: Double) {
        guard best.step == 0, evaluations < evaluationsAllowed else { return }
        let optimum = cost.isFinite ? minimiser(step, cost) : 0.25 * step
        trial = min(0.5 * step, max(0.05 * step, optimum))
    }
}
