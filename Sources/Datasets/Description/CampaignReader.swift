import Flow
import Foundation
import Schema

/// Reads sweep files; every mistake is collected.
struct CampaignReader {
    private let document: Document
    private let base: BaseCase?
    private let root: Section
    private var diagnostics: [Diagnostic] = []

    /// The campaign of a document.
    static func read(_ document: Document) throws(InvalidInput) -> Campaign {
        var reader = CampaignReader(document)
        let campaign = reader.campaign()
        // Samples are made only of what is whole: else one mistake would be reported many times.
        if let campaign, reader.diagnostics.isEmpty { reader.check(campaign) }
        guard let campaign, reader.diagnostics.isEmpty else { throw InvalidInput(reader.diagnostics) }
        return campaign
    }

    private init(_ document: Document) {
        self.document = document
        base = BaseSchema.read(document, &diagnostics)
        let scope = Scope(dimension: base?.flowCase.domain.rank)
        root = Section(document, scope: scope)
        var checker = Checker(
            CampaignSchema.root(document, splitNames: SplitSchema.names(of: document)), scope: scope)
        checker.check(document)
        diagnostics += checker.diagnostics
    }

    private mutating func campaign() -> Campaign? {
        let design = root.section("design")
        let table = DesignSchema.table(design, besides: document.file, &diagnostics)
        let parameters = ParameterSchema.read(
            root.section("parameters"), table: table?.file, tablePath: table?.path ?? "", base: base,
            &diagnostics)
        _ = ParameterOrder(parameters, root.section("parameters"), &diagnostics)
        let families = families()
        let options = DesignSchema.read(
            design, parameters: parameters, rows: table?.file.rows.count, families: families.count,
            &diagnostics)
        let splits = SplitSchema.read(
            root.section("splits"), seed: options.seed, parameters: parameters.map(\.name),
            families: familyNames(), &diagnostics)
        let task = task(parameters, hasFamilies: root.has("geometry"))
        if parameters.isEmpty && families.isEmpty && diagnostics.isEmpty && options.samples > 1 {
            let hint = "add [parameters] or [[geometry]]"
            diagnostics.append(root.diagnostic("design", "all samples would be the same", hint: hint))
        }
        guard let base else { return nil }
        return Campaign(
            file: document.file, text: document.sourceText, title: title, reference: reference, base: base,
            design: options, parameters: parameters, families: families, task: task,
            taskOverrides: TaskSchema.overrides(root.section("task")), splits: splits,
            run: CampaignRunSchema.read(root.section("run")), slurm: SlurmSchema.read(root.section("slurm")))
    }

    private var title: String {
        let name = URL(fileURLWithPath: document.file).deletingPathExtension().lastPathComponent
        return root.section("sweep")[CampaignSchema.title] ?? name
    }

    private var reference: String { root.section("sweep")[CampaignSchema.referenceText] }

    private mutating func task(_ parameters: [CampaignParameter], hasFamilies: Bool) -> SampleTask {
        let domain = base?.flowCase.domain
        // Without a case the names of all dimensions are known, to spare mistakes that are none.
        let rank = domain?.rank ?? 3
        let hasBodies = hasFamilies || (base?.bodyCount ?? 0) > 0
        return SampleTask(
            kind: TaskSchema.read(root.section("task"), end: base?.flowCase.time.end, &diagnostics),
            cells: ChannelSchema.cells(root.section("grid"), domain: domain, &diagnostics),
            inputs: ChannelSchema.inputs(
                root.section("inputs"), rank: rank, hasBodies: hasBodies, parameters: parameters, &diagnostics
            ),
            outputs: ChannelSchema.outputs(root.section("outputs"), rank: rank, &diagnostics))
    }

    private mutating func families() -> [GeometryFamily] {
        guard let base else { return [] }
        let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent().path
        let context = FamilyContext(
            folder: folder, caseFolder: base.folder, dimension: base.flowCase.domain.rank)
        return FamilySchema.read(
            root.sections("geometry"), context, bodyName: base.bodyName, &diagnostics)
    }

    /// The names of all families, also of those that are wrong.
    private func familyNames() -> [String] {
        root.sections("geometry").compactMap { $0.node?["name"]?.text ?? $0.node?["family"]?.text }
    }
}

// MARK: The samples

extension CampaignReader {
    /// Checks the cases of extreme samples, and that there are enough bodies for the splits.
    private mutating func check(_ campaign: Campaign) {
        let recipes = campaign.recipes()
        checkExtremes(campaign, recipes)
        guard campaign.splits.unit == .geometry else { return }
        let bodies = Set(recipes.map(\.geometry)).count
        let plan = campaign.splits
        let wanted = [plan.train, plan.validation, plan.test].count { $0 > 0 }
        guard bodies < wanted, recipes.count >= wanted else { return }
        diagnostics.append(
            root.section("splits").diagnostic(
                root.section("splits").has("by") ? "by" : nil,
                "there are \(bodies) different bodies for \(wanted) splits by geometry",
                hint: "write by = \"sample\" to let splits share bodies, or add families"))
    }

    /// Every parameter has its smallest and its largest value in one of these samples, and every family is there.
    private static func extremes(_ campaign: Campaign, _ recipes: [SampleRecipe]) -> [(
        sample: Int, key: String?
    )] {
        var found: [(sample: Int, key: String?)] = []
        for (index, parameter) in campaign.parameters.enumerated() {
            let isBefore = { (first: SampleRecipe, second: SampleRecipe) in
                first.parameters[index] < second.parameters[index]
            }
            found += [recipes.min(by: isBefore), recipes.max(by: isBefore)].compactMap { $0 }
                .map { ($0.index, parameter.name) }
        }
        for family in campaign.families {
            if let first = recipes.first(where: { $0.family == family.name }) {
                found.append((first.index, nil))
            }
        }
        return found
    }

    private mutating func checkExtremes(_ campaign: Campaign, _ recipes: [SampleRecipe]) {
        var seen: Set<Int> = []
        var messages: Set<String> = []
        let parameters = root.section("parameters")
        for (sample, key) in Self.extremes(campaign, recipes) where seen.insert(sample).inserted {
            do throws(InvalidInput) {
                _ = try campaign.caseFile(of: recipes[sample])
            } catch {
                for problem in error.diagnostics {
                    let section = key.map { _ in parameters } ?? root
                    let culprit = culprit(of: problem, campaign) ?? key
                    let message = Self.message(problem, recipes[sample], campaign)
                    guard messages.insert(problem.key).inserted else { continue }
                    diagnostics.append(
                        section.diagnostic(
                            culprit.flatMap { parameters.has($0) ? $0 : nil }
                                ?? (key == nil ? "geometry" : nil),
                            message, allowed: problem.allowed, hint: problem.hint))
                }
            }
        }
    }

    /// The parameter that a mistake of a case is about.
    private func culprit(of problem: Diagnostic, _ campaign: Campaign) -> String? {
        campaign.parameters.first { $0.name == problem.key || problem.key == "constants.\($0.name)" }?.name
    }

    private static func message(_ problem: Diagnostic, _ recipe: SampleRecipe, _ campaign: Campaign) -> String
    {
        let values = zip(campaign.parameters, recipe.parameters).map { parameter, value in
            parameter.override(value).replacing("constants.", with: "")
        }
        let family = recipe.family.isEmpty ? [] : ["family \(recipe.family)"]
        let sample = (values + family).prefix(8).joined(separator: ", ")
        return "sample \(recipe.index) (\(sample)) makes no valid case: \(problem.key): \(problem.message)"
    }
}
