import Foundation
import Numerics

/// The derivatives of the residuals about a point, by central differences where both neighbours are within the cube,
/// else one-sided: what the normal approximation of the posterior needs.
///
/// Where one neighbour fails the other one does; where both fail, the way to them is made longer a few times. So it is where
/// answers are noisy, until what a coordinate changes stands out of the noise. A coordinate of which nothing is known at the
/// end is named, and left out.
public struct LocalJacobian: Method {
    /// An answer: where, and the place in the order in which everything was asked.
    private struct Sample: Sendable {
        var position: Double
        var index: Int
        var residuals: [Double]
    }

    private static let longest = 0.1

    private let point: [Double]
    private let noise: Double
    /// The way to the neighbours as a share of the ranges.
    private var steps: [Double]
    private var asked: [(coordinate: Int?, position: Double)] = []
    private var count = 0
    private var centre: Sample?
    private var samples: [[Sample]]
    /// ∂r/∂u, one row a residual, a column of zeros where it is not known; nil where the run at the point itself failed or the
    /// model answers a cost alone.
    public private(set) var matrix: Matrix?
    /// The coordinates whose derivatives are not known.
    public private(set) var unknown: [Int] = []
    /// For every coordinate the two answers whose difference counts, by their place in the order in which everything was asked,
    /// and how far apart they are; nil where it is not known.
    public private(set) var pairs: [(first: Int, second: Int, length: Double)?] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// The residuals at the point.
    public var residuals: [Double]? { centre?.residuals }

    /// See ``Method/stage``.
    public var stage: String { "derivatives at the best point" }

    /// - Parameters:
    ///   - precision: The relative precision of the model; steps are its cube root.
    ///   - noise: The standard deviation of a residual by which answers differ from run to run.
    public init(at point: [Double], precision: Double, noise: Double = 0) {
        self.point = point
        self.noise = noise
        steps = point.map { _ in max(1e-5, min(1e-2, cbrt(precision))) }
        samples = point.map { _ in [] }
        asked = [(nil, 0)] + point.indices.flatMap { neighbours(of: $0) }
    }

    private func neighbours(of coordinate: Int) -> [(coordinate: Int?, position: Double)] {
        let here = point[coordinate]
        return [max(0, here - steps[coordinate]), min(1, here + steps[coordinate])].filter { $0 != here }
            .map { (coordinate, $0) }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        asked.map { neighbour in
            var place = point
            if let coordinate = neighbour.coordinate { place[coordinate] = neighbour.position }
            return Proposal(place)
        }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        var found: [Int: [Sample]] = [:]
        for (neighbour, outcome) in zip(asked, outcomes) {
            defer { count += 1 }
            if let coordinate = neighbour.coordinate { found[coordinate, default: []] += [] }
            guard let residuals = outcome.evaluation?.residuals else { continue }
            let sample = Sample(position: neighbour.position, index: count, residuals: residuals)
            guard let coordinate = neighbour.coordinate else {
                centre = sample
                continue
            }
            found[coordinate, default: []].append(sample)
        }
        asked = []
        guard centre != nil else {
            ending = "the model gives no residuals at the best point"
            return
        }
        for (coordinate, own) in found.sorted(by: { $0.key < $1.key }) {
            if !own.isEmpty { samples[coordinate] = own }
            guard steps[coordinate] < Self.longest, own.isEmpty || !standsOut(coordinate) else { continue }
            steps[coordinate] = min(Self.longest, 4 * steps[coordinate])
            asked += neighbours(of: coordinate)
        }
        if asked.isEmpty { conclude() }
    }

    /// The two answers whose difference counts.
    private func ends(_ coordinate: Int) -> (first: Sample, second: Sample)? {
        let own = samples[coordinate].filter { $0.residuals.count == centre?.residuals.count }
        if own.count == 2 { return (own[0], own[1]) }
        guard let one = own.first, var middle = centre else { return nil }
        middle.position = point[coordinate]
        return (middle, one)
    }

    /// Whether what a coordinate changes is ten times what noise alone would.
    private func standsOut(_ coordinate: Int) -> Bool {
        guard noise > 0, let ends = ends(coordinate) else { return true }
        let change = ends.second.residuals.subtracting(ends.first.residuals)
        return change.dot(change) > 100 * 2 * noise * noise * Double(change.count)
    }

    private mutating func conclude() {
        ending = "all neighbours are known"
        guard let centre else { return }
        var matrix = Matrix(rows: centre.residuals.count, columns: point.count)
        for coordinate in point.indices {
            guard let ends = ends(coordinate) else {
                unknown.append(coordinate)
                pairs.append(nil)
                continue
            }
            let length = ends.second.position - ends.first.position
            pairs.append((ends.first.index, ends.second.index, length))
            let change = ends.second.residuals.subtracting(ends.first.residuals)
            matrix.setColumn(coordinate, change.scaled(1 / length))
        }
        self.matrix = matrix
    }
}
