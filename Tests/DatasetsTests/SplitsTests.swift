import Datasets
import Testing

@Suite struct SplitsTests {
    /// Samples with these bodies, a Mach number that grows, and the family that the body's name starts with.
    private func recipes(_ bodies: [String]) -> [SampleRecipe] {
        bodies.enumerated().map { index, body in
            SampleRecipe(
                index: index, seed: UInt64(index), parameters: [1 + Double(index) / 10], geometry: body,
                family: String(body.prefix(1)), overrides: [])
        }
    }

    private func table(
        _ plan: SplitPlan, _ recipes: [SampleRecipe], isComplete: (Int) -> Bool = { _ in true }
    ) -> SplitTable {
        SplitTable(plan, parameters: ["mach"], recipes: recipes, isComplete: isComplete)
    }

    private let hundred = (0..<100).map { "a\($0)" }

    @Test("Shares are kept, every sample is in one split, and lists are ascending") func shares() {
        let found = table(SplitPlan(seed: 4), recipes(hundred))
        #expect(found.splits.map(\.name) == ["train", "validation", "test"])
        #expect(found.splits.map(\.samples.count) == [70, 15, 15])
        #expect(found.splits.flatMap(\.samples).sorted() == Array(0..<100))
        #expect(found.splits.allSatisfy { $0.samples == $0.samples.sorted() })
        #expect(found.unused.isEmpty)
    }

    @Test("Splits depend on the seed alone") func seeds() {
        let samples = recipes(hundred)
        #expect(table(SplitPlan(seed: 4), samples) == table(SplitPlan(seed: 4), samples))
        #expect(table(SplitPlan(seed: 4), samples) != table(SplitPlan(seed: 5), samples))
    }

    @Test("By geometry, no body is in two splits, whatever the seed", arguments: 0..<20)
    func bodies(seed: UInt64) {
        let samples = recipes((0..<100).map { "a\($0 * $0 % 17)" })
        let found = table(SplitPlan(seed: seed, unit: .geometry), samples)
        let bodies = found.splits.map { Set($0.samples.map { samples[$0].geometry }) }
        #expect(bodies[0].isDisjoint(with: bodies[1]))
        #expect(bodies[0].isDisjoint(with: bodies[2]))
        #expect(bodies[1].isDisjoint(with: bodies[2]))
        #expect(bodies.allSatisfy { !$0.isEmpty })
        #expect(found["train"].count > 45)
    }

    @Test("Samples out of distribution are in no part of the training") func expression() {
        let plan = SplitPlan(
            outOfDistribution: [.init(name: "test_mach", rule: .expression("mach > 8.95"))])
        let found = table(plan, recipes(hundred))
        #expect(found["test_mach"] == Array(80..<100))
        #expect(found["train"].count == 56)
        #expect(Set(found["train"] + found["validation"] + found["test"]).isDisjoint(with: 80..<100))
    }

    @Test("A family that is held out is in its split and nowhere else") func families() {
        let samples = recipes((0..<60).map { $0 % 3 == 0 ? "b\($0)" : "a\($0)" })
        let plan = SplitPlan(
            unit: .geometry, outOfDistribution: [.init(name: "test_geometry", rule: .families(["b"]))])
        let found = table(plan, samples)
        #expect(found["test_geometry"] == stride(from: 0, to: 60, by: 3).map { $0 })
        #expect(found["train"].allSatisfy { samples[$0].family == "a" })
    }

    @Test("A sample may be out of distribution in two ways") func both() {
        let plan = SplitPlan(outOfDistribution: [
            .init(name: "test_high", rule: .expression("mach > 5")),
            .init(name: "test_higher", rule: .expression("mach > 8")),
        ])
        let found = table(plan, recipes(hundred))
        #expect(Set(found["test_higher"]).isSubset(of: found["test_high"]))
        #expect(!found["test_higher"].isEmpty)
    }

    @Test("By geometry, a body that is learnt from is in no test out of distribution", arguments: 0..<10)
    func noLeak(seed: UInt64) {
        let samples = recipes((0..<100).map { "a\($0 % 10)" })
        let plan = SplitPlan(
            seed: seed, unit: .geometry,
            outOfDistribution: [.init(name: "test_mach", rule: .expression("mach > 6"))])
        let found = table(plan, samples)
        let learnt = Set((found["train"] + found["validation"]).map { samples[$0].geometry })
        #expect(found["test_mach"].allSatisfy { !learnt.contains(samples[$0].geometry) })
        #expect(!found["test_mach"].isEmpty)
        #expect(found.unused.allSatisfy { learnt.contains(samples[$0].geometry) })
        #expect((found.splits.flatMap(\.samples) + found.unused).sorted() == Array(0..<100))
    }

    @Test("A sample that failed is in no split, and moves no other one") func failures() {
        let plan = SplitPlan(
            seed: 1, outOfDistribution: [.init(name: "test_mach", rule: .expression("mach > 8"))])
        let whole = table(plan, recipes(hundred))
        let part = table(plan, recipes(hundred)) { $0 % 7 != 0 }
        for split in whole.splits {
            #expect(part[split.name] == split.samples.filter { $0 % 7 != 0 }, "\(split.name)")
        }
    }

    @Test("A campaign with families is split by geometry, and leaks none") func campaign() throws {
        let text = SweepText.sweep(
            design: "samples = 60",
            more: SweepText.families.replacing("radius = 0.3", with: "radius = 0.3\ncount = 5")
                + "[splits]\ntest_mach = \"mach > 3.5\"\ntest_geometry = [\"airfoils\"]\n")
        let campaign = try SweepText.campaign(text)
        let samples = campaign.recipes()
        let found = SplitTable(campaign.splits, parameters: campaign.parameters.map(\.name), recipes: samples)
        #expect(campaign.splits.unit == .geometry)
        let bodies = found.splits.map { Set($0.samples.map { samples[$0].geometry }) }
        #expect(bodies[0].isDisjoint(with: bodies[1]))
        for other in bodies.dropFirst(2) { #expect(other.isDisjoint(with: bodies[0].union(bodies[1]))) }
        #expect(
            found["train"].allSatisfy { samples[$0].parameters[0] <= 3.5 && samples[$0].family != "airfoils" }
        )
        #expect(found.splits.allSatisfy { !$0.samples.isEmpty })
    }
}
