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

    /// How the posterior is sampled.
    public var sampling: Sampling
    /// Draws of each chain or walker.
    public var draws: Int
    /// Whether profile likelihoods are computed.
    public var hasProfiles: Bool
    /// How sensitivities are found.
    public var screening: Screening
    /// Walks (morris) or samples (sobol).
    public var screeningSamples: Int
}

/// `[posterior]` and `[sensitivity]`
enum PosteriorTable {
    private static let sampling = Key<PosteriorOptions.Sampling>.choice(
        "sampler", default: .none, "How the posterior is sampled, besides the normal approximation.")
    private static let draws = Key.integer(
        "draws", 10...10_000_000, default: 400,
        "Draws of each walker or chain; the first half is the burn-in.")
    private static let profiles = Key.flag(
        "profiles", default: false, "Profile likelihoods: the least cost with each parameter held.")
    private static let screening = Key<PosteriorOptions.Screening>.choice(
        "kind", default: .none, "Elementary effects, or shares of the variance, over the whole ranges.")
    private static let samples = Key.integer(
        "samples", 2...1_000_000, "Walks of morris (10), or samples of sobol (1024)."
    ).optional(
        otherwise: "10, 1024")

    static let posterior = TableSchema("How sure the parameters are.", [sampling, draws, profiles])
    static let sensitivity = TableSchema("Which parameters matter at all.", [screening, samples])

    static func read(_ posterior: Section, _ sensitivity: Section) -> PosteriorOptions {
        PosteriorOptions(
            sampling: posterior[sampling], draws: posterior[draws], hasProfiles: posterior[profiles],
            screening: sensitivity[screening],
            screeningSamples: sensitivity[samples] ?? (sensitivity[screening] == .sobol ? 1024 : 10))
    }
}
