import Foundation
import Numerics
import Schema

/// Ensemble Kalman methods that pass over all data several times with an enlarged observation error α Γ.
///
/// *ES-MDA* takes a fixed number N of passes with α = N, Σ 1/α = 1: the members then sample the posterior, exactly where
/// the model is linear and the prior normal (Emerick & Reynolds 2013, doi:10.1016/j.cageo.2012.03.011). *EKI* chooses
/// 1/α, its step in time, by the misfit and ends when Σ 1/α reaches 1 (Iglesias & Yang 2021,
/// doi:10.1088/1361-6420/abd29b), or goes on as an optimiser.
public struct EnsembleInversion: Method {
    /// How α is chosen.
    public enum Schedule: Sendable {
        /// α = the number of passes.
        case fixed(passes: Int)
        /// By the misfit; whether it goes on beyond Σ 1/α = 1, to the minimum.
        case adaptive(optimises: Bool)
    }

    /// What can be set.
    public struct Settings: Sendable {
        /// The number of members; 0 for ten a parameter, 40 to 400.
        public var members = 0
        /// The factor by which members move away from their mean after each pass.
        public var inflation = 1.0
        /// Sample correlations below this are not used; 0 uses all.
        public var localisation = 0.0
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let schedule: Schedule
    private let priorRows: Int
    private var random: RandomStream
    private var time = 0.0
    private var passes = 0
    private var isLast = false
    private var ensemble: Ensemble
    /// See ``Method/ending``.
    public private(set) var ending: String?
    private var decisions: [Decision] = []
    private var evaluations = 0

    /// See ``Method/record``.
    public var record: MethodRecord { MethodRecord(decisions: decisions) }

    /// See ``Method/stage``.
    public var stage: String { "ensemble, pass \(passes + 1)" }

    /// The members: a sample of the posterior when the method is through, in unit coordinates.
    public var members: [[Double]] { ensemble.members }

    /// Starts with members from the priors.
    public init(_ settings: Settings = Settings(), _ schedule: Schedule, _ context: MethodContext) {
        (self.settings, self.schedule) = (settings, schedule)
        priorRows = PriorTerms(context.priors).count
        random = RandomStream(seed: context.seed, stream: 21)
        let count = settings.members > 0 ? settings.members : min(400, max(40, 10 * context.dimension))
        ensemble = Ensemble(count, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { ending == nil ? ensemble.members.map { Proposal($0) } : [] }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        if isLast {
            ending = "all passes are done"
            return
        }
        let answers = outcomes.map { $0.evaluation?.residuals.map { Array($0.dropLast(priorRows)) } }
        let survivors = answers.indices.filter { answers[$0]?.isEmpty == false }
        guard survivors.count > 1 else {
            ending =
                outcomes.contains { $0.cost.isFinite }
                ? "the model gives no residuals" : "every member failed"
            return
        }
        let residuals = survivors.compactMap { answers[$0] }
        update(residuals, survivors, best: outcomes.map(\.cost).min() ?? .infinity)
        let failed = answers.indices.filter { answers[$0]?.isEmpty != false }
        ensemble.resample(failed: failed, survivors: survivors, &random)
    }

    private mutating func update(_ residuals: [[Double]], _ survivors: [Int], best: Double) {
        let step = timeStep(residuals)
        ensemble.update(
            residuals: residuals, survivors: survivors, alpha: 1 / step, localisation: settings.localisation,
            &random)
        ensemble.inflate(settings.inflation)
        time += step
        passes += 1
        decisions.append(
            Decision(evaluations: evaluations, best: best, reason: "pass \(passes) with α = \(1 / step)"))
        switch schedule {
        case .fixed(let count): isLast = passes >= count
        case .adaptive(let optimises): isLast = optimises ? isContracted : time >= 1 - 1e-9
        }
    }

    /// 1/α. The adaptive one is the smallest of what the mean misfit, what its spread, and the remaining time allow.
    private func timeStep(_ residuals: [[Double]]) -> Double {
        guard case .adaptive(let optimises) = schedule else {
            if case .fixed(let count) = schedule { return 1 / Double(max(1, count)) }
            return 1
        }
        let size = Double(residuals.first?.count ?? 1)
        let misfits = residuals.map { 0.5 * $0.dot($0) }
        let mean = max(misfits.mean, 1e-300)
        let variance = misfits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(misfits.count)
        let allowed = max(size / (2 * mean), (size / (2 * max(variance, 1e-300))).squareRoot())
        return optimises ? min(allowed, 1e6) : min(allowed, 1 - time)
    }

    private var isContracted: Bool {
        ensemble.covariance.diagonal.allSatisfy { $0 < 1e-12 } || passes >= 1000
    }
}

extension MethodKind {
    static let ensembleInversion = MethodKind(
        "eki", "Ensemble Kalman inversion with adaptive steps: a sample of the posterior, or a minimum.",
        requirement: .residuals,
        keys: EnsembleInversion.Keys.shared + [EnsembleInversion.Keys.optimises]
    ) { section, context in
        EnsembleInversion(
            EnsembleInversion.settings(section),
            .adaptive(optimises: section[EnsembleInversion.Keys.optimises]), context)
    }

    static let multipleAssimilation = MethodKind(
        "es-mda",
        "Ensemble smoother with multiple data assimilation: a sample of the posterior in few passes.",
        requirement: .residuals,
        keys: EnsembleInversion.Keys.shared + [EnsembleInversion.Keys.passes]
    ) { section, context in
        EnsembleInversion(
            EnsembleInversion.settings(section), .fixed(passes: section[EnsembleInversion.Keys.passes]),
            context)
    }
}

extension EnsembleInversion {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let members = Key.integer(
            "members", 0...1_000_000, default: defaults.members,
            "Number of members; 0 for ten a parameter, 40 to 400.")
        static let inflation = Key.number(
            "inflation", .within(1...2), default: defaults.inflation,
            "Factor by which members move away from their mean after each pass.")
        static let localisation = Key.number(
            "localisation", .within(0...1), default: defaults.localisation,
            "Sample correlations below this are not used; 0 uses all.")
        static let passes = Key.integer("passes", 1...1000, default: 4, "Number of passes over the data.")
        static let optimises = Key.flag(
            "optimises", default: false, "Whether to go on beyond the posterior, to the minimum.")
        static var shared: [any SchemaKey] { [members, inflation, localisation] }
    }

    fileprivate static func settings(_ section: Section) -> Settings {
        var settings = Settings()
        settings.members = section[Keys.members]
        settings.inflation = section[Keys.inflation]
        settings.localisation = section[Keys.localisation]
        return settings
    }
}
