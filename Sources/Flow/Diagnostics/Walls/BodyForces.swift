import Fluids
import Geometry

/// Measures forces, moments and surface values on the bodies of a case. Set up once; each sample is cheap.
///
/// Pressure and velocity gradient are fitted at the wall from the fluid cells in front of it, second order or
/// better. Where bodies overlap only the outer surface counts.
public struct BodyForces: Sendable {
    /// The flow that drag, lift and coefficients refer to.
    public let freeStream: FreeStream
    /// Per body: the area of its surface that faces the free stream, projected along it (a length in two
    /// dimensions). Of a convex body this is its size across the flow, also where a symmetry plane cuts it.
    public let frontalAreas: [Double]
    /// Per body: the point about which moments are taken, the middle of its bounds inside of the domain.
    public let momentCenters: [Point]

    /// Per body: the length of Strouhal numbers, its frontal area in two dimensions and the root of it in
    /// three.
    public var crossLengths: [Double] { frontalAreas.map { rank == 3 ? $0.squareRoot() : $0 } }

    let rank: Int
    let elements: [SurfaceElement]
    /// The elements of each body.
    let ranges: [Range<Int>]
    private let names: [String]
    private let walls: [WallKind]
    private let gas: Gas
    private let sampler: WallSampler
    private let flowCase: FlowCase

    /// Finds the surfaces and all weights. Bodies that are not in the domain have no elements.
    public init(_ flowCase: FlowCase) {
        let domain = flowCase.domain
        let bodies = flowCase.bodies
        let stream = FreeStream(flowCase)
        var elements: [SurfaceElement] = []
        var ranges: [Range<Int>] = []
        for (index, body) in bodies.enumerated() {
            let others = bodies.indices.filter { $0 != index }.map { bodies[$0].shape }
            let visible = SurfaceContour(body.shape, on: domain.sampleGrid).elements.filter { element in
                others.allSatisfy { $0.distance(to: element.center) > 0 }
            }
            ranges.append(elements.count..<elements.count + visible.count)
            elements += visible
        }
        self.flowCase = flowCase
        freeStream = stream
        rank = domain.rank
        gas = flowCase.gas
        names = bodies.map(\.name)
        walls = bodies.map(\.wall)
        momentCenters = bodies.map { domain.middle(of: $0.shape.bounds) }
        frontalAreas = ranges.map { range in
            elements[range].reduce(0) { $0 + max(0, -($1.areaVector * stream.direction).sum()) }
        }
        let owners = zip(ranges, bodies).flatMap { range, body in range.map { _ in body } }
        sampler = WallSampler(flowCase, elements: elements, fluid: FluidCells(flowCase), owners: owners)
        self.elements = elements
        self.ranges = ranges
    }

    /// The same for the bodies where they are at a time; itself where none moves.
    public func moved(to time: Double) -> BodyForces {
        flowCase.hasMovingBodies ? BodyForces(flowCase.moved(to: time)) : self
    }

    /// Force and moment on each body, in the order of the case.
    public func sample(_ computation: any FlowComputation) -> [BodyForce] {
        sample { computation.conservedRow($0, into: $1) }
    }

    /// The state along the surface of each body, in the order of the case.
    public func surface(_ computation: any FlowComputation) -> [BodySurface] {
        surface { computation.conservedRow($0, into: $1) }
    }

    /// The state along the surface of each body in a snapshot.
    public func surface(of snapshot: FlowSnapshot) -> [BodySurface] {
        surface(reading: snapshot.conservedRow)
    }

    /// The same for any source of rows.
    func sample(reading: WallSampler.RowReader) -> [BodyForce] {
        let states = sampler.states(reading: reading)
        return names.indices.map { force($0, states) }
    }

    /// The same for any source of rows.
    func surface(reading: WallSampler.RowReader) -> [BodySurface] {
        let states = sampler.states(reading: reading)
        return names.indices.map { surface($0, states) }
    }

    /// The state at each element.
    func states(reading: WallSampler.RowReader) -> [WallState] { sampler.states(reading: reading) }

