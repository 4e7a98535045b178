import Foundation

/// What a calibration found, as plain columns.
public struct CalibrationRecord: Sendable {
    /// A list of numbers of the same length as its neighbours in the group.
    public struct Column: Sendable {
        /// Its name in the file.
        public var name: String
        /// One a row.
        public var values: [Double]

        /// A column.
        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// Title, study, method, stop reason, counts, …
    public var attributes: [String: AttributeValue]
    /// The parameters, in the order of the study.
    public var parameterNames: [String]
    /// One row a parameter: lower, upper, best, standard_deviation, …
    public var parameters: [Column]
    /// One row an evaluated point: the values of the parameters.
    public var points: [[Double]]
    /// One an evaluated point; NaN where it failed.
    public var costs: [Double]
    /// Names of outputs and sites of the observations.
    public var observationTexts: [(name: String, values: [String])]
    /// One row an observation: value, deviation, predicted, residual, coordinates.
    public var observations: [Column]
    /// One row a point that the true model verified, where the search ran on a surrogate: round, cost, error, …
    public var verifications: [Column] = []
    /// The values of the parameters at the verified points.
    public var verifiedPoints: [[Double]] = []
    /// When the last observation of each block was made that a sequential method took in; empty where that is not known.
    public var trackTimes: [Double] = []
    /// Of drifting parameters after each block of observations: the values of their mean, and the standard deviations.
    public var track: [(mean: [Double], deviation: [Double])] = []
    /// Square tables over the free parameters, row by row: covariance, …
    public var matrices: [(name: String, values: [Double])]
    /// Singular values of the Jacobian, descending.
    public var spectrum: [Double]
    /// Draws of the posterior: one row a draw, the values of the parameters.
    public var samples: [[Double]]
    /// Profile likelihoods: values of a parameter and the least costs there.
    public var profiles: [(name: String, values: [Double], costs: [Double])]
    /// What was decided on the way: after how many evaluations, at which cost, and why.
    public var decisions: [(evaluations: Int, best: Double, reason: String)]

    /// An empty record of a calibration.
    public init(attributes: [String: AttributeValue], parameterNames: [String]) {
        self.attributes = attributes
        self.parameterNames = parameterNames
        parameters = []
        points = []
        costs = []
        observationTexts = []
        observations = []
        matrices = []
        spectrum = []
        samples = []
        profiles = []
        decisions = []
    }
}

extension CalibrationRecord {
    /// Whether a parameter stands before another one in the study.
    func isBefore(_ name: String, _ other: String) -> Bool {
        let place = { (name: String) in
            parameterNames.firstIndex { $0.replacing("/", with: "_") == name } ?? .max
        }
        return place(name) < place(other)
    }
}
