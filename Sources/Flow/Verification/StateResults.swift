/// `minimum.FIELD`, `maximum.FIELD`, `mean.FIELD` of the final state, over the cells that hold gas.
enum ExtremeResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        FlowSnapshot.fieldNames(rank: flowCase.domain.rank).flatMap { field in
            [
                CaseResult("minimum.\(field)") { minimum($0.main.final.fluidField(field)) },
                CaseResult("maximum.\(field)") { maximum($0.main.final.fluidField(field)) },
                CaseResult("mean.\(field)") {
                    let values = $0.main.final.fluidField(field)
                    return Compensated.sum(values) / Double(values.count)
                },
            ]
        }
    }
}

/// `total.mass` …: integrals of the conserved variables at the end; `conservation.mass` …: how far they
/// drifted, relative to the initial mass, to the initial energy, and for momentum to √(2·mass·energy), the
/// most that a gas of this mass and energy can carry.
enum ConservationResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let momenta = ["momentum_x", "momentum_y", "momentum_z"].prefix(flowCase.domain.rank)
        return (["mass"] + momenta + ["energy"]).enumerated().flatMap { variable, name in
            [
                CaseResult("total.\(name)") { $0.main.final.totals[variable] },
                CaseResult("conservation.\(name)") { drift($0.main, variable) },
            ]
        }
    }

    private static func drift(_ run: RunEvidence, _ variable: Int) -> Double {
        let (before, after) = (run.initial.totals, run.final.totals)
        let last = before.count - 1
        let isMomentum = variable > 0 && variable < last
        let scale = isMomentum ? (2 * before[0] * before[last]).squareRoot() : before[variable]
        return abs(after[variable] - before[variable]) / scale
    }
}

/// `freestream.FIELD`: the largest deviation from the initial state.
enum FreeStreamResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        FlowSnapshot.primitiveNames(rank: flowCase.domain.rank).map { field in
            CaseResult("freestream.\(field)") {
                maximum(
                    zip($0.main.final.fluidField(field), $0.main.initial.fluidField(field)).map {
                        abs($0 - $1)
                    })
            }
        }
    }
}

/// `precision.FIELD`: the largest deviation from the same case in Float64, relative to the range of the field
/// there.
enum PrecisionResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        FlowSnapshot.primitiveNames(rank: flowCase.domain.rank).map { field in
            CaseResult("precision.\(field)", need: .doublePrecision) { evidence in
                guard let reference = evidence.doublePrecision?.final.fluidField(field) else { return .nan }
                let differences = zip(evidence.main.final.fluidField(field), reference).map { abs($0 - $1) }
                return maximum(differences) / range(reference)
            }
        }
    }
}

/// `probe.NAME.FIELD`: the final state in the cell that holds a probe.
enum ProbeResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        flowCase.probes.flatMap { probe in
            FlowSnapshot.fieldNames(rank: flowCase.domain.rank).map { field in
                CaseResult("probe.\(probe.name).\(field)") { evidence in
                    let final = evidence.main.final
                    return final.field(field)[cell(at: probe.position, in: final.domain)]
                }
            }
        }
    }

    private static func cell(at position: [Double], in domain: Domain) -> Int {
        (0..<domain.rank).reversed().reduce(0) { index, axis in
            let offset = (position[axis] - domain.lower[axis]) / domain.spacing(axis)
            return index * domain.cells[axis] + min(max(Int(offset), 0), domain.cells[axis] - 1)
        }
    }
}

/// `steps`; `fallback_share`, faces that fell back to first order per face and stage; `limited_share`, those of a linear flux with
/// some of a limited one.
enum CostResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        [
            CaseResult("steps") { Double($0.main.steps) },
            CaseResult("fallback_share") { share($0.main, $0.main.faces.fallbacks) },
            CaseResult("limited_share") { share($0.main, $0.main.faces.limited) },
        ]
    }

    private static func share(_ run: RunEvidence, _ count: Int) -> Double {
        let cells = run.flowCase.domain.cells
        let faces = cells.reduce(0.0) { $0 + Double(cells.reduce(1, *)) / Double($1) * Double($1 + 1) }
        let stages = RungeKuttaStage.stages(of: run.flowCase.numerics.integrator).count
        return Double(count) / (faces * Double(stages * max(run.steps, 1)))
    }
}
