import Foundation
import Numerics

/// The derivatives of the residuals about a point, by central differences where both neighbours are within the cube,
/// else one-sided: what the normal approximation of the posterior needs.
///
/// Where both neighbours differ from the middle by more than curvature over so short a way can make, the answers are noisy: the
/// derivatives are then taken once more over a longer way, at which noise and curvature balance, h = (3ε/|f‴|)^(1/3)
/// (Moré & Wild 2012, doi:10.1145/2168773.2168777).
public struct LocalJacobian: Method {
    private let point: [Double]
    /// The way to the neighbours as a share of the ranges.
    public private(set) var step: Double
    private var neighbours: [(coordinate: Int, position: Double)] = []
    /// ∂r/∂u, one row a residual; nil where a run failed or the model answers a cost alone.
    public private(set) var matrix: Matrix?
    /// The noise of the residuals, root mean square; nil where none was noticed.
    public private(set) var noise: Double?
    /// The residuals at the point.
    public private(set) var residuals: [Double]?
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "derivatives at the best point" }

    /// - Parameter precision: The relative precision of the model; steps are its cube root.
    public init(at point: [Double], precision: Double) {
        self.point = point
        step = max(1e-5, min(1e-2, cbrt(precision)))
        findNeighbours()
    }

    private mutating func findNeighbours() {
        neighbours = []
        for coordinate in point.indices {
            for position in [max(0, point[coordinate] - step), min(1, point[coordinate] + step)]
            where position != point[coordinate] { neighbours.append((coordinate, position)) }
        }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        return [Proposal(point)]
            + neighbours.map { neighbour in
                var place = point
                place[neighbour.coordinate] = neighbour.position
                return Proposal(place)
            }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        ending = "all neighbours are known"
        guard let centre = outcomes[0].evaluation?.residuals else { return }
        if noise == nil, let noise = noise(outcomes, centre) {
            self.noise = noise
            step = max(step, min(0.1, cbrt(3 * noise / Self.bend)))
            findNeighbours()
            ending = nil
            return
        }
        residuals = centre
        var matrix = Matrix(rows: centre.count, columns: point.count)
        for coordinate in point.indices {
            // A neighbour whose run failed leaves the other side; without either the derivative is not known.
            var ends = [(position: point[coordinate], residuals: centre)]
            for (neighbour, outcome) in zip(neighbours, outcomes.dropFirst())
            where neighbour.coordinate == coordinate {
                if let values = outcome.evaluation?.residuals { ends.append((neighbour.position, values)) }
            }
            if ends.count == 3 { ends.removeFirst() }
            guard ends.count == 2 else { return }
            for row in centre.indices {
                matrix[row, coordinate] =
                    (ends[1].residuals[row] - ends[0].residuals[row]) / (ends[1].position - ends[0].position)
            }
        }
        self.matrix = matrix
    }

    /// The third derivatives that are expected, in standard deviations of an observation a range³.
    private static let bend = 300.0

    /// ε from second differences of variance 6 ε²; nil where no coordinate's are both a tenth of the first ones or more, and large
    /// enough to matter: a standard deviation of all residuals together over the range.
    private func noise(_ outcomes: [Outcome], _ centre: [Double]) -> Double? {
        var (isNoisy, square, count) = (false, 0.0, 0)
        for coordinate in point.indices {
            let ends = zip(neighbours, outcomes.dropFirst()).filter { $0.0.coordinate == coordinate }
                .compactMap { $0.1.evaluation?.residuals }
            guard ends.count == 2, ends.allSatisfy({ $0.count == centre.count }) else { continue }
            let first = ends[1].subtracting(ends[0])
            let second = ends[1].adding(1, ends[0]).adding(-2, centre)
            isNoisy = isNoisy || second.norm > max(0.1 * first.norm, step)
            square += second.dot(second)
            count += centre.count
        }
        return isNoisy ? (square / (6 * Double(count))).squareRoot() : nil
    }
}
