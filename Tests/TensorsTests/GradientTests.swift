import Numerics
import Tensors
import Testing

@Suite("Gradients") struct GradientTests {
    static let field = Shape(2, 6, 8, 3)

    /// One operation, with the shapes of its inputs.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var inputs = [GradientTests.field]
        let record: @Sendable (Graph<Double>, [Value]) -> Value
    }

    static let rows: [Row] = [
        Row(testDescription: "dense") { $0.dense("a", $1[0], to: 5) },
        Row(testDescription: "dense with GELU") { $0.dense("a", $1[0], to: 20, activation: .gelu) },
        Row(testDescription: "dense without bias") { $0.dense("a", $1[0], to: 5, bias: false) },
        Row(testDescription: "dense by the library", inputs: [Shape(6, 130)]) {
            $0.dense("a", $1[0], to: 130, activation: .gelu)
        },
        Row(testDescription: "perceptron") { $0.perceptron("a", $1[0], hidden: 20, to: 2) },
        Row(testDescription: "perceptron with one output") { $0.perceptron("a", $1[0], hidden: 20, to: 1) },
        Row(testDescription: "activation") { $0.activate($1[0], .gelu) },
        Row(testDescription: "sum", inputs: [field, field]) { $0.add($1[0], $1[1]) },
        Row(testDescription: "a value that is read twice") { $0.add($1[0], $1[0]) },
        Row(testDescription: "a value with several readers") { graph, inputs in
            let first = graph.dense("a", inputs[0], to: 3)
            return graph.add(graph.add(first, graph.activate(first, .gelu)), inputs[0])
        },
        Row(testDescription: "appended coordinates") { $0.appendingCoordinates($1[0]) },
        Row(testDescription: "concatenation", inputs: [field, Shape(2, 6, 8, 2)]) { $0.concatenate($1) },
        Row(testDescription: "selection of channels") { $0.select($1[0], channels: [2, 0, 2]) },
        Row(testDescription: "spatial mean") { $0.spatialMean($1[0]) },
        Row(testDescription: "patches") { $0.patches($1[0], 2) },
        Row(testDescription: "unpatched", inputs: [Shape(2, 2, 3, 8)]) { $0.unpatched($1[0], 2) },
        Row(testDescription: "maximum pooling") { $0.maximumPooling($1[0]) },
        Row(testDescription: "convolution in 1 dimension", inputs: [Shape(2, 9, 3)]) {
            $0.convolution("a", $1[0], to: 4)
        },
        Row(testDescription: "convolution in 2 dimensions") { $0.convolution("a", $1[0], to: 4) },
        Row(testDescription: "convolution by Winograd's algorithm", inputs: [Shape(2, 6, 9, 16)]) {
            $0.convolution("a", $1[0], to: 17)
        },
        Row(testDescription: "convolution of a value that is read twice", inputs: [Shape(1, 5, 5, 16)]) {
            $0.add($0.convolution("a", $1[0], to: 16), $1[0])
        },
        Row(testDescription: "convolution in 3 dimensions", inputs: [Shape(1, 3, 4, 5, 2)]) {
            $0.convolution("a", $1[0], to: 3)
        },
        Row(testDescription: "normalisation of points") { $0.normalise("a", $1[0]) },
        Row(testDescription: "normalisation of groups", inputs: [Shape(2, 4, 4, 6)]) {
            $0.normalise("a", $1[0], groups: 3)
        },
        Row(testDescription: "normalisation of narrow groups with GELU", inputs: [Shape(2, 4, 4, 20)]) {
            $0.normalise("a", $1[0], groups: 10, activation: .gelu)
        },
        Row(testDescription: "normalisation of wide groups with GELU", inputs: [Shape(2, 3, 2, 36)]) {
            $0.normalise("a", $1[0], groups: 2, activation: .gelu)
        },
        Row(testDescription: "normalisation of points with an activation") {
            $0.normalise("a", $1[0], activation: .gelu)
        },
        Row(testDescription: "maximum pooling of many channels", inputs: [Shape(2, 4, 6, 20)]) {
            $0.maximumPooling($1[0])
        },
        Row(testDescription: "attention", inputs: [Shape(2, 5, 8)]) {
            $0.selfAttention("a", $1[0], heads: 2)
        },
        Row(testDescription: "attention in shifted windows", inputs: [Shape(8, 4, 8)]) { graph, inputs in
            let bias = AttentionBias.windows(spatial: [4, 4], window: [2, 2], shift: [1, 1])
            return graph.selfAttention(
                "a", inputs[0], heads: 2, bias: (bias, rows: AttentionBias.tableRows(window: [2, 2])))
        },
        Row(testDescription: "embedding of positions", inputs: [Shape(3, 5, 4)]) {
            $0.positionEmbedding("a", $1[0])
        },
        Row(testDescription: "deep operator network", inputs: [Shape(3, 6), Shape(3, 4, 5, 3)]) {
            $0.contract("a", branch: $1[0], trunk: $1[1], outputs: 2)
        },
        Row(testDescription: "deep operator network, shared trunk", inputs: [Shape(3, 6), Shape(1, 4, 5, 3)])
        {
            $0.contract("a", branch: $1[0], trunk: $1[1], outputs: 2)
        },
        Row(testDescription: "resampling to a finer grid") { $0.resample($1[0], to: [9, 12]) },
        Row(testDescription: "resampling to a coarser grid") { $0.resample($1[0], to: [4, 5]) },
        Row(testDescription: "Fourier layer in 1 dimension", inputs: [Shape(2, 12, 3)]) {
            $0.fourierLayer("a", $1[0], to: 4, modes: [5], activation: .gelu)
        },
        Row(testDescription: "Fourier layer in 2 dimensions") {
            $0.fourierLayer("a", $1[0], to: 4, modes: [2, 3], activation: .gelu)
        },
        Row(testDescription: "Fourier layer without activation") {
            $0.fourierLayer("a", $1[0], to: 2, modes: [2, 3], activation: .none)
        },
        Row(testDescription: "Fourier layer with more modes than the grid has") {
            $0.fourierLayer("a", $1[0], to: 2, modes: [8, 8], activation: .none)
        },
        Row(testDescription: "Fourier layer in 3 dimensions", inputs: [Shape(2, 4, 5, 6, 2)]) {
            $0.fourierLayer("a", $1[0], to: 3, modes: [2, 2, 2], activation: .gelu)
        },
        Row(testDescription: "factorised Fourier layer") {
            $0.factorisedFourierLayer("a", $1[0], to: 4, modes: [2, 3], rank: 0.5, activation: .gelu)
        },
    ]

    @Test("gradients agree with finite differences", arguments: rows) func differences(row: Row) {
        #expect(GradientCheck.error(inputs: row.inputs, row.record) < 1e-6)
    }
}
