import Foundation

/// Tells what a model file holds.
public enum ModelInspector {
    /// Whether a path names a model file.
    public static func isModel(_ path: String) -> Bool { path.lowercased().hasSuffix(".safetensors") }

    /// The metadata and every tensor, as they are told of HDF5 files. Throws `ArchiveError`.
    public static func inspect(_ path: String) throws -> FileFacts {
        let file = try SafetensorsFile(reading: path)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        // Long texts, such as the history, would bury the rest.
        let attributes = file.metadata.filter {
            $0.value.count < 400 && !["format", "format_version"].contains($0.key)
        }
        return FileFacts(
            path: path, byteCount: size?.intValue ?? 0, format: file.metadata["format"] ?? "safetensors",
            formatVersion: file.metadata["format_version"].flatMap { Int($0) } ?? 0,
            attributes: attributes.mapValues(AttributeValue.text), times: [],
            datasets: file.tensors.sorted { $0.name < $1.name }.map(facts))
    }

    private static func facts(_ tensor: SafetensorsTensor) -> DatasetFacts {
        let values = tensor.floats
        let finite = values.filter(\.isFinite)
        return DatasetFacts(
            path: tensor.name, elementType: ElementType(tensor.type), shape: tensor.shape, chunk: nil,
            deflateLevel: 0, storedBytes: tensor.bytes.count, minimum: finite.min().map { Double($0) },
            maximum: finite.max().map { Double($0) }, nonFiniteCount: values.count - finite.count,
            rangeIsOfLastRow: false)
    }
}

extension ElementType {
    /// The type of a tensor's numbers; nil for bfloat16, which HDF5 does not have.
    fileprivate init?(_ type: SafetensorsType) {
        switch type.rawValue {
        case "F16": self = .float16
        case "F32": self = .float32
        case "F64": self = .float64
        default: return nil
        }
    }
}
