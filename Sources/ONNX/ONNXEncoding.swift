/// The messages of the format with their field numbers (onnx.proto, IR version 8).
extension ONNXModel {
    /// A network that does not fit into one file.
    public struct SizeError: Error, CustomStringConvertible {
        /// The bytes that it would need.
        public let bytes: Int
        /// What is wrong.
        public var description: String {
            "the network needs \(bytes / 1_000_000) MB; a file of this format holds 2147 MB at most"
        }
    }

    /// The bytes of a `.onnx` file.
    ///
    /// - Throws: ``SizeError`` beyond 2 GiB, which the format's readers do not accept.
    public func encoded() throws(SizeError) -> [UInt8] {
        var file = WireWriter()
        file.integer(1, Self.format)
        file.text(2, "hugoniot")
        file.text(3, producerVersion)
        file.message(7) { encodeGraph(&$0) }
        file.message(8) { $0.integer(2, Self.operatorSet) }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            file.message(14) {
                $0.text(1, key)
                $0.text(2, value)
            }
        }
        if file.bytes.count > Int(Int32.max) { throw SizeError(bytes: file.bytes.count) }
        return file.bytes
    }

    private func encodeGraph(_ writer: inout WireWriter) {
        for node in body.nodes { writer.message(1) { node.encode(&$0) } }
        writer.text(2, name)
        for constant in body.constants { writer.message(5) { constant.encode(&$0) } }
        for input in inputs { writer.message(11) { input.encode(&$0) } }
        for output in outputs { writer.message(12) { output.encode(&$0) } }
    }
}

extension ONNXBody.Node {
    fileprivate func encode(_ writer: inout WireWriter) {
        for input in inputs { writer.text(1, input) }
        writer.text(2, output)
        writer.text(3, output)
        writer.text(4, kind)
        for attribute in attributes {
            writer.message(5) {
                $0.text(1, attribute.name)
                attribute.value.encode(&$0)
            }
        }
    }
}

extension ONNXBody.Attribute {
    fileprivate func encode(_ writer: inout WireWriter) {
        switch self {
        case .number(let value):
            writer.number(2, value)
            writer.integer(20, 1)
        case .integer(let value):
            writer.integer(3, value)
            writer.integer(20, 2)
        case .integers(let values):
            for value in values { writer.integer(8, value) }
            writer.integer(20, 7)
        }
    }
}

extension ONNXBody.Constant {
    fileprivate func encode(_ writer: inout WireWriter) {
        for extent in extents { writer.integer(1, extent) }
        switch values {
        case .floats(let floats):
            writer.integer(2, 1)
            writer.text(8, name)
            writer.block(9, floats.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) })
        case .integers(let integers):
            writer.integer(2, 7)
            writer.text(8, name)
            writer.block(9, integers.map { Int64($0).littleEndian }.withUnsafeBytes { Array($0) })
        }
    }
}

extension ONNXModel.Field {
    fileprivate func encode(_ writer: inout WireWriter) {
        writer.text(1, name)
        writer.message(2) { type in
            type.message(1) { tensor in
                tensor.integer(1, 1)
                tensor.message(2) { shape in
                    for extent in extents {
                        shape.message(1) {
                            switch extent {
                            case .fixed(let value): $0.integer(1, value)
                            case .named(let name): $0.text(2, name)
                            }
                        }
                    }
                }
            }
        }
    }
}
