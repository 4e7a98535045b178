import Archive
import Datasets
import Figures
import Flow
import Notebooks
import Operators
import Schema
import Training

extension InvalidInput: ToolErrorConvertible {
    /// One line for each mistake.
    public var toolError: ToolError { ToolError(description) }
}

extension ArchiveError: ToolErrorConvertible {
    /// A full disk, another process or a value that is not finite is a failed run; all else is bad input.
    public var toolError: ToolError {
        switch kind {
        case .diskFull, .busy, .nonFinite: ToolError(message, status: .failed)
        default: ToolError(message)
        }
    }
}

extension ImportError: ToolErrorConvertible {
    /// Bad input.
    public var toolError: ToolError { ToolError("\(file): \(message)", advice: advice) }
}

extension FigureError: ToolErrorConvertible {
    /// Bad input, unless the drawing library failed.
    public var toolError: ToolError {
        if case .drawing = self { return ToolError(description, status: .failed) }
        return ToolError(description)
    }
}

extension BodyProblem: ToolErrorConvertible {
    /// Bad input.
    public var toolError: ToolError { ToolError(description, advice: advice) }
}

extension SimulationFailure: ToolErrorConvertible {
    /// A failed run.
    public var toolError: ToolError { ToolError(RunFailure(self).description, status: .failed) }
}

extension TrainingError: ToolErrorConvertible {
    /// Bad input.
    public var toolError: ToolError { ToolError(message, advice: advice) }
}

extension TrainingFailure: ToolErrorConvertible {
    /// A failed run.
    public var toolError: ToolError { ToolError(description, advice: advice, status: .failed) }
}

extension OperatorError: ToolErrorConvertible {
    /// Bad input.
    public var toolError: ToolError { ToolError(description) }
}

extension StoreBusy: ToolErrorConvertible {
    /// A failed run: another one is at it.
    public var toolError: ToolError { ToolError(description, status: .failed) }
}
