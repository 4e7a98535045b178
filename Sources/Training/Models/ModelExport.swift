import Numerics
import ONNX
import Operators
import Tensors

extension TrainedModel {
    /// The model as a network that other programs run: physical units in and out, channels first, any number of samples.
    ///
    /// `fields` [batch, given channels, (z,) y, x] ↦ `prediction` [batch, predicted channels, (z,) y, x]; normalisation is
    /// part of the network. A model of trajectories maps the conditions and a state to the next state.
    ///
    /// - Parameter cellShape: The grid, (z,) y, x; nil takes that of training.
    /// - Throws: `OperatorError` for a grid that the model cannot work on, `ExportError` for a layer without a form in the
    ///   standard operators.
    public func onnx(cellShape: [Int]? = nil) throws -> ONNXModel {
        let layout = description.layout
        let spatial = cellShape ?? layout.cellShape
        let shape = Shape([1] + spatial + [layout.givenChannels.count])
        try network.check(shape)
        let graph = Graph<Float>(parameters: network.parameters)
        let input = graph.input("fields", shape)
        let output = network.model.record(in: graph, input)
        var body = ONNXBody()
        let normal = body.normalised("fields", description.inputs, spatial.count)
        let result = try graph.export(output, input: (input, normal), to: &body)
        body.restore(result, description.outputs, spatial.count, output: "prediction")
        let extents = { (channels: Int) -> [ONNXModel.Extent] in
            [.named("batch"), .fixed(channels)] + spatial.map { .fixed($0) }
        }
        return ONNXModel(
            name: "operator", producerVersion: description.toolVersion,
            metadata: [
                "inputs": layout.givenChannels.joined(separator: ","),
                "outputs": layout.outputChannels.joined(separator: ","),
                "dataset_sha256": description.datasetSHA256, "model": description.model,
            ],
            inputs: [.init("fields", extents(layout.givenChannels.count))],
            outputs: [.init("prediction", extents(layout.outputChannels.count))], body: body)
    }
}

extension ONNXBody {
    /// (x − mean)/deviation, channel by channel, then channels last.
    fileprivate mutating func normalised(
        _ x: String, _ normaliser: ChannelNormaliser, _ dimension: Int
    ) -> String {
        let (mean, scale) = (
            perChannel(normaliser.mean, dimension), perChannel(normaliser.deviation.map { 1 / $0 }, dimension)
        )
        return channelsLast(node("Mul", [node("Sub", [x, mean]), scale]), dimension)
    }

    /// Channels first, then x·deviation + mean.
    fileprivate mutating func restore(
        _ x: String, _ normaliser: ChannelNormaliser, _ dimension: Int, output: String
    ) {
        let (mean, scale) = (
            perChannel(normaliser.mean, dimension), perChannel(normaliser.deviation, dimension)
        )
        _ = node("Add", [node("Mul", [channelsFirst(x, dimension), scale]), mean], output: output)
    }

    private mutating func perChannel(_ values: [Double], _ dimension: Int) -> String {
        constant(values.map { Float($0) }, [values.count] + Array(repeating: 1, count: dimension))
    }
}
