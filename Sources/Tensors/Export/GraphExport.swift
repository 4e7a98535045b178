import Numerics
import ONNX

/// A network that cannot be exported.
public struct ExportError: Error, Hashable, CustomStringConvertible {
    /// What stands in the way.
    public let description: String

    /// The network holds an operation that has no form in the standard operators.
    init(_ operation: some Operation) { description = "\(type(of: operation)) has no form in ONNX" }
}

extension Graph {
    /// Writes everything that a value depends on as nodes.
    ///
    /// - Parameters:
    ///   - output: What is wanted; the name of its result is returned.
    ///   - input: The value that is given, and its name.
    /// - Throws: ``ExportError`` for an operation that has no form in the standard operators.
    public func export(
        _ output: Value, input: (value: Value, name: String), to body: inout ONNXBody
    ) throws(ExportError) -> String {
        var names: [Int: String] = [input.value.index: input.name]
        for value in values {
            switch origins[value.index] {
            case .input:
                continue
            case .parameter(let index):
                let parameter = parameters.parameters[index]
                names[value.index] = body.constant(
                    parameters.values(of: parameter).map { Float($0.double) }, parameter.shape.extents,
                    name: parameter.name)
            case .operation(let index):
                let operation = operations[index]
                names[value.index] = try operation.export(
                    to: &body, operation.inputs.map { names[$0.index] ?? "" })
            }
        }
        return names[output.index] ?? ""
    }
}

extension Shape {
    /// The extents with the first one left open.
    var open: [Int] { [-1] + extents.dropFirst() }
}
