import Schema

/// `[design]`
enum DesignSchema {
    private enum Criterion: String, CaseIterable {
        case maximin, plain
    }

    static let mostSamples = 10_000_000
    private static let kind = Key<DesignKind>.choice("kind", default: .sobol, "How samples are spread.")
    private static let samples = Key.integer(
        "samples", 1...mostSamples, "Number of samples; needed for sobol, latin-hypercube and random."
    ).optional(otherwise: "all combinations, or all rows")
    private static let seed = Key.integer(
        "seed", 0...Int.max, default: 0, "Selects all random numbers of the campaign.")
    private static let criterion = Key<Criterion>.choice(
        "criterion", default: .maximin, "Latin hypercubes: the widest of several, or the first one.")
    private static let file = Key.text(
        "file",
        "Tables: comma-separated values under a line of parameter names; from the folder of this file."
    ).optional(otherwise: "needed for csv")

    static let table = TableSchema(
        "How many samples there are, and how they are spread.", [kind, samples, seed, criterion, file])

    /// The table that the design names; nil where it names none, or it is wrong, which is reported.
    static func table(
        _ section: Section, besides sweepFile: String, _ diagnostics: inout [Diagnostic]
    ) -> (file: TableFile, path: String)? {
        guard section[kind] == .csv else {
            if section.has("file") {
                diagnostics.append(section.diagnostic("file", "is for kind = \"csv\" only"))
            }
            return nil
        }
        guard let name = section[file] else {
            diagnostics.append(section.diagnostic("kind", "needs a file", hint: "add file = \"samples.csv\""))
            return nil
        }
        let path = BaseSchema.resolved(name, besides: sweepFile)
        do throws(InvalidInput) {
            return (try TableFile(path: path), path)
        } catch {
            diagnostics += error.diagnostics
            return nil
        }
    }

    /// The design, with as many samples as the parameters make.
    static func read(
        _ section: Section, parameters: [CampaignParameter], rows: Int?, families: Int,
        _ diagnostics: inout [Diagnostic]
    ) -> DesignOptions {
        var options = DesignOptions(
            kind: section[kind], samples: section[samples] ?? 1, seed: UInt64(section[seed]),
            isMaximin: section[criterion] == .maximin, file: section[file])
        if section.has("criterion"), options.kind != .latinHypercube {
            diagnostics.append(section.diagnostic("criterion", "is for kind = \"latin-hypercube\" only"))
        }
        let axes = RecipeWriter.axes(parameters, families: families)
        switch options.kind {
        case .grid: options.samples = gridCount(parameters, axes, section, &diagnostics)
        case .csv:
            if rows != nil { checkColumns(parameters, section, &diagnostics) }
            options.samples = rows ?? 1
        default:
            if !section.has("samples") {
                diagnostics.append(
                    section.diagnostic("samples", "missing key", allowed: "an integer 1 … \(mostSamples)"))
            }
            checkDimensions(options.kind, axes.count, section, &diagnostics)
            return options
        }
        if let wanted = section[samples], wanted != options.samples {
            let found = options.kind == .grid ? "all combinations are" : "the table has"
            diagnostics.append(
                section.diagnostic(
                    "samples", "\(wanted), but \(found) \(options.samples)", hint: "remove the key"))
        }
        return options
    }

    private static func checkDimensions(
        _ kind: DesignKind, _ count: Int, _ section: Section, _ diagnostics: inout [Diagnostic]
    ) {
        guard kind == .sobol, count > SobolDesign.mostDimensions else { return }
        diagnostics.append(
            section.diagnostic(
                "kind", "a Sobol sequence for \(count) parameters",
                allowed: "up to \(SobolDesign.mostDimensions)",
                hint: "use kind = \"latin-hypercube\""))
    }

    private static func gridCount(
        _ parameters: [CampaignParameter], _ axes: [Int?], _ section: Section,
        _ diagnostics: inout [Diagnostic]
    ) -> Int {
        for parameter in parameters
        where !parameter.distribution.isExpression && parameter.distribution.levels == nil {
            diagnostics.append(
                section.diagnostic(
                    "kind", "a grid has no place for the distribution of \(parameter.name)",
                    allowed: "grid, choice and expression",
                    hint: "write \"\(parameter.name)\" = { grid = [from, to, count] }"))
        }
        guard let count = GridDesign.count(axes), count <= mostSamples else {
            diagnostics.append(
                section.diagnostic("kind", "has too many combinations", allowed: "up to \(mostSamples)"))
            return 1
        }
        return count
    }

    private static func checkColumns(
        _ parameters: [CampaignParameter], _ section: Section, _ diagnostics: inout [Diagnostic]
    ) {
        for parameter in parameters {
            switch parameter.distribution {
            case .column, .expression: break
            default:
                diagnostics.append(
                    section.diagnostic(
                        "kind", "\(parameter.name) has a distribution, and the samples come from a table",
                        hint: "make it a column of the table, or an expression"))
            }
        }
    }
}
