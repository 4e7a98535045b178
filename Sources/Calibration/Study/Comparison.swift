extension Study {
    /// One observation beside what the model says of it.
    public struct Comparison: Sendable {
        /// The name of its site.
        public var site: String
        /// Whether the site was kept out of the fit.
        public var isHeldOut: Bool
        /// The observation.
        public var observation: Observation
        /// The model's value; NaN where the run failed.
        public var predicted: Double
        /// The standard deviation of that by what is not known of the parameters; nil where it was not asked for.
        public var spread: Double?
        /// What holds a new observation with a probability of 90 %.
        public var interval: ClosedRange<Double>?
    }

    /// All observations of the fitted or of the held-out sites beside the model's values.
    public func comparisons(_ replies: [ModelReply], heldOut: Bool) -> [Comparison] {
        zip(sites.filter { $0.isHeldOut == heldOut }, replies).flatMap { site, reply in
            site.observations.map { observation in
                var predicted = Double.nan
                if case .outputs(let outputs) = reply {
                    predicted = (try? observation.prediction(outputs)) ?? .nan
                }
                return Comparison(
                    site: site.name, isHeldOut: heldOut, observation: observation, predicted: predicted)
            }
        }
    }
}
