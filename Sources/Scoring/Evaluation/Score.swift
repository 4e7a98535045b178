/// The score of one predictor on one split.
public struct Score: Sendable, Codable {
    /// One output channel.
    public struct Channel: Sendable, Codable {
        /// Its name.
        public var name: String
        /// M1, 0 … 100.
        public var global: Double
        /// M2; nil where there are no bodies.
        public var boundary: Double?
        /// Means over the samples.
        public var errors: FieldErrors
        /// Means over the samples.
        public var spectrum: SpectralErrors?
    }

    /// The pressure force on the bodies of one state, x first.
    public struct Forces: Sendable, Codable {
        /// The number of the sample.
        public var sample: Int
        /// Of the reference data.
        public var truth: [Double]
        /// Of the prediction.
        public var prediction: [Double]
    }

    /// Who predicted.
    public var name: String
    /// The split.
    public var split: String
    /// How errors are averaged.
    public var variant: UnifiedScore.Variant
    /// Samples scored.
    public var samples: Int
    /// M1 of all channels together.
    public var global: Double
    /// M2 of all channels together; nil where there are no bodies.
    public var boundary: Double?
    /// M3; nil where the channels do not hold what the equations need.
    public var physics: Double?
    /// M3 of the reference data themselves: what the grid allows.
    public var physicsOfTruth: Double?
    /// The mean of M1, M2 and M3, as far as they exist.
    public var overall: Double
    /// ‖p − t‖ / ‖t‖ over all channels, in units of their deviations; the mean over the samples.
    public var relativeL2: Double
    /// The mean of |drag of p − drag of t| / |drag of t|; nil where there are no bodies.
    public var dragError: Double?
    /// The mean of |F of p − F of t| / |F of t|, F the pressure force on the bodies; nil where there are none.
    public var forceError: Double?
    /// The forces behind these errors, state by state; empty where there are no bodies.
    public var forces: [Forces]
    /// Per output channel.
    public var channels: [Channel]
    /// The numbers of the samples with the largest errors, worst first.
    public var worst: [Int]
    /// The relative error at each time of a trajectory, means over the samples; empty for steady data.
    public var growth: [Double]
}

/// Adds up samples to a score.
public struct ScoreBuilder {
    private let name: String
    private let split: String
    private let variant: UnifiedScore.Variant
    private let deviations: [Double]
    private let times: Int
    private var samples: [(number: Int, relative: Double)] = []
    private var globals: [Double]
    private var boundaries: [Double]
    private var bounded = 0
    private var residuals: (predicted: Double, truth: Double, count: Int) = (0, 0, 0)
    private var forces: [Score.Forces] = []
    private var errors: [[FieldErrors]]
    private var spectra: [[SpectralErrors]]
    private var growth: [Double]

    /// An empty score.
    ///
    /// - Parameters:
    ///   - deviations: the deviation of each output channel over the training samples: the unit of errors.
    ///   - times: states of a trajectory, 1 for steady data; each is a sample of its own for M1 to M3.
    public init(
        name: String, split: String, variant: UnifiedScore.Variant, deviations: [Double], times: Int = 1
    ) {
        self.name = name
        self.split = split
        self.variant = variant
        self.deviations = deviations.map { $0 > 0 ? $0 : 1 }
        self.times = max(1, times)
        let channels = deviations.count
        globals = Array(repeating: 0, count: channels)
        boundaries = Array(repeating: 0, count: channels)
        errors = Array(repeating: [], count: channels)
        spectra = Array(repeating: [], count: channels)
        growth = Array(repeating: 0, count: self.times)
    }

    /// Adds the states of a sample: one, or those of a trajectory in their order.
    ///
    /// - Parameter residual: The equations of M3; nil where they are not known.
    public mutating func add(_ states: [ScoredSample], number: Int, residual: EquationResidual? = nil) {
        var (error, square) = (0.0, 0.0)
        for (time, state) in states.enumerated() {
            let own = add(state, number, residual)
            growth[min(time, growth.count - 1)] += (own.error / max(own.square, 1e-300)).squareRoot()
            error += own.error
            square += own.square
        }
        samples.append((number, (error / max(square, 1e-300)).squareRoot()))
    }

