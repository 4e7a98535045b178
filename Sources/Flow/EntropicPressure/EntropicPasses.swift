/// How the relaxations of a stage (at least one sweep) are shared out among passes over memory. Between two passes Σ is stored and exchanged,
/// so their number must not depend on the number of blocks.
struct EntropicPasses {
    /// Sweeps that one pass does: more would need halos of as many planes.
    private static let longest = 8

    private let sweeps: Int
    private let initialSweeps: Int
    /// Relaxations of a plane in one sweep: red and black count apart.
    private let levelsPerSweep: Int
    /// Cells to either side whose velocities the source needs.
    let sourceReach: Int

    init(_ options: NumericsOptions) {
        sweeps = options.sweeps
        initialSweeps = options.initialSweeps
        levelsPerSweep = options.elliptic == .redBlack ? 2 : 1
        sourceReach = options.source.reach
    }

    /// Relaxations of a plane in the longest pass.
    private var largestLevels: Int { levelsPerSweep * min(sweeps, Self.longest) }

    /// How many planes halos have to reach: one a relaxation, and what the source needs beyond the first.
    var depth: Int { largestLevels + sourceReach - 1 }

    /// Planes that are in use together while they pass by: a plane beyond the newest for each that the source reaches, and
    /// one beyond the oldest that is relaxed.
    var livePlanes: Int { depth + sourceReach + 2 }

    /// The relaxations of a plane in each pass of a stage.
    var stage: [Int] { passes(sweeps) }

    /// The same before the first step, from nothing.
    var start: [Int] { passes(max(sweeps, initialSweeps)) }

    private func passes(_ total: Int) -> [Int] {
        let longest = min(sweeps, Self.longest)
        let count = (total + longest - 1) / longest
        return (0..<count).map { levelsPerSweep * (total * ($0 + 1) / count - total * $0 / count) }
    }
}

extension SourceKind {
    /// Cells to either side whose velocities the source of a cell needs.
    var reach: Int {
        switch self {
        case .compressive, .full: 1
        case .gated: 2
        }
    }
}
