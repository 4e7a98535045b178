import Archive
import Foundation
import Testing

@Suite("Files that cannot be read")
struct DamagedFileTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func finishedRun() throws -> String {
        let path = folder.file("run.h5")
        let sample = SampleRun(cells: [50, 40])
        let writer = try RunFileWriter(creating: path, sample.description)
        try sample.advance(writer, 0...4)
        try writer.finish()
        return path
    }

    private func expect(_ kind: ArchiveError.Kind, _ path: String, _ text: String) {
        for error in [
            archiveError { _ = try RunFileReader(path) },
            archiveError { _ = try FileInspector.inspect(path) },
        ] {
            #expect(error?.kind == kind)
            #expect(error?.message.contains(text) == true)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test("a missing file")
    func missing() { expect(.missing, folder.file("none.h5"), "no file") }

    @Test("a file that is not HDF5, and an empty one", arguments: ["title = 1\n", ""])
    func notHDF5(contents: String) throws {
        let path = folder.file("case.toml")
        try Data(contents.utf8).write(to: URL(fileURLWithPath: path))
        expect(.notHDF5, path, "not an HDF5 file")
    }

    @Test("a folder")
    func directory() { expect(.notHDF5, folder.path, "is a folder") }

    @Test("a truncated file")
    func truncated() throws {
        let path = try finishedRun()
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: path))
        expect(.truncated, path, "truncated")
    }

    @Test("HDF5 of another program")
    func foreign() throws {
        let path = folder.file("foreign.h5")
        let file = try HDF5File.create(path)
        try file.root.createDataset("d", [1.0])
        try file.close()
        expect(.foreign, path, "'format'")
    }

    @Test("a file of a newer version")
    func newer() throws {
        let path = try finishedRun()
        let file = try HDF5File.open(path, .readWrite)
        try file.root.attributes.write("format_version", 2)
        try file.close()
        expect(.newerVersion, path, "format_version 2")
    }

    @Test("an unknown field or snapshot names what there is")
    func unknownField() throws {
        let reader = try RunFileReader(try finishedRun())
        let field = archiveError { _ = try reader.field("vorticity", snapshot: 0) }
        #expect(field?.message.contains("density, pressure") == true)
        let snapshot = archiveError { _ = try reader.field("density", snapshot: 3) }
        #expect(snapshot?.message.contains("0 to 2") == true)
    }

    @Test("facts tell format, version, times, provenance, shapes, storage and ranges")
    func facts() throws {
        let facts = try FileInspector.inspect(try finishedRun())
        #expect(facts.format == "hugoniot-run")
        #expect(facts.formatVersion == 1)
        #expect(facts.times.count == 3)
        #expect(facts.attributes["storage"] == "float32")
        let density = try #require(facts.fields.first { $0.path == "/fields/density" })
        #expect(density.shape == [3, 40, 50])
        #expect(density.elementType == .float32)
        #expect(density.chunk == [1, 40, 50])
        #expect(density.deflateLevel == 1)
        #expect(density.minimum == 0)
        #expect(density.maximum == Double(4 + Float(1999) / 7))
        let json = try JSONEncoder().encode(facts)
        #expect(try JSONDecoder().decode(FileFacts.self, from: json) == facts)
    }
}
