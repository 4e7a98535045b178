import Fluids

/// Composes the flux that a case asks for. A reconstruction or a Riemann solver is one line here.
package enum FluxRegistry {
    /// The kernel of the flux that the options describe.
    package static func kernel<F: Fluid>(
        _ options: NumericsOptions, _ context: FluxContext<F>
    ) -> FluxKernel<F.Scalar> {
        switch options.scheme {
        case .igr:
            switch options.limiter {
            case .none: FluxKernel(IGRFlux(context))
            case .mix: FluxKernel(LimitedIGRFlux(context))
            }
        case .wenoHLLC: FluxKernel(GodunovFlux<F, HLLC>(context))
        case .mp5HLLC: godunov(context, .hllc, reconstruction(.mp5, .characteristic, context.fluid))
        case .godunov:
            godunov(
                context, options.riemannSolver,
                reconstruction(options.reconstruction, options.projection, context.fluid))
        }
    }

    /// Whether the flux of a scheme uses Σ.
    static func usesEntropicPressure(_ scheme: SchemeKind) -> Bool {
        switch scheme {
        case .igr: IGRFlux<IdealGas<Double>>.usesEntropicPressure
        case .wenoHLLC, .mp5HLLC, .godunov: GodunovFlux<IdealGas<Double>, HLLC>.usesEntropicPressure
        }
    }

    private static func reconstruction<F: Fluid>(
        _ kind: ReconstructionKind, _ projection: Projection, _ fluid: F
    ) -> StateReconstruction<F.Scalar> {
        switch kind {
        case .firstOrder: StateReconstruction(FirstOrder.self, projection, fluid)
        case .muscl: StateReconstruction(MUSCL.self, projection, fluid)
        case .weno5Z: StateReconstruction(WENO5Z.self, projection, fluid)
        case .mp5: StateReconstruction(MP5.self, projection, fluid)
        }
    }

    private static func godunov<F: Fluid>(
        _ context: FluxContext<F>, _ kind: RiemannSolverKind, _ states: StateReconstruction<F.Scalar>
    ) -> FluxKernel<F.Scalar> {
        switch kind {
        case .hllc: FluxKernel(GodunovFlux<F, HLLC>(context, states))
        case .hll: FluxKernel(GodunovFlux<F, HLL>(context, states))
        case .hlle: FluxKernel(GodunovFlux<F, HLLE>(context, states))
        case .rusanov: FluxKernel(GodunovFlux<F, Rusanov>(context, states))
        }
    }
}

extension NumericsOptions {
    /// Whether the flux has Σ in its pressure.
    public var usesEntropicPressure: Bool { FluxRegistry.usesEntropicPressure(scheme) }
    /// Whether Σ is computed and stored.
    public var hasEntropicPressure: Bool { usesEntropicPressure && alpha > 0 && sweeps > 0 }
}
