import Schema

extension MethodKind {
    static let scalarHybrid = MethodKind(
        "hybrid-scalar", "Descents and evolution, which share the runs as they earn them.",
        usesDerivatives: true,
        keys: [ScalarHybrid.Keys.descentShare, ScalarHybrid.Keys.step]
    ) { section, context in
        var settings = ScalarHybrid.Settings()
        settings.descentShare = section[ScalarHybrid.Keys.descentShare]
        settings.step = section[ScalarHybrid.Keys.step]
        return ScalarHybrid(settings, context)
    }
}

extension ScalarHybrid {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let descentShare = Key.number(
            "descent_share", .within(0...1), default: defaults.descentShare,
            "Share of the budget that the first descent may take.")
        static let step = Key.number(
            "step", .above(0, upTo: 1), default: defaults.step,
            "First step of the evolution as a share of the ranges.")
    }
}
