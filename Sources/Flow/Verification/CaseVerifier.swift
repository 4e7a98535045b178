import Foundation

/// How the computation of a case is made: ``FlowSolverFactory/make(_:)``, or something that counts or replaces it.
public typealias ComputationMaker = @Sendable (FlowCase) throws -> any FlowComputation

/// Runs a case in memory and computes the results that it is asked for.
public struct CaseVerifier: Sendable {
    /// One of the computations that results need.
    public struct Part: Sendable {
        /// What is computed.
        public let flowCase: FlowCase
        /// Whether it is the one that most results look at, see ``CaseEvidence/main``.
        public let isMain: Bool
    }

    private let flowCase: FlowCase
    private let wanted: [CaseResult]
    private let make: ComputationMaker

    /// Prepares a case.
    ///
    /// - Parameters:
    ///   - flowCase: The case.
    ///   - names: Results; names that ``ResultRegistry`` does not know are left out.
    ///   - make: How its computations are made.
    public init(
        _ flowCase: FlowCase, results names: [String],
        make: @escaping ComputationMaker = { try FlowSolverFactory.make($0) }
    ) {
        self.flowCase = flowCase
        self.make = make
        let known = ResultRegistry.results(of: flowCase)
        wanted = names.compactMap { name in known.first { $0.name == name && $0.missing == nil } }
    }

    /// Runs the case, all its levels, and returns the results by name.
    ///
    /// - Throws: As ``gather(described:observers:)`` does.
    public func run(
        observers: (Part) throws -> [any SimulationObserver] = { _ in [] }
    ) throws -> [String: Double] {
        values(try gather(observers: observers))
    }

    /// The results by name from what a run left behind.
    public func values(_ evidence: CaseEvidence) -> [String: Double] {
        Dictionary(wanted.map { ($0.name, $0.value(evidence)) }, uniquingKeysWith: { first, _ in first })
    }

    /// What records the evidence of a simulation of the case as it is described, for ``gather(described:observers:)``.
    public func recorder() -> EvidenceRecorder { recorder(flowCase) }

    /// Runs the case, all its levels, and returns what they left behind.
    ///
    /// - Parameters:
    ///   - described: What a simulation of the case as it is described left behind; it is not computed again then.
    ///   - observers: What else looks at each of the computations.
    /// - Throws: ``SimulationFailure`` where the flow is lost, ``SimulationStopped`` where an observer asked to stop,
    ///   `BodyProblem` where a grid cannot hold a body, and what observers throw.
    public func gather(
        described: RunEvidence? = nil, observers: (Part) throws -> [any SimulationObserver] = { _ in [] }
    ) throws -> CaseEvidence {
        let factors = flowCase.convergenceFactors.isEmpty ? [1] : flowCase.convergenceFactors
        let levels = try factors.enumerated().map { index, factor in
            // The time step of a level follows from the first factor: with another first one it is not the case's own.
            if let described, factor == 1, factors[0] == 1 { return described }
            let part = Part(flowCase: flowCase.refined(by: factor), isMain: index == factors.count - 1)
            return try run(part, observers)
        }
        guard wanted.contains(where: { $0.need == .doublePrecision }) else {
            return CaseEvidence(levels: levels, doublePrecision: nil)
        }
        return CaseEvidence(
            levels: levels, doublePrecision: try doublePrecision(levels[levels.count - 1], observers))
    }

    /// The reference of the main computation, which is its own where it is in double precision already.
    private func doublePrecision(
        _ main: RunEvidence, _ observers: (Part) throws -> [any SimulationObserver]
    ) throws -> RunEvidence {
        let numerics = main.flowCase.numerics
        if numerics.storage == .float64, numerics.arithmetic == .float64 { return main }
        var reference = flowCase.refined(by: flowCase.convergenceFactors.last ?? 1)
        reference.numerics.storage = .float64
        reference.numerics.arithmetic = .float64
        return try run(Part(flowCase: reference, isMain: false), observers)
    }

    private func recorder(_ flowCase: FlowCase) -> EvidenceRecorder {
        EvidenceRecorder(flowCase, needs: wanted.compactMap(\.need))
    }

    private func run(
        _ part: Part, _ observers: (Part) throws -> [any SimulationObserver]
    ) throws -> RunEvidence {
        let recorder = recorder(part.flowCase)
        let simulation = Simulation(
            try make(part.flowCase), until: SimulationLimits(part.flowCase),
            observers: try [recorder] + observers(part))
        try simulation.run().requireFinal()
        guard let evidence = recorder.evidence else { throw SimulationStopped(request: .cancelled) }
        return evidence
    }
}

extension FlowCase {
    /// The same case with `factor` times as many cells along each axis. The time step shrinks with the power
    /// of Δx that keeps the integrator's error below that of the reconstruction.
    func refined(by factor: Int) -> FlowCase {
        guard let first = convergenceFactors.first else { return self }
        var copy = self
        copy.domain.cells = domain.cells.map { $0 * factor }
        let excess = max(0.0, Double(numerics.order) / Double(numerics.integrator.order) - 1)
        let ratio = Double(factor) / Double(first)
        copy.numerics.cfl *= pow(ratio, -excess)
        copy.numerics.timeStep = numerics.timeStep.map { $0 * pow(ratio, -excess - 1) }
        return copy
    }
}
