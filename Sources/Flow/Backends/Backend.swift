import Numerics

/// Where the state of a run lives and is computed. ``FlowSolver`` keeps time, stages and moving bodies; a backend does the
/// work of each and knows about memory, blocks and storage. Both copies of the state that a Runge–Kutta method needs are
/// named by ``RungeKuttaStage/Copy``.
///
/// A value of closures, made where the types of a backend are known: methods that are reached through a protocol's table run
/// unspecialised, a hundred times slower.
struct Backend {
    /// The size of all stored fields, in bytes.
    let storedBytes: Int
    /// How many workers share a step.
    let workers: Int
    /// Boundary states that vary with time are those of this time from now on.
    let setTime: (_ time: Double) -> Void
    /// Bodies are where they are in this case from now on.
    let place: (_ bodies: FlowCase) -> Void
    /// Brings halos, the states behind walls and Σ to what a copy of the state asks for; the first time, Σ starts from nothing.
    let prepare: (_ copy: RungeKuttaStage.Copy) -> Void
    /// Whether Σ was ever relaxed.
    let isPrepared: () -> Bool
    /// The largest signals of a copy; nil where a cell is not admissible.
    let signal: (_ copy: RungeKuttaStage.Copy) -> Signal?
    /// Advances by a stage whose source was prepared.
    let advance: (_ task: StageTask) -> StageOutcome
    /// The first cell of a copy that is not admissible.
    let lostCell: (_ copy: RungeKuttaStage.Copy) -> LostCell?
    /// See ``FlowComputation/conservedRow(_:into:)``.
    let readRow: (_ row: Int, _ values: UnsafeMutablePointer<Double>) -> Void
    /// See ``FlowComputation/checkpoint()``.
    let checkpoint: () -> [StoredArray]
    /// Takes up a checkpoint. False where sizes differ.
    let restore: (_ arrays: [StoredArray]) -> Bool
}

/// A stage, as a backend does it.
struct StageTask {
    let stage: RungeKuttaStage
    /// Of the stage's Euler step.
    let timeStep: Double
    /// The largest signals of the step's first state.
    let signal: Signal
}

/// What came of a stage.
struct StageOutcome {
    /// Of all faces.
    let tally: FaceTally
    /// Whether every cell of the state that the stage read is admissible.
    let isSound: Bool
    /// The first cell that is not, where it lies in the domain.
    let lostCell: LostCell?
}
