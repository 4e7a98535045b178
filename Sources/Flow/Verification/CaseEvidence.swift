/// What one run of a case left behind.
public struct RunEvidence: Sendable {
    /// The case as it ran, its bodies where they are at the end.
    public let flowCase: FlowCase
    /// The state at t = 0 as the storage format keeps it.
    public let initial: FlowSnapshot
    /// The last state.
    public let final: FlowSnapshot
    /// Steps done.
    public let steps: Int
    /// Faces that are not those of smooth flow, in all steps together.
    public let faces: FaceTally
    /// Mean kinetic energy per volume over time; empty unless a result needs it.
    public let kineticEnergy: [(time: Double, value: Double)]
    /// Forces on all bodies over time; empty unless a result needs them.
    public let forces: [ForceRow]
}

/// Everything that the results of a case are computed from.
public struct CaseEvidence: Sendable {
    /// The run as the case describes it; the finest one where the case asks for several.
    public var main: RunEvidence { levels[levels.count - 1] }
    /// One run for each of `[case.convergence] factors`, coarsest first; never empty.
    public let levels: [RunEvidence]
    /// The same case in Float64 storage and arithmetic, where a result needs it.
    public let doublePrecision: RunEvidence?
}

/// A number that a case yields, by name.
public struct CaseResult: Sendable {
    /// What a result needs beyond the final state.
    public enum Need: Sendable { case energyHistory, forceHistory, doublePrecision }

    /// As in `[expect]`: `error.density.l1`.
    public let name: String
    /// What the case lacks for this result, such as "an [exact] solution"; nil where it has all.
    public let missing: String?
    /// What has to be recorded or run besides.
    public let need: Need?
    /// The number.
    public let value: @Sendable (CaseEvidence) -> Double

    init(
        _ name: String, missing: String? = nil, need: Need? = nil,
        value: @escaping @Sendable (CaseEvidence) -> Double
    ) {
        self.name = name
        self.missing = missing
        self.need = need
        self.value = value
    }
}
