import Foundation
import Numerics

/// The derivatives of the residuals about a point, by central differences where both neighbours are within the cube,
/// else one-sided: what the normal approximation of the posterior needs.
public struct LocalJacobian: Method {
    private let point: [Double]
    private let step: Double
    private var neighbours: [(coordinate: Int, position: Double)] = []
    /// ∂r/∂u, one row a residual; nil where a run failed or the model answers a cost alone.
    public private(set) var matrix: Matrix?
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
}
