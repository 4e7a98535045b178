import Numerics
import Tensors
import Testing

@Suite("Layers in bfloat16") struct PrecisionTests {
    struct Pass {
        let bytes: Int
        let output: [Double]
        let gradients: [Double]
    }

    static func pass(_ precision: Precision) throws -> Pass {
        let graph = Graph<Float>(parameters: ParameterSet(seed: 3), precision: precision)
        let x = graph.input("x", Shape(37, 131), differentiable: true)
        let hidden = graph.dense("a", x, to: 257, activation: .gelu)
        let y = graph.dense("b", hidden, to: 129)
        let target = graph.input("target", y.shape)
        let program = Program(
            graph, outputs: [y], objective: graph.loss(.meanSquare, y, target), workers: Workers(count: 2))
        _ = program.values(of: x).update(from: ProductTests.noise(x.shape.count, seed: 1) as [Float])
        _ = program.values(of: target).update(from: ProductTests.noise(y.shape.count, seed: 2) as [Float])
        program.forward()
        program.backward()
        let parameters = UnsafeBufferPointer(
            start: graph.parameters.gradients, count: graph.parameters.extent)
        return Pass(
            bytes: program.arenaBytes, output: program.values(of: y).map(\.double),
            gradients: (Array(try #require(program.gradient(of: x))) + parameters).map(\.double))
    }

    @Test("values and gradients differ by the rounding of factors, and are not the same") func agreement()
        throws
    {
        let (full, reduced) = (try Self.pass(.float32), try Self.pass(.bfloat16))
        let errors = [
            WinogradTests.distance(reduced.output, full.output),
            WinogradTests.distance(reduced.gradients, full.gradients),
        ]
        #expect(errors.allSatisfy { $0 > 1e-5 && $0 < 1e-2 }, "\(errors)")
    }
}
