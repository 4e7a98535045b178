import Numerics

/// What the faces of each closed body gave to its fluid in a stage, gains and losses apart.
struct BodyGains: Sendable {
    private var gained: [ExactSum]
    private var lost: [ExactSum]

    init(bodies: Int) {
        gained = Array(repeating: ExactSum(), count: bodies)
        lost = gained
    }

    /// Counts the increment of one face.
    mutating func add(_ increment: Double, to body: Int) {
        if increment > 0 { gained[body].add(increment) }
        if increment < 0 { lost[body].add(-increment) }
    }

    /// Joins what another block found.
    mutating func add(_ other: BodyGains) {
        for body in gained.indices {
            gained[body].add(other.gained[body])
            lost[body].add(other.lost[body])
        }
    }

    /// Per body, which share of the gains (where there are too many; positive) or of the losses (negative) is to be undone.
    func shares(where applies: (Int) -> Bool) -> [Double] {
        gained.indices.map { body in
            let (gained, lost) = (gained[body].value, lost[body].value)
            let net = gained - lost
            guard applies(body), net != 0 else { return 0 }
            return net / (net > 0 ? gained : lost)
        }
    }

    /// What of an increment is to be undone.
    static func part(of increment: Double, share: Double) -> Double {
        share * increment > 0 ? abs(share) * increment : 0
    }
}
