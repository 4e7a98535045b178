import Calibration

/// What a calibration is going to ask of its model, before it does.
struct CalibrationForecast {
    let study: Study

    /// One line.
    var text: String {
        let all = parts.map { "\($0.name) \($0.isExact ? "" : "at most ")\($0.points)" }
        var text = "plan: points of \(all.joined(separator: ", "))"
        if let budget = study.posterior.budget, parts.count > 1 {
            text += "; at most \(budget) besides the search"
        }
        if study.sites.count > 1 { text += "; a point is one run at each of \(study.sites.count) sites" }
        if study.surrogate != nil { text += "; the searches and what follows run on the surrogate" }
        return text
    }

    private struct Part {
        var name: String
        var points: Int
        var isExact = false
    }

    private var parts: [Part] {
        let (dimension, options) = (study.space.dimension, study.posterior)
        var parts = [Part(name: "search", points: study.options.budget)]
        if study.hasObservations {
            parts.append(Part(name: "derivatives", points: 2 * dimension + 1, isExact: true))
        }
        if options.hasProfiles {
            parts.append(Part(name: "profiles", points: ProfileLikelihood.mostPoints(dimension)))
        }
        switch options.sampling {
        case .none: break
        case .stretch:
            parts.append(Part(name: "draws", points: (4 * dimension + 2) * (options.draws + 1)))
        case .metropolis: parts.append(Part(name: "draws", points: 4 * (options.draws + 1)))
        case .hamiltonian:
            parts.append(Part(name: "draws", points: 4 * (options.draws * options.leaps + 1)))
        }
        if options.sampling != .none, study.hasObservations, options.predictiveDraws > 0 {
            parts.append(Part(name: "predictions", points: options.predictiveDraws))
        }
        switch options.screening {
        case .none: break
        case .morris:
            parts.append(Part(name: "sensitivities", points: options.screeningSamples * (dimension + 1)))
        case .sobol:
            parts.append(Part(name: "sensitivities", points: options.screeningSamples * (dimension + 2)))
        }
        return parts
    }
}
