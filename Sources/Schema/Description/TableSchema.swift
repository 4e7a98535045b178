/// One key of a table, as the reference shows it and the checker enforces it.
public struct Field: Sendable {
    /// The key.
    public var name: String
    /// What it may hold.
    public var kind: ValueKind
    /// The unit, where there is one.
    public var unit: String?
    /// The default in words; nil where there is none.
    public var defaultText: String?
    /// Whether it has to be there.
    public var isRequired: Bool
    /// One line.
    public var summary: String

    /// Describes a key.
    public init(
        _ name: String, _ kind: ValueKind, unit: String? = nil, default defaultText: String? = nil,
        isRequired: Bool = false, _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.defaultText = defaultText
        self.isRequired = isRequired
        self.summary = summary
    }
}

/// A table and its keys. Where a `tag` key is given, its word selects further keys.
public struct TableSchema: Sendable {
    /// A form that a tagged table can take.
    public struct Variant: Sendable {
        /// The word of the tag key.
        public var word: String
        /// One line.
        public var summary: String
        /// The keys that only this form has.
        public var fields: [Field]

        /// Describes a form.
        public init(_ word: String, _ summary: String, _ keys: [any SchemaKey] = []) {
            self.word = word
            self.summary = summary
            fields = keys.map(\.field)
        }
    }

    /// The name under which a table that occurs in several places is described once.
    public var name: String?
    /// One or two sentences for the reference.
    public var summary: String
    /// The keys that every form has.
    public var fields: [Field]
    /// The table that this one extends: one or none.
    public private(set) var base: [TableSchema] = []
    /// The key that selects the form.
    public var tag: String?
    /// The forms; empty where there is no tag.
    public var variants: [Variant]
    /// The form that is meant where the tag is absent; nil where it has to be there.
    public var defaultWord: String?

    /// Describes a table.
    public init(
        _ summary: String, name: String? = nil, _ keys: [any SchemaKey], tag: String? = nil,
        otherwise defaultWord: String? = nil, variants: [Variant] = []
    ) {
        self.name = name
        self.summary = summary
        self.tag = tag
        self.variants = variants
        self.defaultWord = defaultWord
        let words = variants.map(\.word)
        let tagField = tag.map {
            Field(
                $0, .choice(words), default: defaultWord.map { "\"\($0)\"" }, isRequired: defaultWord == nil,
                "Selects the form of this table.")
        }
        fields = [tagField].compactMap { $0 } + keys.map(\.field)
    }

    /// A table with all keys and forms of this one, and more keys.
    public func extended(_ summary: String, with keys: [any SchemaKey]) -> TableSchema {
        var table = self
        table.name = nil
        table.summary = summary
        table.fields = keys.map(\.field) + fields
        table.base = [self]
        return table
    }

    /// The keys that a given table may have: with an unknown tag those of all forms, to spare follow-up
    /// errors.
    func fields(for node: Node) -> [Field] {
        guard let tag else { return fields }
        let word = node[tag] == nil ? defaultWord : node[tag]?.text
        if let variant = variants.first(where: { $0.word == word }) { return fields + variant.fields }
        return fields
            + variants.flatMap(\.fields).map { field in
                var field = field
                field.isRequired = false
                return field
            }
    }

    /// All keys of all forms.
    var allFields: [Field] { fields + variants.flatMap(\.fields) }
}
