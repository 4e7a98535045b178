import Numerics

/// The moves of differential evolution (Storn & Price 1997, doi:10.1023/A:1008202821328).
struct DifferentialMove {
    /// The population from which differences are drawn.
    let population: Population

    /// x_r0 + F (x_r1 − x_r2), crossed with x_i.
    func random(_ index: Int, factor: Double, crossover: Double, _ random: inout RandomStream) -> [Double] {
        let others = distinct(3, except: index, &random).map { population.points[$0] }
        let mutant = others[0].adding(factor, others[1].subtracting(others[2]))
        return crossed(population.points[index], mutant, crossover, &random)
    }

    /// x_i + F (x_p − x_i) + F (x_r1 − x_r2) with one of the best p = 20 %, crossed with x_i
    /// (Zhang & Sanderson 2009, doi:10.1109/TEVC.2009.2014613).
    func towardsBest(
        _ index: Int, ranking: [Int], factor: Double, crossover: Double, _ random: inout RandomStream
    ) -> [Double] {
        let point = population.points[index]
        let leader = population.points[ranking[random.below(max(1, ranking.count / 5))]]
        let others = distinct(2, except: index, &random).map { population.points[$0] }
        let mutant = point.adding(factor, leader.subtracting(point))
            .adding(factor, others[0].subtracting(others[1]))
        return crossed(point, mutant, crossover, &random)
    }

    /// Binomial crossover; at least one coordinate is the mutant's. The result is mirrored into the cube.
    private func crossed(
        _ parent: [Double], _ mutant: [Double], _ rate: Double, _ random: inout RandomStream
    ) -> [Double] {
        let forced = random.below(parent.count)
        return mirrored(
            parent.indices.map { random.uniform() < rate || $0 == forced ? mutant[$0] : parent[$0] })
    }

    private func distinct(_ count: Int, except index: Int, _ random: inout RandomStream) -> [Int] {
        var chosen: [Int] = []
        // With too few points to choose from, repetitions are better than none.
        while chosen.count < count {
            let candidate = random.below(population.count)
            let isNew = candidate != index && !chosen.contains(candidate)
            if isNew || population.count < count + 2 { chosen.append(candidate) }
        }
        return chosen
    }
}
