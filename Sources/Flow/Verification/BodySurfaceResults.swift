import Geometry

/// Along the wall in the final state: `body.NAME.stagnation_pressure` (the highest wall pressure),
/// `.mean_pressure` (over the area), `.pressure_error` (mean |p − p_exact| over the area, relative to the
/// largest exact pressure there), `.upper_shock` and `.lower_shock` (where the pressure on the upper or lower
/// side rises fastest along the flow, as a share of the body's length), `.upper_suction` (the lowest pressure
/// coefficient of the upper side).
enum BodySurfaceResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let missing = FreeStream(flowCase).speed > 0 ? nil : "a free stream at the origin in [initial]"
        return flowCase.bodies.enumerated().flatMap { index, body in
            [
                CaseResult("body.\(body.name).stagnation_pressure") {
                    Wall($0.main, index).pressures.max() ?? .nan
                },
                CaseResult("body.\(body.name).mean_pressure") { Wall($0.main, index).meanPressure },
                CaseResult("body.\(body.name).pressure_error", missing: ExactFields.missing(flowCase)) {
                    error($0.main, index)
                },
                CaseResult("body.\(body.name).upper_shock", missing: missing) {
                    Wall($0.main, index).shock(side: 1)
                },
                CaseResult("body.\(body.name).lower_shock", missing: missing) {
                    Wall($0.main, index).shock(side: -1)
                },
                CaseResult("body.\(body.name).upper_suction", missing: missing) {
                    Wall($0.main, index).suction(side: 1)
                },
            ]
        }
    }

    private static func error(_ run: RunEvidence, _ body: Int) -> Double {
        let wall = Wall(run, body)
        let exact = wall.elements.map { ExactFields.pressure(at: $0.center, of: run) }
        let scale = maximum(exact.map(abs))
        let difference = zip(zip(wall.pressures, exact), wall.elements).reduce(0.0) { sum, pair in
            sum + abs(pair.0.0 - pair.0.1) * pair.1.area
        }
        return difference / wall.elements.reduce(0) { $0 + $1.area } / scale
    }
}

/// The wall of one body in the final state of a run; elements that see no gas are left out.
private struct Wall {
    let elements: [SurfaceElement]
    let pressures: [Double]
    private let stream: FreeStream

    init(_ run: RunEvidence, _ body: Int) {
        let meter = BodyForces(run.flowCase)
        let states = meter.states(reading: run.final.conservedRow)
        let seen = meter.ranges[body].filter(meter.sees)
        elements = seen.map { meter.elements[$0] }
        pressures = seen.map { states[$0].pressure }
        stream = meter.freeStream
    }

    var meanPressure: Double {
        zip(pressures, elements).reduce(0) { $0 + $1.0 * $1.1.area } / elements.reduce(0) { $0 + $1.area }
    }

    /// One side of the body as (place along the flow from 0 to 1, pressure), in the order of the flow.
    private func side(_ sign: Double) -> [(place: Double, pressure: Double)] {
        let along = elements.map { $0.center.dot(stream.direction) }
        guard let first = along.min(), let last = along.max(), last > first else { return [] }
        return elements.indices.filter { sign * elements[$0].normal.dot(stream.upward) > 0 }
            .map { ((along[$0] - first) / (last - first), pressures[$0]) }.sorted { $0.0 < $1.0 }
    }

    /// The middle of the steepest rise: between places two per cent of the length apart, so that short elements
    /// do not decide; the ends, where the flow stagnates, do not count.
    func shock(side sign: Double) -> Double {
        let line = side(sign)
        var best = (place: Double.nan, rise: 0.0)
        var last = 0
        for first in line.indices where line[first].place > 0.05 && line[first].place < 0.93 {
            while last < line.count - 1, line[last].place < line[first].place + 0.02 { last += 1 }
            let rise = (line[last].pressure - line[first].pressure) / (line[last].place - line[first].place)
            if rise > best.rise { best = ((line[first].place + line[last].place) / 2, rise) }
        }
        return best.place
    }

    func suction(side sign: Double) -> Double {
        ((side(sign).map(\.pressure).min() ?? .nan) - stream.pressure) / stream.dynamicPressure
    }
}
