import Archive
import Calibration

extension CalibrationFinding {
    /// The content of the result file.
    func record(_ plan: CalibrationPlan) -> CalibrationRecord {
        let study = calibrator.study
        let found = calibrator.search.method.record
        var record = CalibrationRecord(
            attributes: [
                "title": .text(study.title), "reference": .text(study.reference), "study": .text(study.text),
                "study_sha256": .text(Fingerprint.sha256(of: study.text)),
                "tool_version": .text(ToolVersion.current), "method": .text(study.method.word),
                "model": .text(study.model.word), "seed": .integer(Int64(study.options.seed)),
                "ending": .text(ending), "status": .text(isComplete ? "completed" : "interrupted"),
                "best_value": .real(best?.cost ?? .nan),
                "failures": .integer(Int64(calibrator.search.failures)),
                "remarks": .text(remarks.joined(separator: "\n")),
            ], parameterNames: study.space.parameters.map(\.name))
        record.parameters = [
            .init("best", estimates.map(\.value)), .init("lower", estimates.map { $0.lower ?? .nan }),
            .init("upper", estimates.map { $0.upper ?? .nan }),
            .init("standard_deviation", estimates.map { $0.standardDeviation ?? .nan }),
            .init("sensitivity", estimates.map { $0.sensitivity ?? .nan }),
            .init("is_logarithmic", study.space.parameters.map { $0.scale == .logarithmic ? 1 : 0 }),
        ]
        record.points = calibrator.history.map { study.space.values(at: $0.point) }
        record.costs = calibrator.history.map { $0.outcome.evaluation?.cost ?? .nan }
        record.decisions = found.decisions.map { ($0.evaluations, $0.best, $0.reason) }
        if let laplace {
            record.matrices = [("covariance", laplace.covariance.values)]
            record.spectrum = laplace.spectrum
        }
        record.samples = samples.map { study.space.values(at: $0) }
        record.profiles = zip(study.space.freeIndices.enumerated(), profiles).map { place, profile in
            (
                name: study.space.parameters[place.element].name,
                values: profile.map { value(place.element, place.offset, $0.coordinate) },
                costs: profile.map(\.cost)
            )
        }
        compare(into: &record)
        verify(into: &record)
        if let track = found.track { write(track, into: &record) }
        return record
    }

    /// Where drifting parameters went, in their own units.
    private func write(_ track: ParameterTrack, into record: inout CalibrationRecord) {
        let space = calibrator.study.space
        record.trackTimes = track.times
        record.track = track.states.map { state in
            let slopes = space.slopes(at: state.mean)
            var deviations = [Double](repeating: 0, count: space.parameters.count)
            for (place, index) in space.freeIndices.enumerated() {
                deviations[index] = state.deviation[place] * slopes[place]
            }
            return (space.values(at: state.mean), deviations)
        }
    }

    /// What the true model said where the search ran on a surrogate.
    private func verify(into record: inout CalibrationRecord) {
        guard let loop else { return }
        let entries = loop.verifications
        record.attributes["surrogate"] = .text(calibrator.study.surrogate?.model.word ?? "")
        record.attributes["true_runs"] = .integer(Int64(loop.trueRuns))
        record.attributes["saved_runs"] = .integer(Int64(loop.savedRuns))
        record.verifiedPoints = entries.map { calibrator.study.space.values(at: $0.point) }
        record.verifications = [
            .init("round", entries.map { Double($0.round) }),
            .init("is_optimum", entries.map { $0.isOptimum ? 1 : 0 }),
            .init("promised", entries.map { $0.promised ?? .nan }),
            .init("cost", entries.map { $0.cost ?? .nan }),
            .init("error", entries.map { $0.error ?? .nan }),
            .init("largest_error", entries.map { $0.largestError ?? .nan }),
        ]
    }

    private func compare(into record: inout CalibrationRecord) {
        guard !comparisons.isEmpty else { return }
        record.observationTexts = [
            ("output", comparisons.map(\.observation.output)), ("site", comparisons.map(\.site)),
            ("group", comparisons.map(\.observation.group)),
        ]
        let coordinates = ["x", "y", "z", "t"].map { name in
            CalibrationRecord.Column(name, comparisons.map { $0.observation.coordinates[name] ?? .nan })
        }
        record.observations =
            [
                .init("index", comparisons.map { Double($0.observation.index) }),
                .init("value", comparisons.map(\.observation.value)),
                .init("sigma", comparisons.map(\.observation.deviation)),
                .init("predicted", comparisons.map(\.predicted)),
                .init("held_out", comparisons.map { $0.isHeldOut ? 1 : 0 }),
                .init("spread", comparisons.map { $0.spread ?? .nan }),
                .init("lower", comparisons.map { $0.interval?.lowerBound ?? .nan }),
                .init("upper", comparisons.map { $0.interval?.upperBound ?? .nan }),
            ] + coordinates
    }

    /// The best parameters as TOML.
    func bestText(_ plan: CalibrationPlan) -> String {
        var lines = [
            "# The best parameters of \(plan.path)", "", "[best]", "value = \(best?.cost ?? .nan)",
            "runs = \(calibrator.search.evaluations + calibrator.explored)",
            "failures = \(calibrator.search.failures)", "", "[best.parameters]",
        ]
        lines += estimates.map { "\(Self.key($0.name)) = \($0.value)" }
        if case .flow(let path) = calibrator.study.model {
            let settings = estimates.map { "--set " + FlowModel.override($0.name, $0.value) }
            lines.insert(
                "# hugoniot run \(path) \(settings.joined(separator: " "))", at: 1)
        }
        let deviations = estimates.filter { $0.standardDeviation != nil }
        if !deviations.isEmpty {
            lines += ["", "[posterior.standard_deviation]"]
            lines += deviations.map { "\(Self.key($0.name)) = \($0.standardDeviation ?? .nan)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func key(_ name: String) -> String {
        name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
            ? name : "\"\(name)\""
    }
}
