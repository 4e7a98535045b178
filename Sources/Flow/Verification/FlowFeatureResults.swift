/// `shock.position` in one dimension: the largest x at which the density falls as across a shock;
/// `shock.radius` otherwise: the same for averages over shells about the origin.
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

    /// The outermost local extreme of −dρ/dr that is at least half as steep as the steepest, by a parabola
    /// through it.
    private static func front(_ profile: [(place: Double, density: Double)]) -> Double {
        let slopes = zip(profile, profile.dropFirst()).map { inner, outer in
            (
                place: (inner.place + outer.place) / 2,
                fall: (inner.density - outer.density) / (outer.place - inner.place)
            )
        }
        let steepest = maximum(slopes.map(\.fall))
        let candidates = slopes.indices.dropFirst().dropLast().filter {
            slopes[$0].fall >= steepest / 2 && slopes[$0].fall >= slopes[$0 - 1].fall
                && slopes[$0].fall >= slopes[$0 + 1].fall
        }
        guard steepest > 0, let index = candidates.last else { return .nan }
        let (before, here, after) = (slopes[index - 1].fall, slopes[index].fall, slopes[index + 1].fall)
        let curvature = before - 2 * here + after
        let shift = curvature < 0 ? (before - after) / (2 * curvature) : 0
        return slopes[index].place + shift * (slopes[index + 1].place - slopes[index].place)
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
