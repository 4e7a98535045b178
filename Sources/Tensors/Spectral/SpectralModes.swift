/// The frequencies that a spectral convolution keeps, and how they are made of real waves.
///
/// Axis a keeps k = 0 … mₐ − 1 and −mₐ … −1; the last axis, whose negative half is redundant for real fields, keeps
/// 0 … m − 1. This is the set of the original Fourier neural operator: `modes = [12, 12]` keeps 24 × 12 frequencies.
/// On a grid that is too coarse for all of them, those that it has are used.
struct SpectralModes: Sendable {
    /// A real coefficient that is a part of a frequency's amplitude, with its sign.
    struct Term: Sendable {
        /// The row of the real coefficient, or of the frequency: see the two lists.
        var row: Int
        /// Whether the term belongs to the imaginary part.
        var isImaginary: Bool
        var sign: Double
        /// The sign times the weight of the frequency in the inverse transform.
        var weighted: Double
    }

    /// One kept frequency.
    struct Mode: Sendable {
        /// Its place in the tensor of weights.
        var weight: Int
        /// Its weight in the inverse transform: 1/N for those that are their own mirror image on the last axis, else
        /// 2/N.
        var inverse: Double
        /// The real coefficients that make it up.
        var terms: [Term]
    }

    /// All kept frequencies.
    let modes: [Mode]
    /// For every row of real coefficients the frequencies that it is a part of: those of row r are
    /// `contributions[starts[r]..<starts[r + 1]]`.
    let contributions: [Term]
    let starts: [Int]
    /// The terms of all frequencies in a row; `termStarts` as above.
    let terms: [Term]
    let termStarts: [Int]

    /// - Parameters:
    ///   - modes: mₐ of every axis, as declared.
    ///   - sineRow: The row of sin k on an axis; nil where there is none.
    ///   - rows: The rows of each axis.
    init(spatial: [Int], modes declared: [Int], rows: [Int], sineRow: (Int, Int) -> Int?) {
        let numbers = spatial.indices.map { axis in
            Self.numbers(length: spatial[axis], modes: declared[axis], isLast: axis == spatial.count - 1)
        }
        let total = spatial.reduce(1, *)
        let made = Self.product(numbers.map(\.count)).map { index -> Mode in
            let picked = index.enumerated().map { numbers[$0.offset][$0.element] }
            let last = picked[picked.count - 1].number
            let isOwnMirror = last == 0 || 2 * last == spatial[spatial.count - 1]
            let weight = zip(picked, spatial.indices).reduce(0) { sum, item in
                sum * Self.declaredCount(declared, item.1) + item.0.place
            }
            let inverse = (isOwnMirror ? 1 : 2) / Double(total)
            let terms = Self.terms(picked.map(\.number), rows: rows, sineRow: sineRow).map { term in
                Term(
                    row: term.row, isImaginary: term.isImaginary, sign: term.sign,
                    weighted: term.sign * inverse)
            }
            return Mode(weight: weight, inverse: inverse, terms: terms)
        }
        var lists = [[Term]](repeating: [], count: rows.reduce(1, *))
        for (index, mode) in made.enumerated() {
            for term in mode.terms {
                lists[term.row].append(
                    Term(
                        row: index, isImaginary: term.isImaginary, sign: term.sign,
                        weighted: term.sign * mode.inverse))
            }
        }
        self.modes = made
        contributions = lists.flatMap { $0 }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        terms = made.flatMap(\.terms)
        termStarts = made.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.terms.count) }
    }

    /// Frequencies along an axis in the tensor of weights.
    static func declaredCount(_ modes: [Int], _ axis: Int) -> Int {
        axis == modes.count - 1 ? modes[axis] : 2 * modes[axis]
    }

    /// The largest wave number that an axis of this length needs.
    static func largest(length: Int, modes: Int, isLast: Bool) -> Int {
        isLast ? min(modes - 1, length / 2) : min(modes, length / 2)
    }

    /// The kept wave numbers of an axis and their places among the declared ones.
    private static func numbers(length: Int, modes: Int, isLast: Bool) -> [(number: Int, place: Int)] {
        if isLast { return (0..<min(modes, length / 2 + 1)).map { ($0, $0) } }
        let kept = min(modes, length / 2)
        // An axis of one point has the mean alone.
        let positive = (0..<max(kept, 1)).map { (number: $0, place: $0) }
        return positive + (1..<(kept + 1)).reversed().map { (number: -$0, place: 2 * modes - $0) }
    }

    /// e^{−i(k₁x₁ + …)} = Π (cos kₐxₐ − i sin kₐxₐ), multiplied out.
    private static func terms(_ numbers: [Int], rows: [Int], sineRow: (Int, Int) -> Int?) -> [Term] {
        var terms: [Term] = []
        for choice in 0..<(1 << numbers.count) {
            var (row, sines, sign) = (0, 0, 1.0)
            var exists = true
            for (axis, number) in numbers.enumerated() {
                row *= rows[axis]
                guard choice >> axis & 1 == 1 else {
                    row += abs(number)
                    continue
                }
                guard let sine = sineRow(axis, abs(number)) else {
                    exists = false
                    break
                }
                row += sine
                sines += 1
                sign *= number < 0 ? -1 : 1
            }
            guard exists else { continue }
            // (−i)ˢ = 1, −i, −1, i
            sign *= [1, -1, -1, 1][sines % 4]
            terms.append(Term(row: row, isImaginary: sines % 2 == 1, sign: sign, weighted: sign))
        }
        return terms
    }

    /// All index tuples, the last index fastest.
    private static func product(_ counts: [Int]) -> [[Int]] {
        counts.reduce([[]]) { lists, count in lists.flatMap { list in (0..<count).map { list + [$0] } } }
    }
}
