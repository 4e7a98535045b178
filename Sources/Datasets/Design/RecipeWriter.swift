import Numerics
import Schema

/// Makes the samples of a campaign.
struct RecipeWriter {
    private let campaign: Campaign
    private let order: ParameterOrder

    init(_ campaign: Campaign) {
        self.campaign = campaign
        var ignored: [Diagnostic] = []
        order = ParameterOrder(campaign.parameters, nil, &ignored)
    }

    /// The coordinates of the design: the parameters that have a distribution, then the choice of a family where
    /// there are several.
    static func axes(_ parameters: [CampaignParameter], families: Int) -> [Int?] {
        let sampled = parameters.filter { !$0.distribution.isExpression }
        return sampled.map(\.distribution.levels) + (families > 1 ? [nil] : [])
    }

    /// All samples.
    func recipes() -> [SampleRecipe] {
        let axes = Self.axes(campaign.parameters, families: campaign.families.count)
        var used = campaign.families.map { _ in 0 }
        return campaign.design.design.points(axes).enumerated().map { index, point in
            recipe(index, point, &used)
        }
    }

    private func recipe(_ index: Int, _ point: [Double], _ used: inout [Int]) -> SampleRecipe {
        let seed = campaign.design.seed
        let values = values(at: point)
        var overrides = campaign.taskOverrides
        var geometry = ""
        var name = ""
        if let family = family(at: point, index) {
            let member = campaign.families[family].member(used[family], seed: seed, family: family)
            used[family] += 1
            (geometry, name) = (member.form, campaign.families[family].name)
            overrides.append(
                campaign.base.bodyCount > 0 ? "body.0=\(member.table)" : "body=[\(member.table)]")
        } else {
            geometry = bodyText(values)
        }
        overrides += zip(campaign.parameters, values).map { $0.override($1) }
        return SampleRecipe(
            index: index, seed: sampleSeed(index), parameters: values, geometry: geometry, family: name,
            overrides: overrides)
    }

    private func values(at point: [Double]) -> [Double] {
        var coordinates = point.makeIterator()
        var values = campaign.parameters.map { parameter in
            parameter.distribution.isExpression
                ? Double.nan : parameter.distribution.quantile(coordinates.next() ?? 0.5)
        }
        order.complete(&values)
        return values
    }

    /// The family of a sample: the one whose interval, as long as its weight, the last coordinate lies in.
    private func family(at point: [Double], _ index: Int) -> Int? {
        let weights = campaign.families.map(\.weight)
        guard weights.count > 1 else { return weights.isEmpty ? nil : 0 }
        var share = coordinate(of: point, index) * weights.reduce(0, +)
        for (family, weight) in weights.enumerated() {
            if share < weight { return family }
            share -= weight
        }
        return weights.count - 1
    }

    /// In a table all coordinates are the place of the row; its families are drawn at random.
    private func coordinate(of point: [Double], _ index: Int) -> Double {
        guard campaign.design.kind == .csv else { return point.last ?? 0.5 }
        let stream = RandomPurpose.family.stream(index)
        var random = RandomStream(seed: campaign.design.seed, stream: stream)
        return random.uniform()
    }

    /// What tells the bodies of samples apart that have those of the base case: the parameters that change them.
    private func bodyText(_ values: [Double]) -> String {
        zip(campaign.parameters, values).filter { $0.0.name.hasPrefix("body.") }
            .map { "\($0.0.name)=\(CampaignParameter.text($0.1))" }.joined(separator: " ")
    }

    /// A number of 63 bits, so that it is positive in files whose integers have a sign.
    private func sampleSeed(_ index: Int) -> UInt64 {
        let seed = campaign.design.seed
        let key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        let purpose = UInt32(RandomPurpose.sample.rawValue)
        let block = Philox4x32.block(
            counter: SIMD4(UInt32(truncatingIfNeeded: index), 0, 0, purpose), key: key)
        return (UInt64(block.y) << 32 | UInt64(block.x)) >> 1
    }
}
