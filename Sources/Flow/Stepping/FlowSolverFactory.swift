import Numerics

/// Builds the solver that a case asks for.
public enum FlowSolverFactory {
    /// The computation of a case at t = 0.
    ///
    /// - Throws: ``BodyProblem`` where the grid cannot hold a body.
    public static func make(_ flowCase: FlowCase) throws(BodyProblem) -> any FlowComputation {
        try BodyCheck.check(flowCase)
        return build(flowCase)
    }

    private static func build(_ flowCase: FlowCase) -> any FlowComputation {
        let initial = InitialField(flowCase)
        switch (flowCase.numerics.arithmetic, flowCase.numerics.storage) {
        case (.float32, .scaled16): return make(flowCase, initial, Scaled16Codec<Float>.self)
        case (.float32, .float16): return make(flowCase, initial, HalfCodec<Float>.self)
        case (.float32, _): return make(flowCase, initial, FullCodec<Float>.self)
        case (.float64, .scaled16): return make(flowCase, initial, Scaled16Codec<Double>.self)
        case (.float64, .float16): return make(flowCase, initial, HalfCodec<Double>.self)
        case (.float64, .float32): return make(flowCase, initial, SingleCodec.self)
        case (.float64, .float64): return make(flowCase, initial, FullCodec<Double>.self)
        }
    }

    private static func make<Codec: StorageCodec>(
        _ flowCase: FlowCase, _ initial: InitialField, _: Codec.Type
    ) -> any FlowComputation {
        erase(
            FlowSolver<Codec, AnyFlux<Codec.Scalar>>(flowCase, initial: initial) {
                AnyFlux(FluxRegistry.kernel(flowCase.numerics, $0))
            })
    }

    /// Hides the solver's types behind closures. Methods that are reached through a protocol's table run
    /// unspecialised, a hundred times slower; a closure made where the types are known calls the specialised
    /// code.
    private static func erase<Codec: StorageCodec, Flux: FaceFlux>(
        _ solver: FlowSolver<Codec, Flux>
    ) -> any FlowComputation {
        ErasedComputation(
            storedBytes: solver.storedBytes, workers: solver.workers,
            position: { (solver.time, solver.step) },
            fallbackFaces: { solver.fallbackFaces },
            stableTimeStep: { () throws(FlowFailure) in try solver.stableTimeStep() },
            advance: { timeStep throws(FlowFailure) in try solver.advance(by: timeStep) },
            conservedRow: { solver.conservedRow($0, into: $1) }, checkpoint: { solver.checkpoint() },
            restore: { solver.restore($0, time: $1, step: $2) })
    }
}

/// A flux that is known by its kernel.
struct AnyFlux<Scalar: Real>: FaceFlux {
    typealias Gas = IdealGas<Scalar>
    static var usesEntropicPressure: Bool { true }
    private let kernel: FluxKernel<Scalar>

    init(_ context: FluxContext<Gas>) { kernel = FluxKernel(IGRFlux(context)) }

    init(_ kernel: FluxKernel<Scalar>) { self.kernel = kernel }

    func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> Int {
        kernel.faces(
            stencil, direction: direction, count: count, reach: reach, flux: flux, fluxStride: fluxStride)
    }
}

/// A computation whose solver is known to its closures only.
private final class ErasedComputation: FlowComputation {
    let storedBytes: Int
    let workers: Int
    private let position: () -> (time: Double, step: Int)
    private let countFallbacks: () -> Int
    private let findTimeStep: () throws(FlowFailure) -> Double
    private let advanceSolver: (Double) throws(FlowFailure) -> Void
    private let readRow: (Int, UnsafeMutablePointer<Double>) -> Void
    private let takeCheckpoint: () -> [StoredArray]
    private let restoreSolver: ([StoredArray], Double, Int) -> Bool

    init(
        storedBytes: Int, workers: Int, position: @escaping () -> (time: Double, step: Int),
        fallbackFaces: @escaping () -> Int, stableTimeStep: @escaping () throws(FlowFailure) -> Double,
        advance: @escaping (Double) throws(FlowFailure) -> Void,
        conservedRow: @escaping (Int, UnsafeMutablePointer<Double>) -> Void,
        checkpoint: @escaping () -> [StoredArray], restore: @escaping ([StoredArray], Double, Int) -> Bool
    ) {
        self.storedBytes = storedBytes
        self.workers = workers
        self.position = position
        countFallbacks = fallbackFaces
        findTimeStep = stableTimeStep
        advanceSolver = advance
        readRow = conservedRow
        takeCheckpoint = checkpoint
        restoreSolver = restore
    }

    var time: Double { position().time }
    var step: Int { position().step }
    var fallbackFaces: Int { countFallbacks() }
    func stableTimeStep() throws(FlowFailure) -> Double { try findTimeStep() }
    func advance(by timeStep: Double) throws(FlowFailure) { try advanceSolver(timeStep) }
    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) { readRow(row, values) }
    func checkpoint() -> [StoredArray] { takeCheckpoint() }
    func restore(_ arrays: [StoredArray], time: Double, step: Int) -> Bool {
        restoreSolver(arrays, time, step)
    }
}