    private mutating func add(
        _ sample: ScoredSample, _ number: Int, _ residual: EquationResidual?
    ) -> (error: Double, square: Double) {
        var (error, square) = (0.0, 0.0)
        var hasBand = false
        for channel in deviations.indices {
            let deviation = deviations[channel]
            globals[channel] += UnifiedScore.global(sample, channel: channel, deviation: deviation, variant)
            if let band = UnifiedScore.boundary(sample, channel: channel, deviation: deviation, variant) {
                boundaries[channel] += band
                hasBand = true
            }
            errors[channel].append(FieldErrors(sample, channel: channel))
            spectra[channel].append(SpectralErrors(sample, channel: channel))
            let start = channel * sample.count
            for cell in 0..<sample.count where sample.isFluid(cell) {
                let truth = Double(sample.truth[start + cell]) / deviation
                let difference = Double(sample.prediction[start + cell]) / deviation - truth
                error += difference * difference
                square += truth * truth
            }
        }
        if hasBand { bounded += 1 }
        if let residual, let predicted = residual.meanSquare(sample, sample.prediction, variant),
            let truth = residual.meanSquare(sample, sample.truth, variant)
        {
            residuals.predicted += predicted
            residuals.truth += truth
            residuals.count += 1
        }
        if let truth = BodyForce.vector(sample, sample.truth),
            let prediction = BodyForce.vector(sample, sample.prediction)
        {
            forces.append(Score.Forces(sample: number, truth: truth, prediction: prediction))
        }
        return (error, square)
    }

    /// The score of what was added; nil where nothing was.
    public func score(channels names: [String]) -> Score? {
        guard !samples.isEmpty else { return nil }
        let states = Double(samples.count * times)
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(max(1, values.count)) }
        let channels = names.indices.map { index in
            Score.Channel(
                name: names[index], global: UnifiedScore.score(globals[index] / states),
                boundary: bounded > 0 ? UnifiedScore.score(boundaries[index] / Double(bounded)) : nil,
                errors: FieldErrors(mean: errors[index]), spectrum: SpectralErrors(mean: spectra[index]))
        }
        let global = UnifiedScore.score(mean(globals) / states)
        let boundary = bounded > 0 ? UnifiedScore.score(mean(boundaries) / Double(bounded)) : nil
        let count = Double(max(1, residuals.count))
        let physics = residuals.count > 0 ? UnifiedScore.score(residuals.predicted / count) : nil
        let worst = samples.sorted { ($0.relative, $1.number) > ($1.relative, $0.number) }
        return Score(
            name: name, split: split, variant: variant, samples: samples.count, global: global,
            boundary: boundary,
            physics: physics,
            physicsOfTruth: residuals.count > 0 ? UnifiedScore.score(residuals.truth / count) : nil,
            overall: mean([global, boundary, physics].compactMap { $0 }),
            relativeL2: mean(samples.map(\.relative)),
            dragError: meanForceError { ($0.prefix(1), $1.prefix(1)) },
            forceError: meanForceError { ($0[...], $1[...]) }, forces: forces, channels: channels,
            worst: worst.prefix(4).map(\.number),
            growth: times > 1 ? growth.map { $0 / Double(samples.count) } : [])
    }

    /// The mean of |p − t|/|t| over the forces, of the components that are picked; nil where there are none.
    private func meanForceError(
        _ pick: ([Double], [Double]) -> (ArraySlice<Double>, ArraySlice<Double>)
    ) -> Double? {
        let errors = forces.compactMap { force -> Double? in
            let (truth, prediction) = pick(force.truth, force.prediction)
            let size = truth.reduce(0) { $0 + $1 * $1 }
            let difference = zip(truth, prediction).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            return size > 0 ? (difference / size).squareRoot() : nil
        }
        return errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
    }
}

extension FieldErrors {
    /// The mean of several; the largest of their maxima.
    init(mean list: [FieldErrors]) {
        let mean = { (key: KeyPath<FieldErrors, Double>) in
            list.reduce(0) { $0 + $1[keyPath: key] } / Double(max(1, list.count))
        }
        relativeL2 = mean(\.relativeL2)
        normalisedRMSE = mean(\.normalisedRMSE)
        varianceRMSE = mean(\.varianceRMSE)
        maximum = list.map(\.maximum).max() ?? 0
        boundaryRMSE = mean(\.boundaryRMSE)
        conserved = mean(\.conserved)
    }
}

extension SpectralErrors {
    /// The mean of several.
    init(mean list: [SpectralErrors]) {
        let count = Double(max(1, list.count))
        low = list.reduce(0) { $0 + $1.low } / count
        middle = list.reduce(0) { $0 + $1.middle } / count
        high = list.reduce(0) { $0 + $1.high } / count
    }
}
