import Flow
import Schema

/// A campaign as a sweep file describes it: a base case, what differs from sample to sample, and what is kept.
public struct Campaign: Sendable {
    /// The path of the sweep file, as messages name it.
    public let file: String
    /// The text of the sweep file, for provenance.
    public let text: String
    /// What the campaign is, for people.
    public var title: String
    /// Where the problem comes from.
    public var reference: String
    /// The case that every sample starts from.
    public let base: BaseCase
    /// How samples are spread.
    public var design: DesignOptions
    /// What differs from sample to sample, in the order of ``SampleRecipe/parameters``.
    public let parameters: [CampaignParameter]
    /// Families of bodies; empty where all samples have the bodies of the base case.
    public let families: [GeometryFamily]
    /// What is computed of every sample, and what of it is kept.
    public var task: SampleTask
    /// Overrides of every sample that the task needs, such as a new end of its time.
    public let taskOverrides: [String]
    /// Who learns from which sample.
    public var splits: SplitPlan
    /// How samples are run.
    public var run: CampaignRunOptions
    /// How a cluster runs them.
    public var slurm: SlurmOptions

    /// Reads a sweep file.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong with the file, and with the case that its extreme
    ///   samples make.
    public static func read(path: String) throws(InvalidInput) -> Campaign {
        try CampaignReader.read(Document(path: path))
    }

    /// Reads the text of a sweep file.
    ///
    /// - Parameters:
    ///   - text: TOML.
    ///   - file: The name that messages give to it; relative paths start from its folder.
    /// - Throws: `InvalidInput` as ``read(path:)`` does.
    public static func read(text: String, file: String = "sweep.toml") throws(InvalidInput) -> Campaign {
        try CampaignReader.read(Document(text: text, file: file))
    }

    /// Every key of a sweep file, as Markdown.
    public static var reference: String { CampaignSchema.reference }

    /// The files of bodies that its families read, in their order.
    public var inputFiles: [String] { families.flatMap(\.members.files) }

    /// The samples, in their order: the same for the same file, to the byte.
    public func recipes() -> [SampleRecipe] { RecipeWriter(self).recipes() }

    /// The case of a sample.
    ///
    /// - Throws: `InvalidInput` where the values of the sample make no valid case.
    public func caseFile(of recipe: SampleRecipe) throws(InvalidInput) -> CaseFile {
        try base.read(overrides: recipe.overrides)
    }

    /// The text of the case of a sample; files that it names are relative to the folder of the base case.
    ///
    /// - Throws: `InvalidInput` where the values of the sample make no valid case.
    public func caseText(of recipe: SampleRecipe) throws(InvalidInput) -> String {
        try caseFile(of: recipe).text
    }
}
