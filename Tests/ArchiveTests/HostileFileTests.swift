import Archive
import Foundation
import Testing

/// HDF5 itself dies of such files, or does not come to an end; see `CFileDriver`.
@Suite("Files that lie", .serialized)
struct HostileFileTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func finishedRun(_ name: String = "run.h5") throws -> String {
        let path = folder.file(name)
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: path, sample.description)
        try sample.advance(writer, 0...4)
        try writer.finish(sidecar: false)
        return path
    }

    /// Everything that a run file can be asked for. Throws what the readers throw.
    private func readAll(_ path: String) throws {
        _ = try FileInspector.inspect(path)
        let reader = try RunFileReader(path)
        for name in reader.fieldNames {
            for index in reader.times.indices { _ = try reader.field(name, snapshot: index) }
        }
        _ = try (reader.history(), reader.probe("nose"), reader.geometry())
    }

    @Test(
        "a heap of texts that is zeroed or filled is an error", arguments: [0, 0xFF] as [UInt8],
        [0, 8, 16, 24])
    func globalHeap(fill: UInt8, from: Int) throws {
        let path = try finishedRun()
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        let mark = try #require(data.range(of: Data("GCOL".utf8)))
        for index in (mark.lowerBound + from)..<(mark.lowerBound + 512) { data[index] = fill }
        try data.write(to: URL(fileURLWithPath: path))
        #expect(archiveError { try readAll(path) } != nil)
    }

    @Test("links in circles come to an end, and each dataset is there once")
    func circles() throws {
        let path = folder.file("circles.h5")
        let file = try HDF5File.create(path)
        try file.root.createDataset("inputs", [Float](repeating: 1, count: 8), shape: [1, 1, 8])
        try file.root.createDataset("outputs", [Float](repeating: 1, count: 8), shape: [1, 1, 8])
        let group = try file.root.createGroup("a")
        try group.createGroup("b").link("again", to: "/a")
        try group.link("up", to: "/")
        try file.close()
        let found = try FileInspector.inspect(path).datasets.map(\.path)
        #expect(found.count == 2)
        #expect(archiveError { _ = try ArrayFile.read(path, dataset: "none") }?.kind == .mismatch)
    }

    @Test(
        "more values than the file can hold are not asked for",
        arguments: [[1 << 40], [1 << 30, 1 << 30], [1 << 40, 1 << 40]])
    func promises(shape: [Int]) throws {
        let path = folder.file("promises.h5")
        let file = try HDF5File.create(path)
        let chunk = [1024] + shape.dropFirst().map { _ in 1 }
        _ = try file.root.createDataset(
            "d", .float32, shape: shape, storage: DatasetStorage(isExtendable: true, chunk: chunk))
        try file.close()
        #expect(
            archiveError { _ = try ArrayFile.read(path, dataset: "d") }?.message.contains("promises") == true)
    }

    /// Damages at places that follow from `number`: one byte, eight bytes of an extreme number, or a torn-out block,
    /// more often in the structure, which lies in front, than in the values.
    private func damage(_ data: inout Data, _ number: Int) {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let place = next(next(2) == 0 ? min(data.count, 4096) : data.count)
        let length = min([1, 8, 8, 64, 512][next(5)], data.count - place)
        let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
        let fill = next(3) == 0 ? UInt8(next(256)) : extremes[next(5)]
        for index in place..<(place + length) { data[index] = fill }
    }

    /// `HUGONIOT_FAULTS` asks for more of them; `make faults` does.
    private static let count =
        ProcessInfo.processInfo.environment["HUGONIOT_FAULTS"].flatMap { Int($0) } ?? 200

    @Test("damaged files are read or refused")
    func mutations() throws {
        let path = try finishedRun()
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var refused = 0
        for number in 0..<Self.count {
            var data = whole
            damage(&data, number)
            try data.write(to: URL(fileURLWithPath: path))
            do { try readAll(path) } catch {
                #expect(error is ArchiveError, "damage \(number): \(error)")
                refused += 1
            }
        }
        #expect(refused > 0 && refused < Self.count)
    }

    @Test("the file of a stopped run that is damaged is continued or refused")
    func mutatedContinuation() throws {
        let sample = SampleRun()
        let output = folder.file("run.h5")
        let first = try RunFileWriter(creating: output, sample.description)
        try sample.advance(first, 0...4)
        try first.suspend()
        let whole = try Data(contentsOf: URL(fileURLWithPath: first.partialPath))
        for number in 0..<(Self.count / 2) {
            var data = whole
            damage(&data, number)
            try data.write(to: URL(fileURLWithPath: first.partialPath))
            do {
                let second = try RunFileWriter(
                    resuming: output, sample.description, afterStep: 2, time: 0.2)
                try sample.advance(second, 3...6)
                try second.finish(sidecar: false)
            } catch {
                #expect(error is ArchiveError, "damage \(number): \(error)")
            }
        }
    }
}
