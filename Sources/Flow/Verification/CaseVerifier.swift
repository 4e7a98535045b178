import Foundation

/// Runs a case in memory and computes the results that it is asked for.
public struct CaseVerifier: Sendable {
    /// Where a run stands; thrown errors end it.
    public typealias Observer = (_ flowCase: FlowCase, _ computation: any FlowComputation, _ timeStep: Double)
        throws
        -> Void

    private let flowCase: FlowCase
    private let wanted: [CaseResult]

    /// Prepares a case.
    ///
    /// - Parameters:
    ///   - flowCase: The case.
    ///   - names: Results; names that ``ResultRegistry`` does not know are left out.
    public init(_ flowCase: FlowCase, results names: [String]) {
        self.flowCase = flowCase
        let known = ResultRegistry.results(of: flowCase)
        wanted = names.compactMap { name in known.first { $0.name == name && $0.missing == nil } }
    }

    /// Runs the case, all its levels, and returns the results by name.
    ///
    /// - Throws: ``FlowFailure`` where the flow diverges, and what the observer throws.
    public func run(observer: Observer) throws -> [String: Double] {
        values(try gather(observer: observer))
    }

    /// The results by name from what a run left behind.
    public func values(_ evidence: CaseEvidence) -> [String: Double] {
        Dictionary(wanted.map { ($0.name, $0.value(evidence)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Runs the case, all its levels, and returns what they left behind.
    public func gather(observer: Observer) throws -> CaseEvidence {
        let factors = flowCase.convergenceFactors
        let levels = try (factors.isEmpty ? [1] : factors).map { factor in
            try Self.run(
                flowCase.refined(by: factor), needs: wanted.compactMap(\.need), observer: observer)
        }
        guard wanted.contains(where: { $0.need == .doublePrecision }) else {
            return CaseEvidence(levels: levels, doublePrecision: nil)
        }
        var reference = levels[levels.count - 1].flowCase
        reference.numerics.storage = .float64
        reference.numerics.arithmetic = .float64
        let double = try Self.run(reference, needs: [], observer: observer)
        return CaseEvidence(levels: levels, doublePrecision: double)
    }

    private static func run(
        _ flowCase: FlowCase, needs: [CaseResult.Need], observer: Observer
    ) throws -> RunEvidence {
        let computation = try FlowSolverFactory.make(flowCase)
        let fluid = FluidCells(flowCase)
        let snapshot = {
            flowCase.hasMovingBodies
                ? FlowSnapshot(computation, of: flowCase.moved(to: computation.time))
                : FlowSnapshot(computation, of: flowCase, fluid: fluid)
        }
        let initial = snapshot()
        let end = flowCase.time.end
        var fallbacks = 0
        var energy = needs.contains(.energyHistory) ? [(time: 0.0, value: meanKineticEnergy(initial))] : []
        var forces = needs.contains(.forceHistory) ? ForceHistory(flowCase) : nil
        while computation.time < end * (1 - 1e-12), computation.step < flowCase.time.maximumSteps ?? .max {
            let timeStep = min(try computation.stableTimeStep(), end - computation.time)
            try computation.advance(by: timeStep)
            fallbacks += computation.fallbackFaces
            // Fine enough for derivatives in time, coarse enough to cost little.
            if let last = energy.last, computation.time - last.time >= end / 500 {
                energy.append(
                    (computation.time, meanKineticEnergy(snapshot())))
            }
            forces?.record(computation)
            try observer(flowCase, computation, timeStep)
        }
        // The signal speed is what looks at the last state: a lost one must not pass as a result.
        _ = try computation.stableTimeStep()
        return RunEvidence(
            flowCase: flowCase.moved(to: computation.time), initial: initial, final: snapshot(),
            steps: computation.step, fallbackFaces: fallbacks, kineticEnergy: energy,
            forces: forces?.rows ?? [])
    }

    private static func meanKineticEnergy(_ snapshot: FlowSnapshot) -> Double {
        Compensated.sum(snapshot.fluidField("kinetic_energy")) / Double(snapshot.count)
    }
}

extension FlowCase {
    /// The same case with `factor` times as many cells along each axis. The time step shrinks with the power
    /// of Δx that keeps the integrator's error below that of the reconstruction.
    func refined(by factor: Int) -> FlowCase {
        guard let first = convergenceFactors.first else { return self }
        var copy = self
        copy.domain.cells = domain.cells.map { $0 * factor }
        // These methods have as many stages as their order.
        let stages = RungeKuttaStage.stages(of: numerics.integrator).count
        let excess = max(0.0, Double(numerics.order) / Double(stages) - 1)
        let ratio = Double(factor) / Double(first)
        copy.numerics.cfl *= pow(ratio, -excess)
        copy.numerics.timeStep = numerics.timeStep.map { $0 * pow(ratio, -excess - 1) }
        return copy
    }
}
