import Numerics
import ONNX

extension Sum {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String { body.node("Add", inputs) }
}

extension BroadcastSum {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String { body.node("Add", inputs) }
}

extension Concatenation {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        body.concatenate(inputs, axis: -1)
    }
}

extension ChannelSelection {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        body.gather(inputs[0], channels, axis: -1)
    }
}

extension SpatialMean {
    func export(to body: inout ONNXBody, _ names: [String]) -> String {
        body.mean(names[0], axes: Array(1..<(inputs[0].shape.rank - 1)), keepsAxes: false)
    }
}

extension RowPermutation {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        guard order.count > 1 else { return body.reshape(inputs[0], outputShape.open) }
        let rows = body.reshape(inputs[0], [-1, order.count, channels])
        return body.reshape(body.gather(rows, order.map { Int($0) }, axis: 1), outputShape.open)
    }
}

extension MaximumPooling {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let dimension = outputShape.spatial.count
        let two = ONNXBody.Attribute.integers(outputShape.spatial.map { _ in 2 })
        let pooled = body.node(
            "MaxPool", [body.channelsFirst(inputs[0], dimension)], [("kernel_shape", two), ("strides", two)])
        return body.channelsLast(pooled, dimension)
    }
}

extension CoordinateGrid {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let values = RowOrder.tuples(spatial).flatMap { point in
            point.enumerated().map { Float((Double($0.element) + 0.5) / Double(spatial[$0.offset])) }
        }
        return body.constant(values, outputShape.extents)
    }
}

extension AppendedCoordinates {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let extents = spatial + [spatial.count]
        let values = RowOrder.tuples(spatial).flatMap { point in
            point.enumerated().map { Float(coordinate($0.element, of: spatial[$0.offset]).double) }
        }
        let batch = body.node("Shape", [inputs[0]], [("start", .integer(0)), ("end", .integer(1))])
        let target = body.concatenate([batch, body.constant(extents)], axis: 0)
        let coordinates = body.node("Expand", [body.constant(values, [1] + extents), target])
        return body.concatenate([inputs[0], coordinates], axis: -1)
    }
}

extension BranchContraction {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let branch = body.transpose(body.reshape(inputs[0], [-1, outputs, size]), [0, 2, 1])
        // A trunk that all samples share has an extent of 1, which the product repeats.
        let trunk = body.reshape(inputs[1], [-1, points, size])
        let sums = body.node("Add", [body.node("MatMul", [trunk, branch]), inputs[2]])
        return body.reshape(sums, outputShape.open)
    }
}
