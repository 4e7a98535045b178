import Schema

/// The root of a case file and `[case]`.
enum CaseSchema {
    private static let title = Key.text("title", "What is computed, for people.").optional(
        otherwise: "the name of the file")
    private static let reference = Key.text("reference", default: "", "Where the problem comes from.")
    private static let tier = Key<CaseTier>.choice(
        "tier", default: .quick, "Whether `hugoniot check-cases` runs it always or on request.")
    private static let factors = Key.integers(
        "factors", 1...1024, .within(2...16),
        "Multiples of `domain.cells` at which the case is rerun to measure its order; ascending.")

    private static let convergence = TableSchema("Reruns that measure the order of convergence.", [factors])
    private static let information = TableSchema(
        "What the case is.",
        [
            title, reference, tier,
            Field("convergence", .table(convergence), "Reruns that measure the order of convergence."),
        ])

    static let root = TableSchema(
        "A case file describes one computation. Numbers may be given as strings with expressions in the names of "
            + "`[constants]`, `pi` and `e`: `upper = [\"2*pi\"]`.",
        [
            Field("case", .table(information), "What the case is."),
            Field("constants", .constants, "Named numbers for all expressions: `mach = 3.0`."),
            Field("gas", .table(GasSchema.table), "The gas."),
            Field("domain", .table(DomainSchema.table), isRequired: true, "The box and its cells."),
            Field("boundaries", .table(BoundarySchema.table), isRequired: true, "What happens at its sides."),
            Field("initial", .table(InitialSchema.table), isRequired: true, "The state at t = 0."),
            Field("body", .list(.table(BodySchema.table), .any), "Solids in the flow, in `[[body]]` tables."),
            Field("numerics", .table(NumericsSchema.table), "Numerical method and precision."),
            Field("time", .table(TimeSchema.table), isRequired: true, "When the computation ends."),
            Field("output", .table(OutputSchema.table), "What is written, and when."),
            Field("probe", .list(.table(ProbeSchema.table), .any), "Points whose state is recorded."),
            Field("exact", .table(ExactSchema.table), "A known solution to compare with."),
            Field(
                "expect", ExpectSchema.kind, "Results and their expected values, for `hugoniot check-cases`."),
        ])

    /// Builds the case from its root; what is wrong is added to the diagnostics.
    ///
    /// - Parameters:
    ///   - fileName: The title of a case that has none.
    ///   - folder: From which relative paths of files start.
    static func read(
        _ root: Section, fileName: String, folder: String, _ diagnostics: inout [Diagnostic]
    ) -> FlowCase {
        let information = root.section("case")
        let domain = DomainSchema.read(root.section("domain"), &diagnostics)
        let base = InitialSchema.readBase(root.section("initial"), &diagnostics)
        let time = TimeSchema.read(root.section("time"))
        return FlowCase(
            title: information[title] ?? fileName,
            reference: information[reference],
            tier: information[tier],
            convergenceFactors: convergenceFactors(information.section("convergence"), &diagnostics),
            gas: GasSchema.read(root.section("gas")),
            domain: domain,
            boundaries: BoundarySchema.read(root.section("boundaries"), base: base, &diagnostics),
            initial: InitialSchema.read(root.section("initial"), base: base, &diagnostics),
            bodies: BodySchema.read(
                root.sections("body"), domain: domain, end: time.end, folder: folder, &diagnostics),
            numerics: NumericsSchema.read(root.section("numerics")),
            time: time,
            output: OutputSchema.read(root.section("output"), end: time.end, &diagnostics),
            probes: ProbeSchema.read(root.sections("probe"), domain: domain, &diagnostics),
            exact: ExactSchema.read(root.section("exact"), &diagnostics),
            expectations: ExpectSchema.read(root.section("expect"), &diagnostics))
    }

    private static func convergenceFactors(_ section: Section, _ diagnostics: inout [Diagnostic]) -> [Int] {
        let values = section[factors]
        if zip(values, values.dropFirst()).contains(where: { $0 >= $1 }) {
            diagnostics.append(
                section.diagnostic("factors", "are not ascending", hint: "for example [1, 2, 4]"))
        }
        return values
    }
}
