import Operators
import Tensors

extension TrainedModel {
    /// Additions and multiplications of the prediction of one sample on a grid, (z,) y, x.
    public func arithmetic(cellShape: [Int]) -> Double {
        let graph = Graph<Float>(parameters: network.parameters)
        let shape = Shape([1] + cellShape + [description.layout.givenChannels.count])
        _ = network.model.record(in: graph, graph.input("input", shape))
        return graph.arithmetic
    }
}
