import Schema

/// The root of a calibration file.
enum StudySchema {
    static let title = Key.text("title", "What is calibrated, for people.").optional(
        otherwise: "the name of the file")
    static let reference = Key.text("reference", default: "", "Where the problem comes from.")
    static let budget = Key.integer(
        "budget", 1...1_000_000_000, default: 10_000,
        "Points that may be evaluated, all sites of one together.")
    static let seed = Key.integer("seed", 0...Int.max, default: 1, "Selects all random numbers.")
    static let target = Key.number("target", .any, "A cost that suffices.").optional(
        otherwise: "as small as possible")
    static let failures = Key.integer(
        "maximum_failures", 0...1_000_000_000, "Failed points after which the calibration gives up."
    ).optional(otherwise: "never")
    static let precision = Key.number(
        "precision", .above(0), default: 1e-9,
        "The relative precision of the model's answers; difference quotients take steps by it.")
    private static let information = TableSchema("What the calibration is.", [title, reference])

    static let method = TableSchema(
        "How to search.", [budget, seed, target, failures, precision], tag: "name",
        variants: MethodRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) } + [
            .init(
                stagesWord, "Methods one after the other; each starts at the best point of those before it.",
                [stages])
        ])

    /// The method that is composed in the file.
    static let stagesWord = "stages"
    private static let stages = Field(
        "stage", .list(.table(Composite.stageTable), .within(1...100)), isRequired: true,
        "The methods in their order.")

    static let root = TableSchema(
        "A calibration file describes parameters, a model, what was observed, and how to search.",
        [
            Field("calibration", .table(information), "What the calibration is."),
            Field("model", .table(ModelSchema.table), isRequired: true, "What is calibrated."),
            Field(
                "surrogate", .table(SurrogateTable.table),
                "A cheap model that the search runs on; the true one verifies it."),
            Field(
                "parameters", ParameterTable.kind,
                "Parameters by name; where absent, a process is asked for them."),
            Field("site", .list(.table(SiteTable.table), .any), "Places with observations of their own."),
            Field("observations", .list(.table(ObservationTable.table), .any), "What was observed."),
            Field("method", .table(method), "How to search."),
            Field("posterior", .table(PosteriorTable.posterior), "How sure the parameters are."),
            Field("sensitivity", .table(PosteriorTable.sensitivity), "Which parameters matter at all."),
        ])

    /// Every key, as Markdown.
    static var markdown: String {
        Reference.markdown(
            title: "Calibration files",
            introduction:
                "Written from the same description that checks calibration files. Paths start from the "
                + "folder of the calibration file.", root)
    }
}
