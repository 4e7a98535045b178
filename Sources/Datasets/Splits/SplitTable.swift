import Numerics

/// Which sample is in which split.
///
/// Splits are made of all samples that were planned; those that failed are then left out. So a sample never moves
/// to another split because a different one failed.
public struct SplitTable: Sendable, Equatable {
    /// A named list of samples.
    public struct Split: Sendable, Equatable {
        /// `train`, `validation`, `test` or `test_…`.
        public let name: String
        /// The indices of its samples, ascending.
        public let samples: [Int]
    }

    /// In the order of ``SplitPlan/names``.
    public let splits: [Split]
    /// Samples that are out of distribution, but have a body that is learnt from: they are in no split.
    public let unused: [Int]

    /// The samples of a split; none where there is no such split.
    public subscript(name: String) -> [Int] { splits.first { $0.name == name }?.samples ?? [] }

    /// Distributes samples.
    ///
    /// - Parameters:
    ///   - plan: What to distribute by.
    ///   - parameters: The names of the parameters, in the order of ``SampleRecipe/parameters``.
    ///   - recipes: All samples that were planned.
    ///   - isComplete: Whether the sample of an index did not fail.
    public init(
        _ plan: SplitPlan, parameters: [String], recipes: [SampleRecipe],
        isComplete: (Int) -> Bool = { _ in true }
    ) {
        let special = plan.outOfDistribution.map { Self.members($0.rule, parameters, recipes) }
        let isSpecial = recipes.indices.map { sample in special.contains { $0[sample] } }
        let groups = Self.groups(plan.unit, recipes)
        let home = Self.homes(groups, isSpecial, plan)
        var lists: [[Int]] = plan.names.map { _ in [] }
        var unused: [Int] = []
        for sample in recipes.indices where isComplete(recipes[sample].index) {
            let index = recipes[sample].index
            if !isSpecial[sample] {
                lists[home[sample] ?? 0].append(index)
            } else if (home[sample] ?? 2) == 2 {
                for (rule, members) in special.enumerated() where members[sample] {
                    lists[3 + rule].append(index)
                }
            } else {
                unused.append(index)
            }
        }
        splits = zip(plan.names, lists).map { Split(name: $0, samples: $1.sorted()) }
        self.unused = unused.sorted()
    }

    /// For each sample whether a rule is true.
    private static func members(
        _ rule: SplitPlan.Rule, _ parameters: [String], _ recipes: [SampleRecipe]
    ) -> [Bool] {
        switch rule {
        case .families(let names): return recipes.map { names.contains($0.family) }
        case .expression(let text):
            guard let read = try? ParameterExpression(text, parameters) else {
                return recipes.map { _ in false }
            }
            return recipes.map { read.expression.evaluate($0.parameters) != 0 }
        }
    }

    /// Places of samples that stay together, in the order of their first samples.
    private static func groups(_ unit: SplitPlan.Unit, _ recipes: [SampleRecipe]) -> [[Int]] {
        guard unit == .geometry else { return recipes.indices.map { [$0] } }
        var places: [String: Int] = [:]
        var groups: [[Int]] = []
        for (sample, recipe) in recipes.enumerated() {
            if let place = places[recipe.geometry] {
                groups[place].append(sample)
            } else {
                places[recipe.geometry] = groups.count
                groups.append([sample])
            }
        }
        return groups
    }

    /// For each sample the split of its group among train (0), validation (1) and test (2); nil where all of its
    /// group is out of distribution.
    private static func homes(_ groups: [[Int]], _ isSpecial: [Bool], _ plan: SplitPlan) -> [Int?] {
        var random = RandomStream(seed: plan.seed, stream: RandomPurpose.splits.stream(0))
        let order = random.permutation(groups.count).map { groups[$0] }
        let sizes = order.map { group in group.count { !isSpecial[$0] } }
        let total = sizes.reduce(0, +)
        // What each split still wants; the one that wants most gets the next group.
        var wanted = [plan.train, plan.validation, plan.test].map { $0 * Double(total) }
        // Each split gets a group first, so that few large groups leave none of them empty.
        var empty = wanted.indices.filter { wanted[$0] > 0 }
        var homes: [Int?] = isSpecial.map { _ in nil }
        for (group, size) in zip(order, sizes) where size > 0 {
            let goal =
                empty.isEmpty ? wanted.indices.max { wanted[$0] < wanted[$1] } ?? 0 : empty.removeFirst()
            wanted[goal] -= Double(size)
            for sample in group { homes[sample] = goal }
        }
        return homes
    }
}
