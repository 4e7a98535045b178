import Numerics

/// Minima of about the least cost, between which samplers jump: a draw moves by the difference of two of them, chosen at random.
/// The way back is as probable, so that a jump is accepted by the ratio of the probabilities alone, and modes are visited
/// as often as they weigh.
struct PosteriorModes: Sendable {
    /// The share of moves that are jumps where there are several modes.
    private static let share = 0.15
    private let points: [[Double]]

    /// - Parameters:
    ///   - start: Where a sampler begins where there are no others.
    ///   - others: Further minima; `start` may be among them.
    init(_ start: [Double], _ others: [[Double]]) {
        points = [start] + others.filter { $0.subtracting(start).largestMagnitude > BasinTally.nearby }
    }

    /// Points about all of them in turn.
    func scattered(_ count: Int, _ spread: [Double], _ random: inout RandomStream) -> [[Double]] {
        (0..<count).map { number in
            let middle = points[number % points.count]
            return mirrored(middle.indices.map { middle[$0] + spread[$0] * random.normal() })
        }
    }

    /// Whether the next move is a jump; takes no random number where there is but one mode.
    func isTimeToJump(_ random: inout RandomStream) -> Bool {
        points.count > 1 && random.uniform() < Self.share
    }

    /// The other end of a jump; nil where that is outside of the cube.
    func jump(from point: [Double], _ random: inout RandomStream) -> [Double]? {
        let first = random.below(points.count)
        let second = (first + 1 + random.below(points.count - 1)) % points.count
        let target = point.adding(1, points[second].subtracting(points[first]))
        return target.allSatisfy { $0 >= 0 && $0 <= 1 } ? target : nil
    }
}
