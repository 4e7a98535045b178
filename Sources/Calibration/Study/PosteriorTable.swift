import Schema

/// What is asked of a calibration besides the best point.
public struct PosteriorOptions: Sendable {
    /// How the posterior is sampled.
    public enum Sampling: String, Sendable, CaseIterable {
        /// Not at all: the normal approximation only.
        case none
        /// Affine-invariant stretch moves.
        case stretch
        /// Adaptive Metropolis walks.
        case metropolis
        /// Hamiltonian walks with the gradient of the model.
        case hamiltonian
    }

    /// How sensitivities over the whole range are found.
    public enum Screening: String, Sendable, CaseIterable {
        /// Not at all.
        case none
        /// Elementary effects.
        case morris
        /// Shares of the variance.
        case sobol
    }

    /// Points that all of it may take together; nil: as many as it asks for.
    public var budget: Int?
    /// How the posterior is sampled.
    public var sampling: Sampling
    /// Draws of each chain or walker.
    public var draws: Int
    /// Leapfrog steps of a Hamiltonian trajectory at most.
    public var leaps: Int
    /// Draws at which the model predicts observations anew; 0 leaves predictions to the normal approximation.
    public var predictiveDraws: Int
    /// Whether profile likelihoods are computed.
    public var hasProfiles: Bool
    /// How sensitivities are found.
    public var screening: Screening
    /// Walks (morris) or samples (sobol).
    public var screeningSamples: Int
}

/// `[posterior]` and `[sensitivity]`
enum PosteriorTable {
    private static let budget = Key.integer(
        "budget", 1...1_000_000_000,
        "Points that derivatives, profiles, draws and sensitivities may take together, besides the budget of the search."
    ).optional(otherwise: "as many as they ask for; how many is told before the first run")
    private static let sampling = Key<PosteriorOptions.Sampling>.choice(
        "sampler", default: .none,
        "How the posterior is sampled, besides the normal approximation; hamiltonian needs a model with derivatives: "
            + "surrogate or expression.")
    private static let draws = Key.integer(
        "draws", 10...10_000_000, default: 400,
        "Draws of each walker or chain; the first half is the burn-in.")
    private static let leaps = Key.integer(
        "leaps", 1...10_000, default: 60, "Leapfrog steps of a trajectory of hamiltonian at most.")
    private static let predictive = Key.integer(
        "predictive_draws", 0...1_000_000, default: 100,
        "Draws of the sampler at which observations are predicted anew; 0 leaves the bands to the normal approximation."
    )
    private static let profiles = Key.flag(
        "profiles", default: false, "Profile likelihoods: the least cost with each parameter held.")
    private static let screening = Key<PosteriorOptions.Screening>.choice(
        "kind", default: .none, "Elementary effects, or shares of the variance, over the whole ranges.")
    private static let samples = Key.integer(
        "samples", 2...1_000_000, "Walks of morris (10), or samples of sobol (1024)."
    ).optional(
        otherwise: "10, 1024")

    static let posterior = TableSchema(
        "How sure the parameters are.", [budget, sampling, draws, leaps, predictive, profiles])
    static let sensitivity = TableSchema("Which parameters matter at all.", [screening, samples])

    static func read(_ posterior: Section, _ sensitivity: Section) -> PosteriorOptions {
        PosteriorOptions(
            budget: posterior[budget], sampling: posterior[sampling], draws: posterior[draws],
            leaps: posterior[leaps],
            predictiveDraws: posterior[predictive], hasProfiles: posterior[profiles],
            screening: sensitivity[screening],
            screeningSamples: sensitivity[samples] ?? (sensitivity[screening] == .sobol ? 1024 : 10))
    }
}
