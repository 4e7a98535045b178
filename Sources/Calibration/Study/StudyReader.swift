import Foundation
import Schema

extension Study {
    /// Reads a calibration file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - scratch: The folder below which workers have theirs.
    ///   - arrays: Reads HDF5 files; nil where none can be read.
    /// - Throws: `InvalidInput` with everything that is wrong.
    public static func read(
        path: String, scratch: String, arrays: (any ArraySource)? = nil
    ) throws(InvalidInput) -> Study {
        try StudyReader.read(Document(path: path), scratch: scratch, arrays)
    }

    /// Reads the text of a calibration file; `file` is the name that messages give to it.
    public static func read(
        text: String, file: String = "calibration.toml", scratch: String = "",
        arrays: (any ArraySource)? = nil
    ) throws(InvalidInput) -> Study {
        try StudyReader.read(Document(text: text, file: file), scratch: scratch, arrays)
    }

    /// Every key of a calibration file, as Markdown.
    public static var markdown: String { StudySchema.markdown }
}

/// Reads calibration files; every mistake is collected.
struct StudyReader {
    private let document: Document
    private let root: Section
    private let folder: String
    private let scratch: String
    private let arrays: (any ArraySource)?
    private var diagnostics: [Diagnostic] = []

    static func read(
        _ document: Document, scratch: String, _ arrays: (any ArraySource)?
    ) throws(InvalidInput) -> Study {
        var reader = StudyReader(document, scratch: scratch, arrays)
        let study = reader.study()
        guard let study, reader.diagnostics.isEmpty else { throw InvalidInput(reader.diagnostics) }
        return study
    }

    private init(_ document: Document, scratch: String, _ arrays: (any ArraySource)?) {
        self.document = document
        self.arrays = arrays
        self.scratch = scratch
        root = Section(document, scope: Scope())
        folder = URL(fileURLWithPath: document.file).deletingLastPathComponent().path
        var checker = Checker(StudySchema.root, scope: Scope())
        checker.check(document)
        diagnostics = checker.diagnostics
    }

    private mutating func study() -> Study? {
        var parameters = ParameterTable.read(root.section("parameters"), &diagnostics)
        let names = parameters.map(\.name) + SiteTable.sharedSettings(root.sections("site"))
        let model = ModelSchema.read(
            root.section("model"), names: names, folder: folder, scratch: scratch, &diagnostics)
        guard let model, diagnostics.isEmpty else { return nil }
        let surrogate = SurrogateTable.read(
            root.section("surrogate"), beside: model, names: names, folder: folder, scratch: scratch,
            &diagnostics)
        if parameters.isEmpty { parameters = described(model) }
        let entries = SiteTable.read(root.sections("site"), parameters: parameters, &diagnostics)
        guard diagnostics.isEmpty, let space = space(&parameters, entries) else { return nil }
        let sites = sites(entries, space, observed(entries, model))
        let fitted = sites.filter { !$0.isHeldOut }.flatMap(\.observations)
        if !fitted.isEmpty, fitted.allSatisfy({ $0.weight == 0 }) {
            diagnostics.append(
                root.diagnostic(
                    "observations", "all weights are 0: nothing would be fitted",
                    hint: "give the observations that count a weight above 0"))
        }
        let method = root.section("method")
        guard diagnostics.isEmpty, let kind = MethodChoice.read(method) else { return nil }
        if kind.requirement == .residuals, sites.allSatisfy(\.observations.isEmpty) {
            diagnostics.append(
                method.diagnostic(
                    "name", "\(kind.word) needs observations to compare with",
                    hint: "add [[observations]], or choose a method that needs a value only, such as hybrid"))
            return nil
        }
        if surrogate != nil, sites.allSatisfy(\.observations.isEmpty) {
            diagnostics.append(
                root.diagnostic(
                    "surrogate", "can be verified by observations only, and there are none",
                    hint: "add [[observations]], or remove [surrogate]"))
            return nil
        }
        return Study(
            file: document.file, text: document.sourceText, title: title,
            reference: root.section("calibration")[StudySchema.reference], space: space, sites: sites,
            method: kind, options: options(method),
            posterior: PosteriorTable.read(root.section("posterior"), root.section("sensitivity")),
            model: model, surrogate: surrogate, settings: method)
    }

    private var title: String {
        root.section("calibration")[StudySchema.title]
            ?? URL(fileURLWithPath: document.file).deletingPathExtension().lastPathComponent
    }

