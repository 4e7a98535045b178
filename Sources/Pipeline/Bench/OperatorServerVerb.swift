import Numerics
import Operators

/// A model that is stepped on demand, so that a script can time it by turns with another program.
///
/// Every line on standard input is answered by one on standard output: to `step` and `predict` the seconds that it took,
/// to `info` the number of weights and the bytes of activations. It ends with the input.
public struct OperatorServerVerb: Verb {
    private let benchmark: @Sendable () throws -> StepBenchmark

    /// A server.
    ///
    /// - Parameter arguments: The model, points an axis, kept frequencies, samples of a step, threads, and the precision of
    ///   products where it is not single.
    /// - Throws: `ToolError` where they are not understood.
    public init(_ arguments: [String]) throws {
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        let precision = arguments.count > 5 ? Precision(rawValue: arguments[5]) : .float32
        guard (5...6).contains(arguments.count), let precision, numbers.count == 4, numbers[0] > 0,
            numbers[1] >= 0, numbers[2] > 0,
            numbers[3] >= 0
        else {
            throw ToolError(
                "--serve takes MODEL POINTS MODES BATCH THREADS [float32|bfloat16], such as: --serve fno 64 12 8 2"
            )
        }
        let name = arguments[0]
        benchmark = {
            try OperatorBenchmark.make(
                name, points: numbers[0], modes: numbers[1], batch: numbers[2], threads: numbers[3],
                precision: precision)
        }
    }

    /// Answers until the input ends.
    public func perform(on console: Console) throws -> OperatorServerReport {
        let benchmark = try benchmark()
        while let line = readLine() {
            switch line {
            case "step": try console.writeToOutput("\(benchmark.step())\n")
            case "predict": try console.writeToOutput("\(try benchmark.predict())\n")
            case "info":
                try console.writeToOutput("\(benchmark.parameterCount) \(benchmark.activationBytes)\n")
            default: throw ToolError("\"\(line)\" is not understood; it is step, predict or info")
            }
        }
        return OperatorServerReport()
    }
}

/// All that is to be said has been said.
public struct OperatorServerReport: VerbReport {
    /// Nothing to add.
    public var isAnswer: Bool { false }
    /// Nothing.
    public func text(on terminal: Terminal) -> String { "" }
}
