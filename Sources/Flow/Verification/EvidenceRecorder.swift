/// Gathers from a simulation what the results of a case are computed from. It has to see the simulation from t = 0 to
/// its end.
public final class EvidenceRecorder: SimulationObserver {
    private let flowCase: FlowCase
    private let fluid: FluidCells
    private let wantsEnergy: Bool
    private var initial: FlowSnapshot?
    private var faces = FaceTally()
    private var energy: [(time: Double, value: Double)] = []
    private var forces: ForceHistory?
    /// What the simulation left behind; nil until it has come to its end, and where it was not seen from t = 0 on.
    public private(set) var evidence: RunEvidence?

    /// A recorder for simulations of a case, which keeps the histories that are needed.
    init(_ flowCase: FlowCase, needs: [CaseResult.Need]) {
        self.flowCase = flowCase
        fluid = FluidCells(flowCase)
        wantsEnergy = needs.contains(.energyHistory)
        forces = needs.contains(.forceHistory) ? ForceHistory(flowCase) : nil
    }

    /// Takes in a state.
    public func observe(_ moment: SimulationMoment) {
        if moment.step == 0 {
            let start = snapshot(moment)
            initial = start
            if wantsEnergy { energy = [(time: 0, value: meanKineticEnergy(start))] }
        } else {
            recordStep(moment)
        }
        guard moment.isLast, let initial else { return }
        evidence = RunEvidence(
            flowCase: flowCase.moved(to: moment.time), initial: initial, final: snapshot(moment),
            steps: moment.step, faces: faces, kineticEnergy: energy,
            forces: forces?.rows ?? [])
    }

    private func recordStep(_ moment: SimulationMoment) {
        guard initial != nil else { return }
        faces += moment.computation.faces
        // Fine enough for derivatives in time, coarse enough to cost little.
        if let last = energy.last, moment.time - last.time >= flowCase.time.end / 500 {
            energy.append((moment.time, meanKineticEnergy(snapshot(moment))))
        }
        forces?.record(moment.computation)
    }

    private func snapshot(_ moment: SimulationMoment) -> FlowSnapshot {
        flowCase.hasMovingBodies
            ? FlowSnapshot(moment.computation, of: flowCase.moved(to: moment.time))
            : FlowSnapshot(moment.computation, of: flowCase, fluid: fluid)
    }

    private func meanKineticEnergy(_ snapshot: FlowSnapshot) -> Double {
        Compensated.sum(snapshot.fluidField("kinetic_energy")) / Double(snapshot.count)
    }
}
