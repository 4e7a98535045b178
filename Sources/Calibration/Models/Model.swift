/// Something with parameters and outputs: the solver, an outside program, a formula.
public protocol Model: Sendable {
    /// A runner for one worker; runs of different workers happen at the same time.
    ///
    /// - Throws: What keeps the model from running at all, such as a command that does not exist.
    func makeRunner(worker: Int) throws -> any ModelRunner
    /// Whether its runners know derivatives, see ``ModelRunner/pullback(_:_:)``.
    var offersDerivatives: Bool { get }
    /// Whether an answer may leave out outputs, as NaN, without having failed: they then count as nothing.
    var mayLeaveOut: Bool { get }
    /// Whether two runs may answer differently.
    var mayBeNoisy: Bool { get }
}

extension Model {
    /// Most models answer outputs alone.
    public var offersDerivatives: Bool { false }
    /// A number that is none is a failure.
    public var mayLeaveOut: Bool { false }
    /// What this program computes itself is the same in every run.
    public var mayBeNoisy: Bool { false }
}

/// One worker's hold on a model: a child process, a solver's memory. Used by one thread at a time.
public protocol ModelRunner: AnyObject {
    /// Runs the model once. A run that fails is an answer; nil stands for one that was given up because `isCancelled` said
    /// so, which says nothing of the model.
    func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply?
    /// Σ_i c_i ∂output_i/∂parameter for every parameter of the request, in its order; nil where it cannot be had.
    ///
    /// - Parameter cotangents: c, of the shape of the outputs.
    func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) -> [Double]?
    /// Gives back what the runner holds.
    func end()
}

extension ModelRunner {
    /// Derivatives cannot be had.
    public func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) -> [Double]? { nil }
    /// Nothing to give back.
    public func end() {}
}

/// One run that is wanted.
public struct ModelRequest: Sendable {
    /// Its number, from 0, unique within a calibration.
    public var number: Int
    /// The position of the site in the study.
    public var site: Int
    /// The values of the site's parameters, by name, in the order of the study.
    public var parameters: [(name: String, value: Double)]

    /// A request.
    public init(number: Int, site: Int, parameters: [(name: String, value: Double)]) {
        self.number = number
        self.site = site
        self.parameters = parameters
    }
}

/// What a model says to a request.
public enum ModelReply: Sendable, Equatable {
    /// An objective to be minimised.
    case value(Double)
    /// Outputs by name, to be compared with observations.
    case outputs([String: [Double]])
    /// A run that failed, and why.
    case failed(String)
}

extension ModelReply {
    /// Itself where all its numbers are finite, else a failure that names the first one that is not.
    ///
    /// - Parameter leavingOut: Whether NaN stands for an output that was left out; all of them may not be.
    func checked(leavingOut: Bool) -> ModelReply {
        switch self {
        case .failed: return self
        case .value(let value): return value.isFinite ? self : .failed("the value is \(value)")
        case .outputs(let outputs):
            for (name, values) in outputs.sorted(by: { $0.key < $1.key }) {
                let place = values.firstIndex { !$0.isFinite && !(leavingOut && $0.isNaN) }
                if let place {
                    return .failed("output \"\(name)\" holds \(values[place]) at number \(place)")
                }
            }
            let isEmpty =
                outputs.values.contains { !$0.isEmpty } && outputs.values.joined().allSatisfy(\.isNaN)
            return isEmpty ? .failed("all outputs are left out") : self
        }
    }
}
