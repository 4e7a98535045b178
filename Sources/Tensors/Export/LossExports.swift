import ONNX

// What networks learn by is no part of what they predict, and is not exported.

extension FieldLoss {
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String {
        throw ExportError(self)
    }
}

extension FieldDifferences {
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String {
        throw ExportError(self)
    }
}

extension EulerResidual {
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String {
        throw ExportError(self)
    }
}

extension WeightedTotal {
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String {
        throw ExportError(self)
    }
}

extension MaskedField {
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String {
        throw ExportError(self)
    }
}
