/// The fluid of a case with what friction and heat conduction need.
public struct Gas: Sendable, Equatable {
    /// Which fluid.
    public let fluid: FluidModel
    /// Its formulas.
    public let law: FluidLaw
    /// Prandtl number, μ cp/k.
    public var prandtl: Double
    /// Dynamic viscosity.
    public var viscosity: ViscosityLaw

    /// A fluid; inviscid unless told otherwise.
    public init(_ fluid: FluidModel, prandtl: Double = 0.72, viscosity: ViscosityLaw = .inviscid) {
        self.fluid = fluid
        law = fluid.law
        self.prandtl = prandtl
        self.viscosity = viscosity
    }

    /// k/(μ cv) = (cp/cv)/Pr: the diffusivity of heat per kinematic viscosity.
    public var heatDiffusionRatio: Double { law.heatRatio / prandtl }
    /// k/μ = cp/Pr: the conductivity of heat per viscosity.
    public var conductivityRatio: Double { law.heatCapacity / prandtl }

    /// The same fluid with the same constants.
    public static func == (a: Gas, b: Gas) -> Bool {
        a.fluid == b.fluid && a.prandtl == b.prandtl && a.viscosity == b.viscosity
    }
}
