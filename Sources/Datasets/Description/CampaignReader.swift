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
        if let campaign, reader.diagnostics.isEmpty {
            var checker = SampleChecker(campaign, reader.root)
            reader.diagnostics += checker.diagnostics()
        }
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
        diagnostics += checker.diagnostics.map(Self.withQuotes)
    }

    /// `gas.gamma = …` without quotes is a table in TOML; the message says what was meant.
    private static func withQuotes(_ diagnostic: Diagnostic) -> Diagnostic {
        let path = diagnostic.key.split(separator: ".")
        guard path.count > 2, path[0] == "parameters", diagnostic.message == "unknown key" else {
            return diagnostic
        }
        let name = path.dropFirst().joined(separator: ".")
        guard case .success = CaseKeys.field(name) else { return diagnostic }
        var result = diagnostic
        result.allowed = nil
        result.hint = "write \"\(name)\" in quotes"
        return result
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
