import Flow
import Numerics
import Testing

/// Reconstructions against their published formulas in plain numbers.
@Suite("Reconstructions") struct ReconstructionTests {
    /// Five cells, upwind first: smooth ones, crests, jumps and a steep front.
    static let cells = [
        [1.0, 1.3, 1.5, 1.6, 1.65], [1.0, 1.4, 1.7, 1.5, 1.1], [1.0, 1.0, 1.0, 5.0, 5.0],
        [0.2, 0.3, 2.0, 2.1, 2.2],
        [3.0, 2.0, 1.9, 0.1, 0.0],
    ]

    /// The smallest in magnitude where all have one sign, else 0.
    static func minmod(_ values: [Double]) -> Double {
        if values.allSatisfy({ $0 > 0 }) { return values.min() ?? 0 }
        return values.allSatisfy { $0 < 0 } ? values.max() ?? 0 : 0
    }

    static func expected(_ kind: ReconstructionKind, _ q: [Double]) -> Double {
        switch kind {
        case .firstOrder: return q[2]
        case .muscl: return q[2] + minmod([(q[3] - q[1]) / 2, 2 * (q[2] - q[1]), 2 * (q[3] - q[2])]) / 2
        case .weno5Z:
            // Jiang & Shu 1996, Borges et al. 2008.
            let values = [
                (2 * q[0] - 7 * q[1] + 11 * q[2]) / 6, (-q[1] + 5 * q[2] + 2 * q[3]) / 6,
                (2 * q[2] + 5 * q[3] - q[4]) / 6,
            ]
            let square = { (value: Double) in value * value }
            let smoothness = [
                13.0 / 12 * square(q[0] - 2 * q[1] + q[2]) + square(q[0] - 4 * q[1] + 3 * q[2]) / 4,
                13.0 / 12 * square(q[1] - 2 * q[2] + q[3]) + square(q[1] - q[3]) / 4,
                13.0 / 12 * square(q[2] - 2 * q[3] + q[4]) + square(3 * q[2] - 4 * q[3] + q[4]) / 4,
            ]
            let difference = abs(smoothness[0] - smoothness[2])
            let weights = zip([0.1, 0.6, 0.3], smoothness).map {
                $0 * (1 + square(difference / ($1 + 1e-40)))
            }
            return zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        case .mp5:
            // Suresh & Huynh 1997, with the question whether the linear value is monotone.
            let linear = (2 * q[0] - 13 * q[1] + 47 * q[2] + 27 * q[3] - 3 * q[4]) / 60
            let monotone = q[2] + minmod([q[3] - q[2], 2 * (q[2] - q[1])])
            if (linear - q[2]) * (linear - monotone) <= 1e-10 { return linear }
            let second = (1...3).map { (cell: Int) -> Double in
                let sum = q[cell - 1] + q[cell + 1]
                return sum - 2 * q[cell]
            }
            let curvature = { (x: Double, y: Double) -> Double in
                let (first, other) = (4 * x - y, 4 * y - x)
                return minmod([first, other, x, y])
            }
            let median = (q[2] + q[3]) / 2 - curvature(second[1], second[2]) / 2
            let upper = q[2] + 2 * (q[2] - q[1])
            let large = q[2] + (q[2] - q[1]) / 2 + 4.0 / 3 * curvature(second[1], second[0])
            let least = max(min(q[2], q[3], median), min(q[2], upper, large))
            let most = min(max(q[2], q[3], median), max(q[2], upper, large))
            return max(least, min(most, linear))
        }
    }

    static func found(_ kind: ReconstructionKind, _ q: [Double]) -> Double {
        func face<R: Reconstruction>(_: R.Type) -> Double {
            let lanes = q.map { OneLane($0) }
            return R.face(lanes[0], lanes[1], lanes[2], lanes[3], lanes[4]).value
        }
        return switch kind {
        case .firstOrder: face(FirstOrder.self)
        case .muscl: face(MUSCL.self)
        case .weno5Z: face(WENO5Z.self)
        case .mp5: face(MP5.self)
        }
    }

    @Test("faces agree with the published formulas", arguments: ReconstructionKind.allCases, cells)
    func formula(kind: ReconstructionKind, cells: [Double]) {
        #expect(abs(Self.found(kind, cells) - Self.expected(kind, cells)) < 1e-12)
    }
}
