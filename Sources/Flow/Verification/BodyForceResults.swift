/// Of the final state: `body.NAME.drag`, `.lift` (forces, per unit of depth in two dimensions),
/// `.drag_coefficient`, `.lift_coefficient` (over ½ρ∞u∞² and the area that faces the flow), `.moment_z`.
/// Of the second half of the run: `.drag_mean`, `.lift_mean`, `.drag_coefficient_mean`, `.lift_amplitude` (half of
/// the difference between the extremes) and `.strouhal` = f d/u∞ with the strongest frequency f of the lift and
/// the area d that faces the flow.
enum BodyForceResults {
    private typealias Value = @Sendable (BodyForce) -> Double

    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let missing = FreeStream(flowCase).speed > 0 ? nil : "a free stream at the origin in [initial]"
        let last: [(String, String?, Value)] = [
            ("drag", nil, { $0.drag }), ("lift", nil, { $0.lift }), ("moment_z", nil, { $0.moment.z }),
            ("drag_coefficient", missing, { $0.dragCoefficient ?? .nan }),
            ("lift_coefficient", missing, { $0.liftCoefficient ?? .nan }),
        ]
        let means: [(String, String?, Value)] = [
            ("drag_mean", nil, { $0.drag }), ("lift_mean", nil, { $0.lift }),
            ("drag_coefficient_mean", missing, { $0.dragCoefficient ?? .nan }),
        ]
        return flowCase.bodies.enumerated().flatMap { index, body in
            last.map { name, missing, value in
                CaseResult("body.\(body.name).\(name)", missing: missing) { value(final($0.main, index)) }
            }
                + means.map { name, missing, value in
                    CaseResult("body.\(body.name).\(name)", missing: missing, need: .forceHistory) {
                        mean(late($0.main, index), value)
                    }
                }
                + [
                    CaseResult("body.\(body.name).lift_amplitude", need: .forceHistory) {
                        range(late($0.main, index).map(\.force.lift)) / 2
                    },
                    CaseResult("body.\(body.name).strouhal", missing: missing, need: .forceHistory) {
                        strouhal($0.main, index)
                    },
                ]
        }
    }

    private static func final(_ run: RunEvidence, _ body: Int) -> BodyForce {
        BodyForces(run.flowCase).sample(reading: run.final.conservedRow)[body]
    }

    /// The second half of the run, when the start is forgotten.
    private static func late(_ run: RunEvidence, _ body: Int) -> [(time: Double, force: BodyForce)] {
        let end = run.forces.last?.time ?? 0
        return run.forces.filter { $0.time >= end / 2 }.map { ($0.time, $0.forces[body]) }
    }

    /// The mean over time, by the trapezium rule.
    private static func mean(_ rows: [(time: Double, force: BodyForce)], _ value: Value) -> Double {
        guard let first = rows.first, let last = rows.last, last.time > first.time else { return .nan }
        let integral = zip(rows, rows.dropFirst()).reduce(0.0) { sum, pair in
            sum + (value(pair.0.force) + value(pair.1.force)) / 2 * (pair.1.time - pair.0.time)
        }
        return integral / (last.time - first.time)
    }

    private static func strouhal(_ run: RunEvidence, _ body: Int) -> Double {
        let rows = late(run, body)
        let meter = BodyForces(run.flowCase)
        guard let peak = DominantFrequency(times: rows.map(\.time), values: rows.map(\.force.lift)) else {
            return .nan
        }
        return peak.frequency * meter.crossLengths[body] / meter.freeStream.speed
    }
}