    private func options(_ method: Section) -> StudyOptions {
        StudyOptions(
            budget: method[StudySchema.budget], target: method[StudySchema.target],
            maximumFailures: method[StudySchema.failures],
            workers: root.section("model")[ModelSchema.workers], seed: UInt64(method[StudySchema.seed]),
            precision: method[StudySchema.precision],
            overdue: ModelSchema.overdue(root.section("model")))
    }

    /// The parameters that a process tells of itself.
    private mutating func described(_ model: ModelDescription) -> [Parameter] {
        do {
            if case .process(let process) = model, let found = try process.describe(), !found.isEmpty {
                return found
            }
            diagnostics.append(
                root.diagnostic(
                    "parameters", "there are none",
                    hint:
                        "add [parameters.NAME] with lower and upper; only a process that answers \"describe\" "
                        + "tells its own"))
        } catch { diagnostics.append(root.section("model").diagnostic("command", "\(error)")) }
        return []
    }

    /// The space of all parameters; those that sites own become one for each site.
    private mutating func space(_ parameters: inout [Parameter], _ entries: [SiteTable.Entry])
        -> ParameterSpace?
    {
        parameters = parameters.flatMap { SiteTable.copies(of: $0, entries) }
        do throws(ParameterError) { return try ParameterSpace(parameters) } catch {
            let base = String(error.parameter.split(separator: "@").first ?? "")
            diagnostics.append(
                root.section("parameters").section(base).diagnostic(error.key, error.message))
            return nil
        }
    }

    /// The observations of every site, by its name.
    private mutating func observed(
        _ entries: [SiteTable.Entry], _ model: ModelDescription
    ) -> [String: [ObservationSet]] {
        var sets: [String: [ObservationSet]] = [:]
        for section in root.sections("observations") {
            guard
                let (site, set) = ObservationTable.read(section, folder: folder, arrays: arrays, &diagnostics)
            else {
                continue
            }
            guard let name = site ?? (entries.count == 1 ? entries[0].name : nil),
                entries.contains(where: { $0.name == name })
            else {
                diagnostics.append(
                    section.diagnostic(
                        "site",
                        site.map { "there is no site \"\($0)\"" } ?? "does not say to which site it belongs",
                        allowed: entries.map(\.name).list))
                continue
            }
            if case .expression(let formulas) = model {
                diagnostics += unknown(set, section, Array(formulas.outputs.keys))
                diagnostics += unplaced(set, section, formulas)
            }
            sets[name, default: []].append(set)
        }
        return sets
    }

    /// Complaints about observations of outputs that the model does not have.
    private func unknown(_ set: ObservationSet, _ section: Section, _ known: [String]) -> [Diagnostic] {
        Set(set.observations.map(\.output)).subtracting(known).sorted().map { name in
            section.diagnostic(
                "output", "the model has no output \"\(name)\"", allowed: known.sorted().list,
                hint: Spelling.closest(to: name, among: known).map { "did you mean \"\($0)\"?" })
        }
    }

    /// Complaints about observations without a coordinate that the formula of their output uses.
    private func unplaced(
        _ set: ObservationSet, _ section: Section, _ formulas: ExpressionDescription
    ) -> [Diagnostic] {
        ExpressionModel.coordinates.compactMap { coordinate in
            let observation = set.observations.first { observation in
                observation.coordinates[coordinate] == nil
                    && formulas.outputs[observation.output]?.uses(coordinate) == true
            }
            return observation.map {
                section.diagnostic(
                    nil,
                    "the formula of \"\($0.output)\" uses \(coordinate), which an observation of it lacks",
                    hint:
                        "observe in a file with a column \"\(coordinate)\", or make \(coordinate) a parameter"
                )
            }
        }
    }

    private mutating func sites(
        _ entries: [SiteTable.Entry], _ space: ParameterSpace, _ sets: [String: [ObservationSet]]
    ) -> [Study.Site] {
        let positions = Dictionary(uniqueKeysWithValues: space.parameters.enumerated().map { ($1.name, $0) })
        let names = space.parameters.map { String($0.name.split(separator: "@")[0]) }
        var unique: [String] = []
        for name in names where !unique.contains(name) { unique.append(name) }
        return entries.map { entry in
            var own = sets[entry.name] ?? []
            ObservationTable.number(&own)
            if own.isEmpty, !sets.isEmpty {
                diagnostics.append(
                    root.diagnostic(
                        "observations", "site \"\(entry.name)\" has none", hint: "add some, or remove it"))
            }
            return Study.Site(
                name: entry.name, settings: entry.settings, sets: own, isHeldOut: entry.isHeldOut,
                bindings: unique.compactMap { name in
                    (positions["\(name)@\(entry.name)"] ?? positions[name]).map {
                        (name: name, parameter: $0)
                    }
                })
        }
    }
}
