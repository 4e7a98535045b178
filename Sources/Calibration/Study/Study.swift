import Schema

/// A calibration as its file describes it: parameters, a model, what was observed, and how to search.
public struct Study: Sendable {
    /// One place, or one experiment, at which the same model is compared with observations of its own.
    public struct Site: Sendable {
        /// Its name.
        public var name: String
        /// Further parameters of the model, the same in every run.
        public var settings: [(name: String, value: Double)]
        /// What was observed.
        public var sets: [ObservationSet]
        /// Whether it is kept out of the fit, to check it afterwards.
        public var isHeldOut: Bool
        /// For every parameter of the model its name and its position in the space.
        public var bindings: [(name: String, parameter: Int)]

        /// All its observations.
        public var observations: [Observation] { sets.flatMap(\.observations) }
    }

    /// The path of the file, as messages name it.
    public let file: String
    /// Its text, for provenance.
    public let text: String
    /// What is calibrated, for people.
    public var title: String
    /// Where the problem comes from.
    public var reference: String
    /// The parameters; those that a site owns are called NAME@SITE.
    public let space: ParameterSpace
    /// The sites; one without a name where the file has none.
    public let sites: [Site]
    /// How to search.
    public let method: MethodKind
    /// How long, and with how much help.
    public var options: StudyOptions
    /// What is asked besides the best point.
    public var posterior: PosteriorOptions
    /// What is calibrated.
    public let model: ModelDescription
    /// The cheap model that the search runs on; nil: the search runs on the model itself.
    public var surrogate: SurrogateOptions?
    let settings: Section

    /// The method, ready to be asked.
    public func makeMethod() -> any Method { method.make(settings, context()) }

    /// Whether there is something to compare with; else the model's value is minimised.
    public var hasObservations: Bool { sites.contains { !$0.observations.isEmpty } }

    /// The problem as methods are told of it.
    public func context(precision: Double? = nil) -> MethodContext {
        var context = MethodContext(
            space, budget: options.budget, workers: options.workers, seed: options.seed,
            precision: precision ?? options.precision)
        context.wantsAllMinima = posterior.sampling != .none
        let observations = sites.filter { !$0.isHeldOut }.flatMap(\.observations)
        let times = observations.compactMap { $0.coordinates["t"] }
        if times.count == observations.count { context.times = times }
        return context
    }

    /// What people should know before the first run.
    public var warnings: [String] {
        let count = sites.filter { !$0.isHeldOut }.reduce(0) { $0 + $1.observations.count }
        let priors = space.unitPriors.filter { $0 != nil }.count
        guard hasObservations, count + priors < space.dimension else { return [] }
        return [
            "\(space.dimension) parameters are free, \(count) observations and \(priors) priors are given: at least "
                + "\(space.dimension - count - priors) directions cannot be known; fix parameters, add priors or observations"
        ]
    }

    /// The requests of one point: one for each site.
    ///
    /// - Parameter heldOut: whether the held-out sites are asked, or the others.
    func requests(_ point: [Double], number: Int, heldOut: Bool = false) -> [ModelRequest] {
        let values = space.values(at: point)
        return sites.indices.filter { sites[$0].isHeldOut == heldOut }.map { index in
            let own = sites[index].bindings.map { (name: $0.name, value: values[$0.parameter]) }
            return ModelRequest(number: number, site: index, parameters: own + sites[index].settings)
        }
    }

    /// The outcome of a point from the replies of its sites, in the order of ``requests(_:number:heldOut:)``.
    ///
    /// - Throws: ``ReplyError`` where the model answers something else than what was observed.
    func outcome(_ replies: [ModelReply], at point: [Double]) throws(ReplyError) -> Outcome {
        var residuals: [Double] = []
        var cost = 0.0
        for (site, reply) in zip(sites.filter { !$0.isHeldOut }, replies) {
            switch reply {
            case .failed(let reason): return .failed(reason)
            case .value(let value):
                guard site.observations.isEmpty else {
                    throw ReplyError("the model answers a value, but there are observations to compare with")
                }
                cost += value
            case .outputs(let outputs):
                guard !site.observations.isEmpty else {
                    throw ReplyError("the model answers outputs, but nothing was observed to compare with")
                }
                for set in site.sets { residuals += try set.residuals(outputs) }
            }
        }
        let data = hasObservations ? Evaluation(residuals: residuals) : Evaluation(cost: cost)
        return Outcome(checking: PriorTerms(space.unitPriors).added(to: data, at: point))
    }
}

/// How long a calibration may take, and with how much help.
public struct StudyOptions: Sendable {
    /// Points that may be evaluated.
    public var budget: Int
    /// The cost that suffices; nil: as small as possible.
    public var target: Double?
    /// Failed points after which the calibration gives up; nil: never.
    public var maximumFailures: Int?
    /// Runs at the same time.
    public var workers: Int
    /// Selects all random numbers.
    public var seed: UInt64
    /// The relative precision of the model's answers.
    public var precision: Double
    /// What happens to runs that take longer than usual.
    public var overdue = OverdueRule()
}
