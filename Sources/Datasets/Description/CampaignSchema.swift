import Schema

/// The root of a sweep file.
enum CampaignSchema {
    static let title = Key.text("title", "What the campaign is, for people.").optional(
        otherwise: "the name of the file")
    static let referenceText = Key.text("reference", default: "", "Where the problem comes from.")
    private static let sweep = TableSchema("What the campaign is.", [title, referenceText])

    /// The description of a file with these splits of its own.
    static func root(_ document: Document?, splitNames: [String]) -> TableSchema {
        TableSchema(
            "A sweep file describes a campaign: a base case, what differs from sample to sample, and what is kept.",
            [
                Field("sweep", .table(sweep), "What the campaign is."),
                Field(
                    "base", .table(BaseSchema.table(document)), isRequired: true,
                    "The case that samples start from."),
                Field("design", .table(DesignSchema.table), "How many samples, and how they are spread."),
                Field(
                    "parameters", ParameterSchema.kind,
                    "What differs: a dotted key of the case in quotes (`\"gas.gamma\"`), or a name of its "
                        + "`[constants]`; with a number, an expression in other parameters, or a distribution."
                ),
                Field("geometry", .list(.table(FamilySchema.table), .any), "Families of bodies."),
                Field("task", .table(TaskSchema.table), isRequired: true, "What is computed from a case."),
                Field("grid", .table(ChannelSchema.grid), "The grid of the dataset."),
                Field("inputs", .table(ChannelSchema.inputTable), "What a model is given."),
                Field("outputs", .table(ChannelSchema.outputTable), "What a model is to find."),
                Field(
                    "splits", .table(SplitSchema.table(names: splitNames)), "Who learns from which sample."),
                Field("run", .table(CampaignRunSchema.table), "How samples are run."),
                Field("slurm", .table(SlurmSchema.table), "How a cluster under Slurm runs them."),
            ])
    }

    /// Every key, as Markdown.
    static var reference: String {
        Reference.markdown(
            title: "Sweep files",
            introduction:
                "Written from the same description that checks sweep files. Paths start from the folder of "
                + "the sweep file; those within the base case, and within shapes, from the folder of the case.",
            root(nil, splitNames: ["test_NAME"]))
    }
}
