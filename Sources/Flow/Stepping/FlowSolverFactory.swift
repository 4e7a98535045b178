import Numerics

/// Builds the solver that a case asks for.
public enum FlowSolverFactory {
    /// The computation of a case at t = 0.
    public static func make(_ flowCase: FlowCase) -> any FlowComputation {
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
        switch flowCase.numerics.scheme {
        case .igr:
            FlowSolver<Codec, IGRFlux<Codec.Scalar>>(flowCase, initial: initial) { IGRFlux($0) }
        case .wenoHLLC:
            FlowSolver<Codec, WENOHLLCFlux<Codec.Scalar>>(flowCase, initial: initial) { WENOHLLCFlux($0) }
        }
    }
}
