import Numerics
import Operators

/// Training steps and predictions of neural operators, timed.
enum OperatorBenchmark {
    /// The models, points an axis and kept frequencies of the published timings.
    private static let subjects = [("fno", 64, 12), ("fno", 128, 16), ("unet", 64, 0), ("vit", 64, 0)]

    /// Times every subject with all processors; of several turns the fastest counts.
    static func measure(_ console: Console) throws -> [BenchReport.OperatorResult] {
        try subjects.map { name, points, modes in
            console.note("timing \(name) on \(points)²")
            let benchmark = try make(name, points: points, modes: modes, batch: 8, threads: 0)
            let steps = (0..<4).map { _ in benchmark.step() }
            let predictions = try (0..<6).map { _ in try benchmark.predict() }
            return BenchReport.OperatorResult(
                model: name, points: points, parameters: benchmark.parameterCount,
                activationBytes: benchmark.activationBytes, stepSeconds: steps.min() ?? 0,
                predictionSeconds: predictions.min() ?? 0)
        }
    }

    /// Throws `ToolError` for an unknown model.
    static func make(
        _ name: String, points: Int, modes: Int, batch: Int, threads: Int, precision: Precision = .float32
    ) throws -> StepBenchmark {
        guard let model = BenchmarkModels.model(name, modes: modes) else {
            throw ToolError(
                "there is no model \"\(name)\"; there are \(BenchmarkModels.names.joined(separator: ", "))")
        }
        return try StepBenchmark(
            model, .init(points: points, batch: batch, threads: threads, precision: precision))
    }
}
