import Foundation
import Numerics
import Tensors
import Testing

/// A layer computed by PyTorch; `Tests/Vectors/make_vectors.py` made the file.
struct LayerVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let shape: [Int]
    let input: [Double]
    let target: [Double]
    let output: [Double]
    let inputGradient: [Double]
    let parameters: [String: [Double]]
    let gradients: [String: [Double]]
    var testDescription: String { name }

    static let all: [LayerVector] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("Vectors/layers.json")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([LayerVector].self, from: data)) ?? []
    }()
}

@Suite("Layers beside PyTorch") struct VectorTests {
    static func record(_ name: String, _ graph: Graph<Double>, _ x: Value) -> Value? {
        switch name {
        case "dense": graph.dense("a", x, to: 5, activation: .gelu)
        case "perceptron": graph.perceptron("a", x, hidden: 6, to: 2)
        case "convolution": graph.convolution("a", x, to: 3)
        case "spread": graph.unpatched(graph.dense("a", x, to: 8, bias: false), 2)
        case "layer norm": graph.normalise("a", x)
        case "group norm": graph.normalise("a", x, groups: 2)
        case "pooling": graph.maximumPooling(x)
        case "attention": graph.selfAttention("a", x, heads: 2)
        case "fourier layer": graph.fourierLayer("a", x, to: 3, modes: [2, 3], activation: .gelu)
        default: nil
        }
    }

    static func differs(_ ours: [Double], _ theirs: [Double]) -> Bool {
        ours.count != theirs.count || zip(ours, theirs).contains { abs($0 - $1) > 1e-10 * max(1, abs($1)) }
    }

    @Test("all vectors are there") func complete() {
        #expect(LayerVector.all.count == 9)
    }

    @Test("values and gradients are PyTorch's", arguments: LayerVector.all) func agreement(
        vector: LayerVector
    ) throws {
        let graph = Graph<Double>(parameters: ParameterSet(seed: 1))
        let x = graph.input("x", Shape(vector.shape), differentiable: true)
        let y = try #require(Self.record(vector.name, graph, x))
        let target = graph.input("target", y.shape)
        let loss = graph.loss(.meanSquare, y, target)
        let program = Program(graph, outputs: [y], objective: loss, workers: Workers(count: 2))
        for (name, values) in vector.parameters {
            graph.parameters.set(try #require(graph.parameters.parameter(named: name)), to: values)
        }
        _ = program.values(of: x).update(from: vector.input)
        _ = program.values(of: target).update(from: vector.target)
        program.forward()
        program.backward()
        #expect(!Self.differs(Array(program.values(of: y)), vector.output))
        #expect(!Self.differs(try #require(program.gradient(of: x).map(Array.init)), vector.inputGradient))
        for (name, values) in vector.gradients {
            let parameter = try #require(graph.parameters.parameter(named: name))
            #expect(!Self.differs(graph.parameters.gradient(of: parameter), values), "\(name)")
        }
    }
}
