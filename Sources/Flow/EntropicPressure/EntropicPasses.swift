/// How the relaxations of a stage (at least one sweep) are shared out among passes over memory. Between two passes Σ is stored and exchanged,
/// so their number must not depend on the number of blocks.
struct EntropicPasses {
    /// Sweeps that one pass does: more would need halos of as many planes.
    private static let longest = 8

    private let sweeps: Int
    private let initialSweeps: Int
    /// Relaxations of a plane in one sweep: red and black count apart.
    private let levelsPerSweep: Int

    init(_ options: NumericsOptions) {
        sweeps = options.sweeps
        initialSweeps = options.initialSweeps
        levelsPerSweep = options.elliptic == .redBlack ? 2 : 1
    }

    /// Relaxations of a plane in the longest pass: what halos have to reach.
    var largestLevels: Int { levelsPerSweep * min(sweeps, Self.longest) }

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
