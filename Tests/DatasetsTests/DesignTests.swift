import Datasets
import Testing

@Suite struct DesignTests {
    /// How many samples lie in each of `count` intervals of a coordinate.
    private func histogram(_ values: [Double], _ count: Int) -> [Int] {
        var result = Array(repeating: 0, count: count)
        for value in values { result[min(Int(value * Double(count)), count - 1)] += 1 }
        return result
    }

    private func column(_ points: [[Double]], _ axis: Int) -> [Double] { points.map { $0[axis] } }

    @Test("Without scrambling, Sobol's sequence is the published one") func published() {
        let points = SobolDesign(count: 8, seed: nil).points([nil, nil, nil])
        let known = [
            [0, 0, 0], [0.5, 0.5, 0.5], [0.25, 0.75, 0.75], [0.75, 0.25, 0.25], [0.125, 0.625, 0.375],
            [0.625, 0.125, 0.875], [0.375, 0.375, 0.625], [0.875, 0.875, 0.125],
        ]
        // The order within the sequence is that of the binary code of the index.
        let sorted = { (rows: [[Double]]) in rows.sorted { $0[0] < $1[0] } }
        for (found, wanted) in zip(sorted(points), sorted(known)) {
            for axis in 0..<3 { #expect(abs(found[axis] - wanted[axis]) < 1e-9) }
        }
    }

    @Test(
        "Every block of 2^m samples has one in each of 2^m intervals of each of the 64 coordinates",
        arguments: [nil, 7] as [UInt64?])
    func nets(seed: UInt64?) {
        let axes: [Int?] = Array(repeating: nil, count: SobolDesign.mostDimensions)
        #expect(axes.count == 64)
        let points = SobolDesign(count: 512, seed: seed).points(axes)
        for axis in axes.indices {
            for block in [1, 2, 8, 64, 128, 256, 512] {
                for start in stride(from: 0, to: 512, by: block) {
                    let part = column(Array(points[start..<start + block]), axis)
                    #expect(
                        histogram(part, block).allSatisfy { $0 == 1 }, "axis \(axis), \(block) at \(start)")
                }
            }
        }
    }

    @Test("The first two coordinates are a net: one sample in each of 16 × 16 boxes of 256") func plane() {
        let points = SobolDesign(count: 256, seed: 5).points([nil, nil])
        let boxes = Set(points.map { Int($0[0] * 16) * 16 + Int($0[1] * 16) })
        #expect(boxes.count == 256)
    }

    @Test("No two coordinates of Sobol's sequence are correlated") func independence() {
        let points = SobolDesign(count: 1024, seed: 1).points(Array(repeating: nil, count: 64))
        for first in 0..<64 {
            for second in 0..<first {
                let sum = points.reduce(0.0) { $0 + ($1[first] - 0.5) * ($1[second] - 0.5) }
                #expect(abs(sum / 1024 * 12) < 0.12, "\(first) \(second)")
            }
        }
    }

    @Test("A Latin hypercube has one sample in each interval of each coordinate", arguments: [true, false])
    func hypercube(isMaximin: Bool) {
        let points = LatinHypercubeDesign(count: 37, seed: 2, isMaximin: isMaximin).points([nil, nil, nil])
        for axis in 0..<3 { #expect(histogram(column(points, axis), 37).allSatisfy { $0 == 1 }) }
    }

    @Test("The maximin hypercube is wider than the plain one") func maximin() {
        let plain = LatinHypercubeDesign(count: 30, seed: 2, isMaximin: false).points([nil, nil])
        let wide = LatinHypercubeDesign(count: 30, seed: 2, isMaximin: true).points([nil, nil])
        #expect(
            LatinHypercubeDesign.smallestDistance(wide) > LatinHypercubeDesign.smallestDistance(plain))
    }

    @Test("Random samples are uniform and stay so when more are asked for") func random() {
        let points = RandomDesign(count: 4000, seed: 9).points([nil, nil])
        let mean = column(points, 0).reduce(0, +) / 4000
        #expect(abs(mean - 0.5) < 0.02)
        #expect(RandomDesign(count: 10, seed: 9).points([nil, nil]) == Array(points.prefix(10)))
    }

    @Test("A grid has all combinations, the last coordinate fastest") func grid() {
        let points = GridDesign(seed: 0).points([2, 3])
        #expect(
            points.map { [Int($0[0] * 2), Int($0[1] * 3)] } == [
                [0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2],
            ])
        #expect(GridDesign.count([Int.max, 2]) == nil)
    }

    @Test("Designs depend on the seed, and on nothing else") func seeds() {
        let designs: [(UInt64) -> any SampleDesign] = [
            { SobolDesign(count: 9, seed: $0) }, { RandomDesign(count: 9, seed: $0) },
            { LatinHypercubeDesign(count: 9, seed: $0, isMaximin: true) },
        ]
        for design in designs {
            #expect(design(1).points([nil, nil]) == design(1).points([nil, nil]))
            #expect(design(1).points([nil, nil]) != design(2).points([nil, nil]))
        }
    }
}

@Suite struct DesignDistributionTests {
    /// Values at the middles of equal shares.
    private func values(_ distribution: Distribution, _ count: Int = 2000) -> [Double] {
        (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    @Test("A uniform distribution has its mean in the middle and stays within its ends") func uniform() {
        let found = values(.uniform(lower: 2, upper: 6))
        #expect(abs(mean(found) - 4) < 1e-9)
        #expect(found.allSatisfy { $0 > 2 && $0 < 6 })
    }

    @Test("Half of a log-uniform distribution is below the geometric mean") func logUniform() {
        let distribution = Distribution.logUniform(lower: 1, upper: 100)
        #expect(abs(distribution.quantile(0.5) - 10) < 1e-12)
        #expect(abs(mean(values(distribution)) - 99 / 4.605_170_186) < 1e-3)
    }

    @Test("Quantiles of the normal distribution are those of tables") func normalTables() {
        let normal = Distribution.normal(mean: 0, deviation: 1, lower: nil, upper: nil)
        #expect(abs(normal.quantile(0.5)) < 1e-15)
        #expect(abs(normal.quantile(0.975) - 1.959_963_984_540_054) < 1e-13)
        #expect(abs(normal.quantile(1e-6) + 4.753_424_308_822_899) < 1e-12)
    }

    @Test("A normal distribution has its mean and deviation") func normal() {
        let found = values(.normal(mean: 3, deviation: 0.5, lower: nil, upper: nil), 20_000)
        let average = mean(found)
        let variance = mean(found.map { ($0 - average) * ($0 - average) })
        #expect(abs(average - 3) < 1e-9)
        #expect(abs(variance.squareRoot() - 0.5) < 1e-3)
    }

    @Test("A normal distribution with limits stays within them") func limits() {
        let found = values(.normal(mean: 0, deviation: 1, lower: -0.5, upper: 3))
        #expect(found.allSatisfy { $0 >= -0.5 && $0 <= 3 })
        // (φ(−0.5) − φ(3)) / (Φ(3) − Φ(−0.5))
        #expect(abs(mean(found) - 0.503_8) < 2e-3)
    }

    @Test("Choices and grids have all their values equally often") func levels() {
        #expect(values(.choice([3, 1, 2]), 6) == [3, 3, 1, 1, 2, 2])
        #expect(values(.grid(from: 0, to: 1, count: 3), 3) == [0, 0.5, 1])
        #expect(values(.words(["a", "b"]), 4) == [0, 0, 1, 1])
    }
}
