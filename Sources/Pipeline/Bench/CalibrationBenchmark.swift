import Calibration
import Foundation

/// Times the calibrator itself: what it takes besides the model, per evaluated point, on one thread.
enum CalibrationBenchmark {
    /// Microseconds that no population method should exceed.
    static let goal = 50.0
    private static let dimension = 20
    private static let points = 4000
    private static let methods = [
        "cma-es", "differential-evolution", "de-vs", "pso", "adaptive-pso", "hierarchical-pso", "sparrow",
        "pso-sparrow", "hybrid",
    ]

    static func measure(_ console: Console) throws -> [BenchReport.CalibrationResult] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hugoniot-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try methods.map { word in
            console.note("timing \(word)")
            let study = try Study.read(text: text(word))
            return BenchReport.CalibrationResult(
                method: word, search: try search(study),
                total: try total(study, folder.path + "/\(word).jsonl"))
        }
    }

    private static func search(_ study: Study) throws -> Double {
        var search = Search(study.makeMethod(), budget: points)
        let start = monotonicSeconds()
        search.run { .cost(Sphere.value($0.point)) }
        return (monotonicSeconds() - start) / Double(max(1, search.evaluations)) * 1e6
    }

    private static func total(_ study: Study, _ path: String) throws -> Double {
        let log = try EvaluationLog(path, fingerprint: "", files: [:], resume: false)
        let calibrator = Calibrator(study, model: Sphere(), store: log)
        let start = monotonicSeconds()
        _ = try calibrator.run()
        return (monotonicSeconds() - start) / Double(max(1, calibrator.search.evaluations)) * 1e6
    }

    private static func text(_ method: String) -> String {
        let parameters = (1...dimension).map { "[parameters.x\($0)]\nlower = 0.0\nupper = 1.0\n" }
        return """
            [model]
            kind = "expression"
            value = 0.0
            \(parameters.joined(separator: "\n"))
            [method]
            name = "\(method)"
            budget = \(points)
            """
    }

    /// Σ (x_i − i/(d + 1))², which takes no time to speak of.
    private struct Sphere: Model {
        static func value(_ point: [Double]) -> Double {
            var sum = 0.0
            for index in point.indices {
                let distance = point[index] - Double(index + 1) / Double(point.count + 1)
                sum += distance * distance
            }
            return sum
        }

        func makeRunner(worker: Int) -> any ModelRunner { Runner() }

        private final class Runner: ModelRunner {
            func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
                .value(value(request.parameters.map(\.value)))
            }
        }
    }
}
