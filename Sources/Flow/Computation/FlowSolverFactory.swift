import Fluids
import Numerics

/// Builds the solver that a case asks for: the one place where storage, arithmetic, fluid and flux become types.
public enum FlowSolverFactory {
    /// The computation of a case at t = 0.
    ///
    /// - Throws: ``BodyProblem`` where the grid cannot hold a body.
    public static func make(_ flowCase: FlowCase) throws(BodyProblem) -> any FlowComputation {
        try make(flowCase, blocks: 0)
    }

    /// The same on a number of blocks that share nothing but what they exchange; 0 is one block for each worker, in one piece of
    /// memory. Results do not depend on it.
    package static func make(_ flowCase: FlowCase, blocks: Int) throws(BodyProblem) -> any FlowComputation {
        try BodyCheck.check(flowCase)
        let build = Build(flowCase: flowCase, initial: InitialField(flowCase), blocks: blocks)
        return switch flowCase.gas.fluid {
        case .ideal(let fluid): build.solver(IdealGas<Float>(fluid), fluid)
        case .stiffened(let fluid): build.solver(StiffenedGas<Float>(fluid), fluid)
        }
    }
}

/// What a solver is built from.
private struct Build {
    let flowCase: FlowCase
    let initial: InitialField
    let blocks: Int

    /// The solver for a fluid in both precisions.
    func solver<Single: Fluid, Wide: Fluid>(_ single: Single, _ wide: Wide) -> any FlowComputation
    where Single.Scalar == Float, Wide.Scalar == Double {
        switch (flowCase.numerics.arithmetic, flowCase.numerics.storage) {
        case (.float32, .scaled16): solver(single, Scaled16Codec<Float>.self)
        case (.float32, .float16): solver(single, HalfCodec<Float>.self)
        case (.float32, _): solver(single, FullCodec<Float>.self)
        case (.float64, .scaled16): solver(wide, Scaled16Codec<Double>.self)
        case (.float64, .float16): solver(wide, HalfCodec<Double>.self)
        case (.float64, .float32): solver(wide, SingleCodec.self)
        case (.float64, .float64): solver(wide, FullCodec<Double>.self)
        }
    }

    private func solver<Codec: StorageCodec, F: Fluid>(_ fluid: F, _: Codec.Type) -> any FlowComputation
    where F.Scalar == Codec.Scalar {
        let host = HostBackend<Codec, F>(flowCase, initial: initial, fluid: fluid, blocks: blocks) {
            FluxRegistry.kernel(flowCase.numerics, $0)
        }
        let backend = Backend(
            storedBytes: host.storedBytes, workers: host.team.count,
            setTime: { host.setTime($0) }, place: { host.placeBodies($0) }, prepare: { host.prepare($0) },
            isPrepared: { host.isPrepared }, signal: { host.signal($0) },
            advance: { host.advance($0) }, lostCell: { host.lostCell(in: $0) },
            readRow: { host.readRow($0, into: $1) }, checkpoint: { host.checkpoint() },
            restore: { host.restore($0) })
        return FlowSolver(flowCase, backend: backend, imposedSignal: host.imposedSignal)
    }
}
