import Foundation
import Schema

private typealias Formula = Schema.Expression

/// `[model]`: what is calibrated.
public enum ModelDescription: Sendable {
    /// Formulas in the parameters and in the coordinates of observations.
    case expression(ExpressionDescription)
    /// An outside program that speaks the protocol of lines.
    case process(ProcessDescription)
    /// The solver with a case of its own.
    case flow(path: String)
    /// A trained operator in the place of the solver.
    case surrogate(SurrogateDescription)

    /// The word of `kind`.
    public var word: String {
        switch self {
        case .expression: "expression"
        case .process: "process"
        case .flow: "case"
        case .surrogate: "surrogate"
        }
    }
}

/// Formulas.
public struct ExpressionDescription: Sendable {
    /// The parameters and settings that formulas may use, in the order in which they take their values.
    public var variables: [String]
    /// Formulas in the variables and in the coordinates of observations, by the output.
    public var outputs: [String: Schema.Expression]
    /// A formula in the variables, to be minimised.
    public var value: Schema.Expression?
}

/// An outside program.
public struct ProcessDescription: Sendable {
    /// The program and its arguments; those that name a file beside the study are absolute paths.
    public var command: [String]
    /// Seconds after which a run is given up.
    public var timeout: Double
    /// Seconds that the first run of a process may take besides, for its start.
    public var startup: Double
    /// The folder below which every worker has one of its own.
    public var folder: String
    /// Files and folders, as absolute paths, that are linked into the folder of every worker.
    public var inputs: [String]
    /// The folder of the study.
    public var home: String

    /// A program and the bounds within which it works.
    public init(
        command: [String], timeout: Double, startup: Double = 0, folder: String, inputs: [String] = [],
        home: String = ""
    ) {
        self.command = command
        self.timeout = timeout
        self.startup = startup
        self.folder = folder
        self.inputs = inputs
        self.home = home
    }
}

/// A trained operator.
public struct SurrogateDescription: Sendable {
    /// The model file.
    public var model: String
    /// The case whose bodies and constants the operator is given.
    public var flowCase: String
    /// The dataset that it was trained on; nil where it is not given.
    public var dataset: String?
    /// Ranges of parameters in which it is trusted, besides those of the dataset.
    public var ranges: [String: ClosedRange<Double>]
}
