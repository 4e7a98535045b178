import Archive
import Flow

/// Writes what the gas does to the bodies of a case: forces while the run goes on, the state at the walls and
/// the oscillation of the lift at its end.
struct ForceRecorder {
    private let bodies: [Body]
    private let forces: BodyForces
    private let lengths: [Double]

    /// - Returns: nil where the case has no bodies.
    init?(_ flowCase: FlowCase) {
        guard !flowCase.bodies.isEmpty else { return nil }
        bodies = flowCase.bodies
        forces = BodyForces(flowCase)
        lengths = forces.crossLengths
    }

    /// Adds a row for every body. Throws `ArchiveError`.
    func record(_ computation: any FlowComputation, to writer: RunFileWriter) throws {
        let forces = forces.moved(to: computation.time)
        for (index, force) in forces.sample(computation).enumerated() {
            try writer.appendForces(
                force.name, time: computation.time,
                values: columns(force, hasArea: forces.frontalAreas[index] > 0))
        }
    }

    /// The whole force first, then its parts. A body that no gas touches has no area, and no coefficients.
    private func columns(_ force: BodyForce, hasArea: Bool) -> [(String, Double)] {
        let parts = force.columns.filter { hasArea || !$0.0.hasSuffix("_coefficient") }
        let axes = parts.compactMap { name, _ in
            name.hasPrefix("pressure_force_") ? String(name.dropFirst("pressure_force_".count)) : nil
        }
        let whole = axes.enumerated().map { ("force_\($1)", force.pressure[$0] + force.viscous[$0]) }
        return whole + parts
    }

    /// Writes the walls in the last state, and what the whole series tell. Throws `ArchiveError`.
    func finish(_ computation: any FlowComputation, to writer: RunFileWriter) throws {
        for surface in forces.moved(to: computation.time).surface(computation)
        where surface.columns.first?.1.isEmpty == false {
            try writer.writeSurface(
                surface.name, columns: surface.columns.map { (name: $0.0, values: $0.1) },
                attributes: reference.merging(["time": .real(computation.time)]) { $1 })
        }
        for (index, body) in bodies.enumerated() {
            let series = try writer.forces(body.name)
            try writer.writeForceAttributes(body.name, summary(index, series))
        }
    }

    private var reference: [String: AttributeValue] {
        let stream = forces.freeStream
        return [
            "reference_density": .real(stream.density), "reference_speed": .real(stream.speed),
            "reference_pressure": .real(stream.pressure), "reference_mach": .real(stream.mach),
            "dynamic_pressure": .real(stream.dynamicPressure),
        ]
    }

    private func summary(_ index: Int, _ series: [String: [Double]]) -> [String: AttributeValue] {
        let center = forces.momentCenters[index]
        var result = reference
        result["frontal_area"] = .real(forces.frontalAreas[index])
        result["moment_center"] = .reals([center.x, center.y, center.z])
        result["wall"] = bodies[index].wall == .slip ? "slip" : "no-slip"
        guard let time = series["time"], let lift = series["lift"], let drag = series["drag"],
            let oscillation = LiftOscillation(time: time, lift: lift, drag: drag)
        else { return result }
        result["lift_frequency"] = .real(oscillation.frequency)
        result["lift_amplitude"] = .real(oscillation.amplitude)
        guard forces.freeStream.speed > 0, lengths[index] > 0 else { return result }
        result["strouhal"] = .real(oscillation.frequency * lengths[index] / forces.freeStream.speed)
        return result
    }
}
