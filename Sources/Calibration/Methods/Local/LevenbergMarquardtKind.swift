import Schema

extension MethodKind {
    static let levenbergMarquardt = MethodKind(
        "levenberg-marquardt", "Least squares from the residuals; by far the fastest where they are smooth.",
        requirement: .residuals, usesDerivatives: true, dependsOnWorkers: true,
        keys: [
            LevenbergMarquardt.Keys.damping, LevenbergMarquardt.Keys.trials, LevenbergMarquardt.Keys.updates,
            LevenbergMarquardt.Keys.tolerance, LevenbergMarquardt.Keys.endsCentral,
        ]
    ) { section, context in
        var settings = LevenbergMarquardt.Settings()
        settings.damping = section[LevenbergMarquardt.Keys.damping]
        settings.trials = section[LevenbergMarquardt.Keys.trials]
        settings.updates = section[LevenbergMarquardt.Keys.updates]
        settings.tolerance = section[LevenbergMarquardt.Keys.tolerance]
        settings.endsCentral = section[LevenbergMarquardt.Keys.endsCentral]
        return LevenbergMarquardt(settings, context)
    }
}

extension LevenbergMarquardt {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let damping = Key.number("damping", .above(0), default: defaults.damping, "The first λ.")
        static let trials = Key.integer(
            "trials", 0...5, default: defaults.trials,
            "How many λ are tried at once; 0 for as many as there are workers, five at most.")
        static let updates = Key.integer(
            "updates", 0...10_000, default: defaults.updates,
            "Steps before differences are taken anew; 0 for as many as there are parameters.")
        static let tolerance = Key.number(
            "tolerance", .within(0...1), default: defaults.tolerance,
            "Ends where the cost decreases by less than this share.")
        static let endsCentral = Key.flag(
            "central_ending", default: defaults.endsCentral,
            "Whether the last iterations take central differences, at twice the price.")
    }
}
