import Numerics

/// What has to be added to a surrogate at one site: the difference to the true model at the last verified point, and the
/// slope that earlier points show, least in size and damped where they lie closer together than the scale
/// (manifold mapping; Echeverría & Hemker 2005, doi:10.2478/cmam-2005-0006).
struct Discrepancy: Sendable {
    /// Distance in unit coordinates below which differences count as noise.
    private static let scale = 0.02

    private var places: [[Double]] = []
    private var differences: [[String: [Double]]] = []
    private var kernel: Cholesky?

    /// Whether nothing is known yet.
    var isEmpty: Bool { places.isEmpty }

    /// Takes the true outputs less the surrogate's at a place; the last one taken is met exactly.
    mutating func add(_ difference: [String: [Double]], at place: [Double]) {
        places.append(place)
        differences.append(difference)
        let steps = steps
        guard !steps.isEmpty else { return }
        let matrix = Matrix(rows: steps)
        var gram = matrix.timesTranspose(matrix)
        for row in 0..<gram.rows { gram[row, row] += Self.scale * Self.scale }
        kernel = Cholesky(gram)
    }

    /// From the last place to the others.
    private var steps: [[Double]] {
        guard let last = places.last else { return [] }
        return places.dropLast().map { $0.subtracting(last) }
    }

    /// The outputs of the surrogate at a place, corrected.
    func corrected(_ outputs: [String: [Double]], at place: [Double]) -> [String: [Double]] {
        guard let last = places.last, let base = differences.last else { return outputs }
        let step = place.subtracting(last)
        let weights = kernel.map { $0.solve(steps.map { $0.dot(step) }) } ?? []
        var result = outputs
        for (name, values) in outputs {
            guard let offset = base[name], offset.count == values.count else { continue }
            var sum = values.adding(1, offset)
            for (weight, other) in zip(weights, differences) {
                guard let known = other[name], known.count == offset.count else { continue }
                sum = sum.adding(weight, known.subtracting(offset))
            }
            result[name] = sum
        }
        return result
    }

    /// ∂(Σ c · correction)/∂place.
    func pullback(_ cotangents: [String: [Double]]) -> [Double] {
        guard let last = places.last, let base = differences.last, let kernel else {
            return places.last.map { Array(repeating: 0, count: $0.count) } ?? []
        }
        let slopes = differences.dropLast().map { other in
            cotangents.sorted { $0.key < $1.key }.reduce(0.0) { sum, entry in
                guard let known = other[entry.key], let offset = base[entry.key],
                    known.count == entry.value.count, offset.count == known.count
                else { return sum }
                return sum + entry.value.dot(known.subtracting(offset))
            }
        }
        let weights = kernel.solve(slopes)
        return zip(weights, steps).reduce(Array(repeating: 0, count: last.count)) { $0.adding($1.0, $1.1) }
    }
}
