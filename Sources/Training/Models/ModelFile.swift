import Archive
import Foundation
import Operators
import Tensors

/// Model files: weights by name in the safetensors format, everything else in its metadata.
public enum ModelFile {
    /// Writes a model. Throws `ArchiveError` where the file cannot be written.
    static func write(_ description: ModelDescription, _ parameters: ParameterSet<Float>, to path: String)
        throws
    {
        let tensors = parameters.parameters.map { parameter in
            SafetensorsTensor(
                parameter.name, shape: parameter.shape.extents,
                values: UnsafeBufferPointer(
                    start: parameters.values + parameter.offset, count: parameter.shape.count))
        }
        try SafetensorsFile(metadata: try description.metadata(), tensors: tensors).write(to: path)
    }

    /// Puts the weights of a file into a network.
    ///
    /// - Throws: ``TrainingError`` for a tensor that is missing, or of another shape, or not finite.
    static func load(_ file: SafetensorsFile, into parameters: ParameterSet<Float>, path: String) throws {
        var left = Set(file.tensors.map(\.name))
        for parameter in parameters.parameters {
            guard let tensor = file.tensor(parameter.name) else {
                throw TrainingError("\(path) is damaged: it lacks the weights \"\(parameter.name)\"")
            }
            guard tensor.shape == parameter.shape.extents else {
                throw TrainingError(
                    "\(path) is damaged: \"\(parameter.name)\" has the shape \(tensor.shape), "
                        + "the model needs \(parameter.shape.extents)")
            }
            let values = tensor.floats
            guard values.allSatisfy(\.isFinite) else {
                throw TrainingError("\(path): the weights \"\(parameter.name)\" are not finite")
            }
            parameters.set(parameter, to: values)
            left.remove(parameter.name)
        }
        guard left.isEmpty else {
            throw TrainingError("\(path) has weights that its model does not know: \(left.sorted())")
        }
    }
}
