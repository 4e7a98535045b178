import Archive
import Foundation
import Testing

@Suite("Continuing an interrupted run")
struct ResumptionTests {
    let folder: ScratchFolder
    let sample = SampleRun()
    init() throws { folder = try ScratchFolder() }

    /// Every dataset of a file as numbers, by path.
    private func datasets(_ path: String) throws -> [String: [Double]] {
        let root = try HDF5File.open(path).root
        var result: [String: [Double]] = [:]
        for facts in try FileInspector.inspect(path).datasets {
            result[facts.path] = try root.dataset(String(facts.path.dropFirst())).read()
        }
        return result
    }

    @Test("a run that is resumed holds the same datasets as one never stopped", arguments: [3, 4])
    func equality(checkpoint: Int) throws {
        let whole = try RunFileWriter(creating: folder.file("whole.h5"), sample.description)
        try sample.advance(whole, 0...10)
        try whole.finish()

        let output = folder.file("stopped.h5")
        let first = try RunFileWriter(creating: output, sample.description)
        try sample.advance(first, 0...7)  // computed past the checkpoint, then killed
        try first.suspend()
        let second = try RunFileWriter(
            resuming: output, sample.description, afterStep: checkpoint, time: Double(checkpoint) * 0.1)
        #expect(second.snapshotCount == checkpoint / 2 + 1)
        try sample.advance(second, (checkpoint + 1)...10)
        try second.finish()

        #expect(try datasets(output) == datasets(folder.file("whole.h5")))
        #expect(try RunFileReader(output).status == "completed")
    }

    @Test("rows and fields that a kill left uneven are cut to the same length")
    func unevenRows() throws {
        let output = folder.file("uneven.h5")
        let first = try RunFileWriter(creating: output, sample.description)
        try sample.advance(first, 0...6)
        try first.suspend()
        let file = try HDF5File.open(first.partialPath, .readWrite)
        try file.root.dataset("fields/density").resize(rows: 9)
        try file.root.dataset("history/mass").resize(rows: 5)
        try file.close()
        #expect(try RunFileReader(first.partialPath).snapshotCount == 4)
        let second = try RunFileWriter(resuming: output, sample.description, afterStep: 4, time: 0.4)
        try second.finish()
        let reader = try RunFileReader(output)
        #expect(reader.steps == [0, 2, 4])
        #expect(try reader.history()["step"] == [0, 1, 2, 3, 4])
        #expect(try HDF5File.open(output).root.dataset("fields/density").shape() == [3, 4, 6])
    }

    @Test("the file of another grid or other fields is not continued")
    func otherRun() throws {
        let output = folder.file("other.h5")
        let first = try RunFileWriter(creating: output, sample.description)
        try sample.advance(first, 0...2)
        try first.suspend()
        let grid = archiveError {
            _ = try RunFileWriter(
                resuming: output, SampleRun(cells: [6, 5]).description, afterStep: 2, time: 0.2)
        }
        #expect(grid?.message.contains("shape [4, 6]") == true)
        let fields = archiveError {
            _ = try RunFileWriter(
                resuming: output, SampleRun(fields: ["mach"]).description, afterStep: 2, time: 0.2)
        }
        #expect(fields?.message.contains("stores the fields") == true)
        #expect(try RunFileReader(first.partialPath).snapshotCount == 2)
    }

    @Test("without an interrupted run there is nothing to continue")
    func nothing() throws {
        let error = archiveError {
            _ = try RunFileWriter(
                resuming: folder.file("none.h5"), sample.description, afterStep: 2, time: 0.2)
        }
        #expect(error?.kind == .missing)
        #expect(try folder.contents().isEmpty)
    }
}
