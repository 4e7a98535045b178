import Schema

extension MethodKind {
    static let residualHybrid = MethodKind(
        "hybrid-residuals",
        "A design, Levenberg–Marquardt from its best points, evolution where they disagree.",
        requirement: .residuals, usesDerivatives: true, dependsOnWorkers: true,
        keys: [
            ResidualHybrid.Keys.design, ResidualHybrid.Keys.starts, ResidualHybrid.Keys.agreement,
            ResidualHybrid.Keys.endsAtNoise,
        ]
    ) { section, context in
        var settings = ResidualHybrid.Settings()
        settings.design = section[ResidualHybrid.Keys.design]
        settings.starts = section[ResidualHybrid.Keys.starts]
        settings.agreement = section[ResidualHybrid.Keys.agreement]
        settings.endsAtNoise = section[ResidualHybrid.Keys.endsAtNoise]
        return ResidualHybrid(settings, context)
    }
}

extension ResidualHybrid {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let design = Key.integer(
            "design", 1...1000, default: defaults.design, "Points of the design for each parameter.")
        static let starts = Key.integer(
            "starts", 1...1000, default: defaults.starts,
            "Descents and ensembles before an evolution is tried.")
        static let agreement = Key.number(
            "agreement", .within(0...1), default: defaults.agreement,
            "Relative difference at which costs agree.")
        static let endsAtNoise = Key.flag(
            "ends_at_noise", default: defaults.endsAtNoise,
            "Whether to end where the observation errors explain the cost.")
    }
}
