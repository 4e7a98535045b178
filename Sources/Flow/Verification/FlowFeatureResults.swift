/// `shock.position` (in one dimension: the largest x) and `shock.radius` (the largest distance from the origin, of shell
/// averages) at which the density lies half way between that ahead of the outermost front and its peak.
enum ShockResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        flowCase.domain.rank == 1
            ? [CaseResult("shock.position") { front(line($0.main.final)) }]
            : [CaseResult("shock.radius") { front(shells($0.main.final)) }]
    }

    private static func line(_ snapshot: FlowSnapshot) -> [(place: Double, density: Double)] {
        zip((0..<snapshot.count).map { snapshot.domain.center(0, $0) }, snapshot.field("density"))
            .map { ($0, $1) }
    }

    /// Means over shells one cell thick, out to the nearest side of the domain.
    private static func shells(_ snapshot: FlowSnapshot) -> [(place: Double, density: Double)] {
        let domain = snapshot.domain
        let width = domain.spacing(0)
        // Beyond the first side that a sphere about the origin meets, shells are incomplete.
        let reach = (0..<domain.rank).map { domain.upper[$0] }.min() ?? 0
        var sums = [(radius: Double, density: Double, cells: Double)](
            repeating: (0, 0, 0), count: max(1, Int(reach / width)))
        for (cell, density) in snapshot.field("density").enumerated() {
            let radius = snapshot.center(cell).reduce(0) { $0 + $1 * $1 }.squareRoot()
            let shell = Int(radius / width)
            guard shell < sums.count else { continue }
            sums[shell].radius += radius
            sums[shell].density += density
            sums[shell].cells += 1
        }
        return sums.filter { $0.cells > 0 }.map { ($0.radius / $0.cells, $0.density / $0.cells) }
    }

    private static func front(_ profile: [(place: Double, density: Double)]) -> Double {
        guard let ahead = profile.last?.density, let peak = profile.map(\.density).max() else { return .nan }
        let level = (ahead + peak) / 2
        guard let index = profile.lastIndex(where: { $0.density >= level }), index + 1 < profile.count else {
            return .nan
        }
        let (inner, outer) = (profile[index], profile[index + 1])
        return inner.place + (inner.density - level) / (inner.density - outer.density)
            * (outer.place - inner.place)
    }
}

/// `dissipation.peak` and `dissipation.peak_time`: the largest −dE_k/dt of the mean kinetic energy, and when.
enum DissipationResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        [
            CaseResult("dissipation.peak", need: .energyHistory) { peak($0.main)?.rate ?? .nan },
            CaseResult("dissipation.peak_time", need: .energyHistory) { peak($0.main)?.time ?? .nan },
        ]
    }

    private static func peak(_ run: RunEvidence) -> (time: Double, rate: Double)? {
        let energy = run.kineticEnergy
        // Over five samples: acoustic waves exchange kinetic and internal energy at a higher frequency.
        return zip(energy, energy.dropFirst(4)).map { first, last in
            ((first.time + last.time) / 2, (first.value - last.value) / (last.time - first.time))
        }.max { $0.rate < $1.rate }
    }
}
