/// Every method that a calibration can name.
public enum MethodRegistry {
    /// In the order of the reference.
    public static let kinds: [MethodKind] = [
        .hybrid, .scalarHybrid, .residualHybrid, .quasiNewton, .levenbergMarquardt, .nelderMead,
        .covarianceAdaptation, .differentialEvolution, .vortexEvolution, .particleSwarm, .adaptiveSwarm,
        .hierarchicalSwarm, .sparrowSearch, .swarmAndFlock, .annealing, .strongSelection, .shuffledRestarts,
        .maskedRestarts, .bayesianOptimisation, .ensembleInversion, .multipleAssimilation, .sequentialKalman,
    ]

    /// The kind of a word; nil where there is none.
    public static func kind(_ word: String) -> MethodKind? { kinds.first { $0.word == word } }
}
