import ONNX
import Testing

@Suite("The exchange format of networks") struct WireFormatTests {
    private func model(_ body: ONNXBody) -> ONNXModel {
        ONNXModel(
            name: "n", producerVersion: "1", inputs: [.init("x", [.named("b"), .fixed(300)])],
            outputs: [.init("y", [.fixed(1)])], body: body)
    }

    /// Fields and values worked out by hand from the description of the encoding.
    @Test("a small network has the bytes of the specification")
    func bytes() throws {
        var body = ONNXBody()
        _ = body.node("Neg", ["x"], output: "y")
        let node: [UInt8] = [0x0A, 1, 0x78, 0x12, 1, 0x79, 0x1A, 1, 0x79, 0x22, 3, 0x4E, 0x65, 0x67]
        // The batch by name, 0A 03 12 01 62, then 300: 0A 03 08 AC 02.
        let extents: [UInt8] = [0x0A, 3, 0x12, 1, 0x62, 0x0A, 3, 0x08, 0xAC, 0x02]
        let input: [UInt8] = [0x0A, 1, 0x78, 0x12, 16, 0x0A, 14, 0x08, 1, 0x12, 10] + extents
        let output: [UInt8] = [0x0A, 1, 0x79, 0x12, 10, 0x0A, 8, 0x08, 1, 0x12, 4, 0x0A, 2, 0x08, 1]
        let graph =
            [0x0A, UInt8(node.count)] + node + [0x12, 1, 0x6E] + [0x5A, UInt8(input.count)] + input
            + [0x62, UInt8(output.count)] + output
        let expected =
            [0x08, 8, 0x12, 8] + Array("hugoniot".utf8) + [0x1A, 1, 0x31, 0x3A, UInt8(graph.count)] + graph
            + [0x42, 2, 0x10, 17]
        #expect(try model(body).encoded() == expected)
    }

    @Test("names of results are all different")
    func names() {
        var body = ONNXBody()
        let names = (0..<20).map { _ in body.node("Relu", ["x"]) }
        #expect(Set(names).count == 20)
    }

    @Test("negative whole numbers take ten bytes, as the encoding has them")
    func negative() throws {
        var body = ONNXBody()
        _ = body.node("Softmax", ["x"], output: "y", [("axis", .integer(-1))])
        let bytes = try model(body).encoded()
        let pattern: [UInt8] = [0x18] + Array(repeating: 0xFF, count: 9) + [0x01]
        #expect(bytes.indices.dropLast(10).contains { Array(bytes[$0..<($0 + 11)]) == pattern })
    }
}
