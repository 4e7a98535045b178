import Schema

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

    /// The description of a table that names a method and holds its settings beside further keys, such as `[method]` of a
    /// calibration's file.
    public static func table(_ summary: String, _ keys: [any SchemaKey]) -> TableSchema {
        TableSchema(
            summary, keys, tag: "name", variants: kinds.map { .init($0.word, $0.summary, $0.keys) })
    }
}
