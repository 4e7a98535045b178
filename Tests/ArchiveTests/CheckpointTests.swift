import Archive
import Foundation
import Testing

@Suite("Checkpoint")
struct CheckpointTests {
    let folder: ScratchFolder
    let path: String
    let attributes: [String: AttributeValue] = [
        "step": 1200, "time": .real(0.1 + 0.2), "case": "x = 1\n", "totals": .reals([1.5, .pi]),
    ]
    init() throws {
        folder = try ScratchFolder()
        path = folder.file("run.checkpoint.h5")
    }

    private func write<Element: HDF5Element>(_ values: [Element], shape: [Int]) throws {
        try values.withUnsafeBytes { bytes in
            let array = CheckpointArray(
                name: "state", shape: shape, elementType: Element.elementType, bytes: bytes)
            try CheckpointFile.write(path, attributes: attributes, arrays: [array])
        }
    }

    @Test("attributes and arrays read back bitwise, NaN included")
    func roundTrip() throws {
        let values: [Float16] = [1.5, .nan, -0.0, .infinity, 3, 4]
        try write(values, shape: [2, 3])
        let reader = try CheckpointFile.open(path)
        #expect(reader.attributes == attributes)
        #expect(reader.arrays.map(\.shape) == [[2, 3]])
        #expect(try reader.read("state", as: Float16.self).map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test("a new checkpoint replaces the former, also while a reader holds that one")
    func replacement() throws {
        try write([Double(1), 2], shape: [2])
        let former = try CheckpointFile.open(path)
        try write([Double(3), 4, 5], shape: [3])
        #expect(try former.read("state", as: Double.self) == [1, 2])
        #expect(try folder.contents() == ["run.checkpoint.h5"])
    }

    @Test("a failed write leaves the former checkpoint and no temporary file")
    func failure() throws {
        try write([Double(1), 2], shape: [2])
        #expect(throws: ArchiveError.self) { try write([Double(3)], shape: [7]) }
        #expect(try CheckpointFile.open(path).read("state", as: Double.self) == [1, 2])
        #expect(try folder.contents() == ["run.checkpoint.h5"])
    }

    @Test("a flipped bit is found")
    func flippedBit() throws {
        try write((0..<1000).map(Double.init), shape: [1000])
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        let value = withUnsafeBytes(of: Double(777)) { Data($0) }
        let place = try #require(data.range(of: value))
        data[place.lowerBound] ^= 1
        try data.write(to: URL(fileURLWithPath: path))
        let error = archiveError { _ = try CheckpointFile.open(path).read("state", as: Double.self) }
        #expect(error?.kind == .damaged)
    }

    @Test("a changed attribute is found")
    func changedAttribute() throws {
        try write([Double(1)], shape: [1])
        let file = try HDF5File.open(path, .readWrite)
        try file.root.group("attributes").attributes.write("step", 1201)
        try file.close()
        #expect(archiveError { _ = try CheckpointFile.open(path) }?.kind == .damaged)
    }

    @Test("a truncated checkpoint, a run file and a missing file are told apart")
    func wrongFiles() throws {
        try write((0..<5000).map(Double.init), shape: [5000])
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        try data.prefix(data.count - 3000).write(to: URL(fileURLWithPath: path))
        #expect(archiveError { _ = try CheckpointFile.open(path) }?.kind == .truncated)
        let run = folder.file("run.h5")
        try RunFileWriter(creating: run, SampleRun().description).finish()
        #expect(archiveError { _ = try CheckpointFile.open(run) }?.kind == .foreign)
        #expect(archiveError { _ = try CheckpointFile.open(folder.file("none")) }?.kind == .missing)
    }

    @Test("a checkpoint of the former version is refused, with the reason and the ways to go on")
    func formerVersion() throws {
        try write([Double(1)], shape: [1])
        let file = try HDF5File.open(path, .readWrite)
        #expect(try file.root.attributes.read("format_version")?.integer == 2)
        try file.root.attributes.write("format_version", 1)
        try file.close()
        let error = archiveError { _ = try CheckpointFile.open(path) }
        #expect(error?.kind == .olderVersion)
        for text in [path, "format_version 1", "debt", "--overwrite"] {
            #expect(error?.message.contains(text) == true, "\(text)")
        }
    }

    @Test("a wrong name or type is refused")
    func misuse() throws {
        try write([Double(1)], shape: [1])
        let reader = try CheckpointFile.open(path)
        #expect(archiveError { _ = try reader.read("velocity", as: Double.self) }?.kind == .mismatch)
        #expect(archiveError { _ = try reader.read("state", as: Float.self) }?.kind == .mismatch)
    }
}
