extension SafetensorsFile {
    /// Texts longer than this, such as a history, are left out of the facts.
    private static let longText = 200

    /// What the file holds, as `inspect` tells it of HDF5 files: a tensor is a dataset.
    public func facts(_ path: String) -> FileFacts {
        let short = metadata.filter {
            !["format", "format_version"].contains($0.key) && $0.value.count <= Self.longText
        }
        return FileFacts(
            path: path, byteCount: tensors.reduce(0) { $0 + $1.byteCount },
            format: metadata["format"] ?? "safetensors",
            formatVersion: metadata["format_version"].flatMap { Int($0) } ?? 0,
            attributes: short.mapValues(AttributeValue.text), times: [], datasets: tensors.map(\.facts))
    }
}

extension SafetensorsTensor {
    fileprivate var facts: DatasetFacts {
        let values = floats
        let finite = values.filter(\.isFinite)
        return DatasetFacts(
            path: name, elementType: type.elementType, shape: shape, chunk: nil, deflateLevel: 0,
            storedBytes: byteCount, minimum: finite.min().map(Double.init),
            maximum: finite.max().map(Double.init),
            nonFiniteCount: values.count - finite.count, rangeIsOfLastRow: false)
    }
}

extension SafetensorsType {
    /// The same type in HDF5; nil where it has none.
    fileprivate var elementType: ElementType? {
        switch self {
        case .float64: .float64
        case .float32: .float32
        case .float16: .float16
        case .bfloat16: nil
        }
    }
}
