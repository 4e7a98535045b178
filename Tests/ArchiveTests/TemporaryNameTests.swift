import Archive
import Foundation
import Testing

@Suite("Names of files that are being written")
struct TemporaryNameTests {
    let folder: ScratchFolder
    let sample = SampleRun()
    init() throws { folder = try ScratchFolder() }

    private static let text = Data("somebody's letter".utf8)

    /// Writes a file by each of the ways that there are: step by step, as a whole, and without HDF5.
    private func writers(_ output: String) -> [() throws -> Void] {
        [
            {
                try RunFileWriter(creating: output, sample.description, overwrite: true).finish(
                    sidecar: false)
            },
            { try CheckpointFile.write(output, attributes: ["step": 1], arrays: []) },
            { try SafetensorsFile(tensors: []).write(to: output) },
        ]
    }

    @Test("a link of the temporary name is refused, and what it leads to stays", arguments: [true, false])
    func links(isSymbolic: Bool) throws {
        let (output, letter) = (folder.file("run.h5"), folder.file("letter"))
        try Self.text.write(to: URL(fileURLWithPath: letter))
        let files = FileManager.default
        try isSymbolic
            ? files.createSymbolicLink(atPath: output + ".tmp", withDestinationPath: letter)
            : files.linkItem(atPath: letter, toPath: output + ".tmp")
        for write in writers(output) {
            let error = archiveError(write)
            #expect(error?.kind == .unwritable)
            #expect(error?.message.contains("remove it") == true)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: letter)) == Self.text)
        #expect(!files.fileExists(atPath: output))
    }

    @Test("what a killed process left is taken over, with its journal")
    func leftovers() throws {
        let output = folder.file("run.h5")
        for write in writers(output) {
            for name in [output + ".tmp", output + ".tmp.journal"] {
                try Self.text.write(to: URL(fileURLWithPath: name))
            }
            try write()
            #expect(try folder.contents() == ["run.h5"])
        }
    }

    @Test("two writers do not write one file")
    func twoWriters() throws {
        let output = folder.file("run.h5")
        let first = try RunFileWriter(creating: output, sample.description)
        #expect(
            archiveError { _ = try RunFileWriter(creating: output, sample.description, overwrite: true) }?
                .kind == .busy)
        try first.finish()
    }
}
