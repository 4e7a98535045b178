import Fluids
import Foundation
import Geometry

/// Features of the final flow around a body: `body.NAME.standoff` (from the body's nose upstream to where the
/// pressure has made half of a normal shock's jump), `.shock_angle` (degrees between the free stream and the
/// straight line through the half-jumps above the body, in the middle of its length), `.wake_length` (from the
/// body's rear to where the flow on its axis turns downstream again, over the body's size across the flow).
enum BodyFlowResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let stream = FreeStream(flowCase)
        let moves = stream.speed > 0 ? nil : "a free stream at the origin in [initial]"
        let isFast = stream.mach > 1 ? nil : "a supersonic free stream at the origin in [initial]"
        return flowCase.bodies.indices.flatMap { body in
            let name = flowCase.bodies[body].name
            return [
                CaseResult("body.\(name).standoff", missing: isFast) { BodyAxis($0.main, body).standOff },
                CaseResult("body.\(name).shock_angle", missing: isFast) {
                    BodyAxis($0.main, body).shockAngle
                },
                CaseResult("body.\(name).wake_length", missing: moves) { BodyAxis($0.main, body).wakeLength },
            ]
        }
    }
}

/// The line along the free stream through the middle of a body.
private struct BodyAxis {
    private let snapshot: FlowSnapshot
    private let shape: any Shape
    private let meter: BodyForces
    private let body: Int
    private var stream: FreeStream { meter.freeStream }

    init(_ run: RunEvidence, _ body: Int) {
        snapshot = run.final
        shape = run.flowCase.bodies[body].shape
        meter = BodyForces(run.flowCase)
        self.body = body
    }

    private var elements: ArraySlice<SurfaceElement> { meter.elements[meter.ranges[body]] }

    /// The middle of the body across the flow; where a side of the domain cuts it, the middle of the whole.
    private var middle: Point {
        let bounds = shape.bounds
        var result = Point(repeating: 0)
        for axis in 0..<snapshot.domain.rank {
            let whole = (bounds.lower[axis] + bounds.upper[axis]) / 2
            result[axis] = whole.isFinite ? whole : meter.momentCenters[body][axis]
        }
        return result
    }

    /// Where the axis meets the body, seen from upstream (`sign` = −1) or downstream (+1).
    private func end(_ sign: Double) -> Point? {
        let reach = elements.map { ($0.center - middle).length }.max() ?? 0
        guard reach > 0 else { return nil }
        let start = middle + sign * 1.01 * reach * stream.direction
        let steps = 4000
        let step = 2.02 * reach / Double(steps)
        let point = { (index: Double) in start - sign * index * step * stream.direction }
        guard let first = (1...steps).first(where: { shape.distance(to: point(Double($0))) < 0 }) else {
            return nil
        }
        let place = Bisection.root(between: Double(first - 1), and: Double(first)) {
            -shape.distance(to: point($0))
        }
        return point(place)
    }

    /// From the far end of the line to the nose, so that the bow shock comes first.
    var standOff: Double {
        guard let nose = end(-1) else { return .nan }
        let line = FlowInterpolation(snapshot, "pressure").line(
            from: nose - 1e-9 * stream.direction, along: -stream.direction)
        let fluid = snapshot.gas.law
        let shock = NormalShock(mach: stream.mach, heatRatio: fluid.heatRatio)
        let jump = fluid.reserve(pressure: stream.pressure) * (shock.pressureRatio - 1)
        return firstCrossing(of: stream.pressure + jump / 2, in: line.reversed()) ?? .nan
    }

    /// Grid lines across the flow, from the far side down to the body: the first half-jump on each, and a straight
    /// line through them by least squares. The jump is that to the pressure at the end of the grid line.
    var shockAngle: Double {
        let along = elements.map { $0.center.dot(stream.direction) }
        guard let first = along.min(), let last = along.max() else { return .nan }
        let pressure = FlowInterpolation(snapshot, "pressure")
        var points: [(x: Double, y: Double)] = []
        let domain = snapshot.domain
        for column in 0..<domain.cells[0] {
            var start = middle
            start.x = domain.center(0, column)
            let share = (start.x - first) / (last - first)
            guard share > 0.35, share < 0.9 else { continue }
            start.y = domain.upper[1]
            let line = pressure.line(from: start, along: Point(0, -1, 0))
            guard let foot = line.last else { continue }
            if let place = firstCrossing(of: (stream.pressure + foot.value) / 2, in: line) {
                points.append((start.x, domain.upper[1] - place))
            }
        }
        guard points.count >= 4 else { return .nan }
        let count = Double(points.count)
        let mean = points.reduce((0.0, 0.0)) { ($0.0 + $1.x / count, $0.1 + $1.y / count) }
        let product = points.reduce(0.0) { $0 + ($1.x - mean.0) * ($1.y - mean.1) }
        let square = points.reduce(0.0) { $0 + ($1.x - mean.0) * ($1.x - mean.0) }
        return (atan2(product, square) - atan2(stream.direction.y, stream.direction.x)) * 180 / .pi
    }

    var wakeLength: Double {
        guard let rear = end(1), let speed = alongSpeed(from: rear) else { return .nan }
        // Right at the wall the speed is 0 within the error; the wake begins where it is clearly negative.
        guard let start = speed.firstIndex(where: { $0.value < -1e-3 * stream.speed }) else { return 0 }
        guard let length = firstCrossing(of: 0, in: Array(speed[start...])) else { return .nan }
        return length / size
    }

    /// The size of the body across the flow, the whole of it where a side of the domain cuts it.
    private var size: Double {
        let reach = elements.map { abs(($0.center - middle).dot(stream.upward)) }.max() ?? 0
        return 2 * reach
    }

    private func alongSpeed(from start: Point) -> [(place: Double, value: Double)]? {
        let rank = snapshot.domain.rank
        var result: [(place: Double, value: Double)] = []
        for (axis, name) in FlowSnapshot.primitiveNames(rank: rank)[1...rank].enumerated() {
            let line = FlowInterpolation(snapshot, name).line(
                from: start + 1e-9 * stream.direction, along: stream.direction)
            if result.isEmpty { result = line.map { ($0.place, 0) } }
            for index in result.indices { result[index].value += line[index].value * stream.direction[axis] }
        }
        return result.isEmpty ? nil : result
    }
}
