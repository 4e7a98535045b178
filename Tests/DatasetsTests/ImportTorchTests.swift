import Archive
import Datasets
import Foundation
import Testing

@Suite("Import of files of PyTorch")
struct ImportTorchTests {
    let folder: ImportFolder
    init() throws { folder = try ImportFolder() }

    private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors")
    private static func vector(_ name: String) -> String { vectors.appendingPathComponent(name).path }

    private func message(_ sources: [String]) -> String {
        do { _ = try TorchImporter(sources: sources) } catch { return "\(error)" }
        return ""
    }

    /// An archive with one member of the pickle.
    private func archive(_ pickle: [UInt8]) throws -> String {
        var content = NumPyFile.archive([("data.pkl", Data(pickle))])
        // Members get the ending .npy; both places where the name stands have as many letters as "a/data.pkl".
        while let range = content.range(of: Data("data.pkl.npy".utf8)) {
            content.replaceSubrange(range, with: Data("arch/data.pkl".utf8.dropFirst()))
        }
        return try folder.write(content, "bad.pt")
    }

    @Test("files called train and test become these splits, whatever the strides of their tensors")
    func splits() throws {
        let sources = ["tiny_train.pt", "tiny_test.pt"].map(Self.vector)
        let importer = try TorchImporter(sources: sources)
        _ = try DatasetImport(importer, toolVersion: "0").write(to: folder.file("d.h5"), sources: sources)
        let reader = try DatasetFileReader(folder.file("d.h5"))
        #expect(reader.splits.map(\.name).sorted() == ["test", "train"])
        #expect(try reader.split("train") == [0, 1, 2])
        #expect(try reader.split("test") == [3, 4])
        #expect(reader.cellShape == [2, 4] && reader.inputChannels == ["input_0"])
        #expect(try reader.outputs(2) == [200, 201, 202, 203, 210, 211, 212, 213])
        #expect(try reader.outputs(3) == [1000, 1001, 1002, 1003, 1010, 1011, 1012, 1013])
        #expect(try reader.inputs(1) == [1, 0, 1, 0, 0, 1, 0, 1])
    }

    @Test("one file that names no split is split by shares")
    func shares() throws {
        let data = try Data(contentsOf: Self.vectors.appendingPathComponent("tiny_train.pt"))
        let importer = try TorchImporter(sources: [folder.write(data, "d.pt")])
        #expect(importer.splits == nil && importer.sampleCount == 3)
    }

    @Test("a pickle that asks for another class is refused, not executed")
    func foreignClass() throws {
        // GLOBAL os system, STOP
        let text = message([try archive([0x80, 2] + Array("cos\nsystem\n.".utf8))])
        #expect(text.contains("os.system"))
    }

    @Test("a pickle that is cut off is called damaged")
    func cutOff() throws {
        #expect(message([try archive([0x80, 2, 0x7D, 0x58, 0xFF, 0, 0, 0])]).contains("damaged"))
    }

    @Test("values that lie in one another without end are refused", arguments: [[0x29], [0x7D]] as [[UInt8]])
    func nested(start: [UInt8]) throws {
        // EMPTY_TUPLE or EMPTY_DICT, then a million times TUPLE1, STOP
        let text = message([
            try archive([0x80, 2] + start + [UInt8](repeating: 0x85, count: 1_000_000) + [0x2E])
        ])
        #expect(text.contains("deep"))
    }

    @Test(
        "a tensor that reaches beyond its memory is refused, whatever its numbers",
        arguments: [
            (offset: 1 << 62, shape: [2, 2], strides: [2, 1]), (1, [2, 2], [2, 1]),
            (0, [2, 2], [1 << 61, 1]),
            (0, [1 << 62, 4], [1 << 62, 1]), (0, [1 << 40, 4], [0, 1]), (0, [3, 2], [2, 1]),
        ])
    func reaching(offset: Int, shape: [Int], strides: [Int]) throws {
        #expect(message([try tensors(offset, shape, strides)]).contains("reaches beyond its memory"))
        #expect(message([try tensors(0, [2, 2], [2, 1])]).contains("reaches beyond") == false)
    }

    /// A file with the tensors x and y, views into a storage of four numbers.
    private func tensors(_ offset: Int, _ shape: [Int], _ strides: [Int]) throws -> String {
        func text(_ value: String) -> [UInt8] {
            [0x58, UInt8(value.utf8.count), 0, 0, 0] + Array(value.utf8)
        }
        func number(_ value: Int) -> [UInt8] {
            [0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        func tuple(_ parts: [UInt8]...) -> [UInt8] { [0x28] + parts.flatMap { $0 } + [0x74] }
        func global(_ name: String) -> [UInt8] { [0x63] + Array((name + "\n").utf8) }
        let storage =
            tuple(
                text("storage"), global("torch\nFloatStorage"), text("000"), text("cpu"), number(4)) + [0x51]
        func list(_ values: [Int]) -> [UInt8] { [0x28] + values.flatMap(number) + [0x74] }
        let view =
            global("torch._utils\n_rebuild_tensor_v2")
            + tuple(storage, number(offset), list(shape), list(strides)) + [0x52]
        let pickle = [0x80, 2, 0x7D, 0x28] + text("x") + view + text("y") + view + [0x75, 0x2E]
        let values = [Float](repeating: 1, count: 4).withUnsafeBytes { Data($0) }
        // Members get the ending .npy, which takes the place of as many letters of the name that is wanted.
        var content = NumPyFile.archive([("data.pkl", Data(pickle)), ("123data/", values)])
        for (found, wanted) in [("data.pkl.npy", "arc/data.pkl"), ("123data/.npy", "arc/data/000")] {
            while let range = content.range(of: Data(found.utf8)) {
                content.replaceSubrange(range, with: Data(wanted.utf8))
            }
        }
        return try folder.write(content, "tensors.pt")
    }

    @Test("an archive of NumPy is no file of PyTorch")
    func foreignArchive() throws {
        let path = try folder.write(NumPyFile.archive([("x", NumPyFile.array([1], [1]))]), "x.npz")
        #expect(message([path]).contains("data.pkl"))
    }
}
