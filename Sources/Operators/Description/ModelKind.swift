import Schema

/// A kind of model: its word in TOML, its keys and its construction, in one place.
///
/// Adding one is one file that declares a model and a static value of this type, one line in ``ModelRegistry`` and one
/// row in the conformance test.
public struct ModelKind: Sendable {
    /// The value of `kind`.
    public let word: String
    /// One line for the reference.
    public let summary: String
    /// Its own keys.
    public let keys: [any SchemaKey]
    /// The model that a checked table describes.
    public let build: @Sendable (Section, FieldMapping) -> any OperatorModel

    init(
        _ word: String, _ summary: String, _ keys: [any SchemaKey],
        build: @escaping @Sendable (Section, FieldMapping) -> any OperatorModel
    ) {
        self.word = word
        self.summary = summary
        self.keys = keys
        self.build = build
    }
}

/// Keys that several kinds share.
enum ModelKeys {
    static func modes(_ count: Int = 12) -> Key<[Int]?> {
        Key.integers(
            "modes", 1...4096, .dimension,
            "Kept frequencies an axis. Every axis but the last keeps as many negative ones beside: [12, 12] keeps 24 × 12."
        ).optional(otherwise: "\(count) an axis")
    }
    static func width(_ value: Int) -> Key<Int> {
        Key.integer(
            "width", 1...65_536, default: value, "Channels of the layers, the finest where they differ.")
    }
    static func layers(_ value: Int) -> Key<Int> {
        Key.integer("layers", 1...1024, default: value, "Number of layers.")
    }
    static func levels(_ value: Int) -> Key<Int> {
        Key.integer("levels", 1...12, default: value, "Number of grids, each half as fine as the one before.")
    }
    static func patch(_ value: Int) -> Key<Int> {
        Key.integer(
            "patch", 1...256, default: value, unit: "points", "Edge of the patches that become tokens.")
    }
    static func basis(_ value: Int) -> Key<Int> {
        Key.integer("basis", 1...65_536, default: value, "Terms of the inner product of branch and trunk.")
    }
}

/// Every kind of model that a file can name.
public enum ModelRegistry {
    /// In the order of the reference.
    public static let kinds: [ModelKind] = [
        .fourierOperator, .factorisedFourierOperator, .uShapedFourierOperator, .unet, .visionTransformer,
        .windowTransformer, .deepOperatorNetwork, .geometricDeepOperatorNetwork,
    ]

    /// The table `[model]`.
    public static let table = TableSchema(
        "The neural operator and its arguments.", [], tag: "kind",
        variants: kinds.map { TableSchema.Variant($0.word, $0.summary, $0.keys) })

    /// The kind of a word.
    public static func kind(_ word: String) -> ModelKind? { kinds.first { $0.word == word } }

    /// The model that a checked table describes; nil where the checker has reported its kind.
    public static func model(_ section: Section, mapping: FieldMapping) -> (any OperatorModel)? {
        section.node?["kind"]?.text.flatMap(kind)?.build(section, mapping)
    }
}