    /// Where the surface elements of a body lie, and of which cells their pressure is made: what samples fields that come
    /// from elsewhere.
    public func pressureWeights(body: Int) -> [(center: Point, cells: [(cell: Int, weight: Double)])] {
        ranges[body].map { (elements[$0].center, sampler.pressureWeights($0)) }
    }

    /// Whether an element sees any gas.
    func sees(_ element: Int) -> Bool { sampler.sees(element) }

    private func force(_ body: Int, _ states: [WallState]) -> BodyForce {
        var (pressure, viscous, moment) = (Point(repeating: 0), Point(repeating: 0), Point(repeating: 0))
        for index in ranges[body] {
            let (element, state) = (elements[index], states[index])
            let push = -(state.pressure + state.entropicPressure) * element.areaVector
            let pull = element.areaVector.length * stress(element, state, walls[body])
            pressure += push
            viscous += pull
            moment += (element.center - momentCenters[body]).cross(push + pull)
        }
        let total = pressure + viscous
        let drag = (total * freeStream.direction).sum()
        let lift = (total * freeStream.upward).sum()
        let scale = freeStream.dynamicPressure * frontalAreas[body]
        return BodyForce(
            name: names[body], pressure: pressure, viscous: viscous, moment: moment, drag: drag, lift: lift,
            dragCoefficient: freeStream.speed > 0 ? drag / scale : nil,
            liftCoefficient: freeStream.speed > 0 ? lift / scale : nil, rank: rank)
    }

    /// τ·n = μ(g + (g·n) n/3) with g = ∂u/∂n, u in the frame of the wall: where u = 0 nothing changes along it, so
    /// ∇u = g nᵀ.
    private func stress(_ element: SurfaceElement, _ state: WallState, _ wall: WallKind) -> Point {
        guard case .noSlip(let temperature) = wall, gas.viscosity.isViscous else {
            return Point(repeating: 0)
        }
        let viscosity = gas.viscosity.viscosity(at: temperature ?? state.temperature)
        return viscosity * (state.slope + (state.slope * element.normal).sum() / 3 * element.normal)
    }

    private func surface(_ body: Int, _ states: [WallState]) -> BodySurface {
        let range = ranges[body]
        let own = range.map { (element: elements[$0], state: states[$0]) }
        let stresses = own.map { stress($0.element, $0.state, walls[body]) }
        let axes = Array(CaseVariables.space.prefix(rank)).enumerated().map { (axis: $0, name: $1) }
        var columns: [(String, [Double])] = axes.map { axis, name in
            (name, own.map { $0.element.center[axis] })
        }
        columns += [
            ("arc_length", own.map(\.element.arcLength)), ("contour", own.map { Double($0.element.contour) }),
        ]
        columns += axes.map { axis, name in ("normal_\(name)", own.map { $0.element.normal[axis] }) }
        columns += [
            ("area", own.map(\.element.area)), ("pressure", own.map(\.state.pressure)),
            ("entropic_pressure", own.map(\.state.entropicPressure)),
            ("temperature", own.map(\.state.temperature)),
        ]
        columns += axes.map { axis, name in ("viscous_stress_\(name)", stresses.map { $0[axis] }) }
        let dynamic = freeStream.dynamicPressure
        if dynamic > 0 {
            columns += [
                ("pressure_coefficient", own.map { ($0.state.pressure - freeStream.pressure) / dynamic }),
                ("friction_coefficient", stresses.map { $0.length / dynamic }),
            ]
        }
        return BodySurface(name: names[body], columns: columns)
    }
}

extension Domain {
    /// The middle of the part of a box that lies in the domain.
    func middle(of bounds: Bounds) -> Point {
        var result = Point(repeating: 0)
        for axis in 0..<rank {
            let low = max(bounds.lower[axis], lower[axis])
            let high = min(bounds.upper[axis], upper[axis])
            result[axis] = (low + high) / 2
        }
        return result
    }
}
