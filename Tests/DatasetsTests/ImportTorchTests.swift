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

    @Test("an archive of NumPy is no file of PyTorch")
    func foreignArchive() throws {
        let path = try folder.write(NumPyFile.archive([("x", NumPyFile.array([1], [1]))]), "x.npz")
        #expect(message([path]).contains("data.pkl"))
    }
}
