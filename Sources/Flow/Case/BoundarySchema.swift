import Schema

/// `[boundaries]`
enum BoundarySchema {
    private static let state = StateKeys(CaseVariables.spaceTime)
    private static let wallVelocity = Key.numbers(
        "velocity", .any, .dimension, unit: "velocity", "Velocity of the wall."
    ).optional(otherwise: "0 in every direction")
    private static let wallTemperature = Key.number(
        "temperature", .above(0), unit: "temperature", "Temperature of the wall."
    ).optional(otherwise: "none: adiabatic")
    private static let region = Key.expression(
        "where", CaseVariables.space,
        "Which part of the face: true, or not 0, at the centres of its cell faces.")

    private static let forms = BoundaryKind.Name.allCases.map { name in
        let (summary, keys) = description(name)
        return TableSchema.Variant(name.rawValue, summary, keys)
    }

    /// One line and the keys of a condition.
    private static func description(_ name: BoundaryKind.Name) -> (String, [any SchemaKey]) {
        switch name {
        case .slipWall: ("Slip wall: the flow follows it without friction.", [])
        case .noSlipWall: ("The gas sticks to the wall.", [wallVelocity, wallTemperature])
        case .inflow: ("The whole state is imposed; it may vary with position and time.", state.required)
        case .outflow: ("Extrapolation; for flow that leaves at supersonic speed.", [])
        case .characteristic:
            (
                "Non-reflecting: waves that enter carry this far-field state, others leave.",
                state.optional(otherwise: "the initial state")
            )
        case .periodic: ("Joined to the opposite side; on both sides.", [])
        }
    }

    private static let patch = TableSchema(
        "A condition on part of a face, such as a nozzle.", name: "boundary patch", [region], tag: "kind",
        variants: forms.filter { $0.word != BoundaryKind.Name.periodic.rawValue })
    private static let condition = TableSchema(
        "What happens at one side of the domain.", name: "boundary condition",
        [
            Field(
                "patches", .list(.table(patch), .any),
                "Other conditions on parts of the face; later ones win.")
        ],
        tag: "kind", variants: forms)

    private static let words = condition.variants.map(\.word)
    private static let side = ValueKind.oneOf([.choice(words), .table(condition)])
    private static let sides = TableSchema(
        "The two sides of an axis.", name: "boundary sides",
        [
            Field("lower", side, isRequired: true, "The side at the lower bound."),
            Field("upper", side, isRequired: true, "The side at the upper bound."),
        ])
    private static let axis = ValueKind.oneOf([.choice(words), .table(sides), .table(condition)])

    static let table = TableSchema(
        "One condition for both sides of each axis, or one for each side.",
        CaseVariables.space.map {
            Field($0, axis, default: "required for each dimension", "The sides across \($0).")
        })

    static func read(
        _ section: Section, base: StateExpressions, _ diagnostics: inout [Diagnostic]
    ) -> [AxisBoundaries] {
        guard let rank = section.scope.dimension else { return [] }
        for name in CaseVariables.space[rank...] where section.has(name) {
            let hint = "remove it, or give domain.cells one more entry"
            diagnostics.append(
                section.diagnostic(
                    name, "the domain has only \(rank) dimension\(rank == 1 ? "" : "s")", hint: hint))
        }
        var reader = BoundaryReader(base: base, rank: rank)
        let axes = CaseVariables.space[..<rank].map { reader.axis(section, $0) }
        diagnostics += reader.diagnostics
        return axes
    }

    /// Reads the conditions of one domain.
    private struct BoundaryReader {
        let base: StateExpressions
        let rank: Int
        var diagnostics: [Diagnostic] = []

        mutating func axis(_ section: Section, _ name: String) -> AxisBoundaries {
            if !section.has(name) {
                let allowed = BoundarySchema.axis.description
                diagnostics.append(section.diagnostic(name, "missing key", allowed: allowed))
            }
            let table = section.section(name)
            guard table.has("lower") || table.has("upper") else {
                let both = side(section, name)
                return AxisBoundaries(lower: both, upper: both)
            }
            let words = [word(table, "lower"), word(table, "upper")]
            if words.contains("periodic"), words.contains(where: { $0 != "periodic" && isKnown($0) }) {
                diagnostics.append(
                    section.diagnostic(
                        name, "is periodic on one side only", hint: "write \(name) = \"periodic\" for both"))
            }
            return AxisBoundaries(lower: side(table, "lower"), upper: side(table, "upper"))
        }

        private func isKnown(_ word: String?) -> Bool { word.map(BoundarySchema.words.contains) ?? false }

        /// The word of a side, given alone or as the kind of a table.
        private func word(_ section: Section, _ name: String) -> String? {
            section.node?[name]?.text ?? section.node?[name]?["kind"]?.text
        }

        private mutating func side(_ section: Section, _ name: String) -> BoundarySpecification {
            if let word = section.node?[name]?.text {
                if word == "inflow" {
                    let hint = "write { kind = \"inflow\", density = …, velocity = […], pressure = … }"
                    diagnostics.append(section.diagnostic(name, "an inflow needs its state", hint: hint))
                    return BoundarySpecification(kind: .outflow, patches: [])
                }
                return BoundarySpecification(kind: kind(word, section.section("")), patches: [])
            }
            let table = section.section(name)
            let kind = kind(table.node?["kind"]?.text ?? "", table)
            let patches = table.sections("patches").map { patch in
                BoundaryPatch(region: patch[region], kind: self.kind(patch.node?["kind"]?.text ?? "", patch))
            }
            if kind.isPeriodic && !patches.isEmpty {
                diagnostics.append(table.diagnostic("patches", "a periodic side has no patches"))
            }
            return BoundarySpecification(kind: kind, patches: patches)
        }

        /// The condition of a table; an unknown word has been reported and reads as outflow.
        private mutating func kind(_ word: String, _ table: Section) -> BoundaryKind {
            switch BoundaryKind.Name(rawValue: word) {
            case .periodic: .periodic
            case .slipWall: .slipWall
            case .noSlipWall:
                .noSlipWall(
                    velocity: table[wallVelocity] ?? Array(repeating: 0, count: rank),
                    temperature: table[wallTemperature])
            case .inflow: .inflow(state.read(table, &diagnostics))
            case .characteristic: .characteristic(state.read(table, default: base, &diagnostics))
            case .outflow, nil: .outflow
            }
        }
    }
}

extension BoundaryKind {
    fileprivate var isPeriodic: Bool {
        if case .periodic = self { return true }
        return false
    }
}
