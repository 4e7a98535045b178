import Foundation
import Numerics
import ONNX
import Operators
import Tensors
import Testing

/// Every model computes in ONNX Runtime what it computes here.
@Suite("Export of models") struct ExportTests {
    static let hasRuntime = python(["-c", "import onnxruntime, numpy"])

    private static func python(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    private static func exported(_ network: OperatorNetwork<Float>, _ shape: Shape) throws -> ONNXModel {
        let graph = Graph<Float>(parameters: network.parameters)
        let input = graph.input("x", Shape([1] + shape.extents.dropFirst()))
        let output = network.model.record(in: graph, input)
        var body = ONNXBody()
        let name = try graph.export(output, input: (input, "x"), to: &body)
        let free: (Int) -> [ONNXModel.Extent] = { channels in
            [.named("batch")] + shape.spatial.map { .fixed($0) } + [.fixed(channels)]
        }
        return ONNXModel(
            name: "model", producerVersion: "0", inputs: [.init("x", free(shape.channels))],
            outputs: [.init(name, free(network.model.mapping.outputs))], body: body)
    }

    private static func write(_ values: [Float], _ path: String) throws {
        try values.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
    }

    @Test("every model can be written", arguments: ModelRow.all)
    func writes(row: ModelRow) throws {
        let network: OperatorNetwork<Float> = try ModelConformanceTests.network(row, of: Float.self)
        let model = try Self.exported(network, ModelConformanceTests.shape(row))
        #expect(try model.encoded().count > 4 * network.parameters.count)
    }

    @Test(
        "ONNX Runtime computes the same for two samples at a time", .enabled(if: hasRuntime),
        arguments: ModelRow.all)
    func runs(row: ModelRow) throws {
        let shape = ModelConformanceTests.shape(row)
        let network: OperatorNetwork<Float> = try ModelConformanceTests.network(row, of: Float.self)
        let input: [Float] = ModelConformanceTests.noise(shape.count)
        let expected = try ModelConformanceTests.predict(network, input, shape)
        let folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = { (name: String) in folder.appending(path: name).path }
        try Data(Self.exported(network, shape).encoded()).write(to: URL(fileURLWithPath: path("m.onnx")))
        try Self.write(input, path("x"))
        try Self.write(expected, path("y"))
        let script = """
            import sys, numpy as np, onnxruntime as ort
            ort.set_default_logger_severity(4)
            session = ort.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
            x = np.fromfile(sys.argv[2], np.float32).reshape(\(shape.extents))
            y = session.run(None, {"x": x})[0]
            expected = np.fromfile(sys.argv[3], np.float32).reshape(y.shape)
            error = np.abs(y - expected).max() / np.abs(expected).max()
            sys.exit(0 if error < 1e-4 else 1)
            """
        #expect(Self.python(["-c", script, path("m.onnx"), path("x"), path("y")]))
    }
}
