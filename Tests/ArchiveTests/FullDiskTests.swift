import Archive
import Foundation
import Testing

/// A file system of `megabytes` in memory, mounted for one test.
private final class TinyDisk {
    let path: String

    /// Nil where this user may not mount.
    init?(megabytes: Int) {
        path = NSTemporaryDirectory() + "hugoniot-tiny-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let options = "size=\(megabytes)m"
        guard (try? execute(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path]).status) == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    deinit {
        _ = try? execute(["umount", "-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    static let isAvailable = TinyDisk(megabytes: 1) != nil
}

@Suite(
    "Full disk", .enabled(if: TinyDisk.isAvailable, "mounting a small file system needs root"), .serialized)
struct FullDiskTests {
    private let sample = SampleRun(cells: [256, 256])  // 512 kB a snapshot

    private func noise(_ step: Int) -> [(name: String, values: [Float])] {
        var generator = SystemRandomNumberGenerator()
        return sample.fields.map { name in
            (name, (0..<65536).map { _ in Float.random(in: 0...1, using: &generator) + Float(step) })
        }
    }

    @Test(
        "a run reports what it needs and what is free, keeps all earlier snapshots, and can go on elsewhere")
    func run() throws {
        let disk = try #require(TinyDisk(megabytes: 6))
        let output = disk.path + "/run.h5"
        let writer = try RunFileWriter(creating: output, sample.description)
        var error: ArchiveError?
        for step in 0..<20 where error == nil {
            error = archiveError {
                try writer.appendSnapshot(time: Double(step), step: step, fields: noise(step))
                try writer.flush()
            }
        }
        #expect(error?.kind == .diskFull)
        #expect(error?.message.contains("needs up to 1.6 MB") == true)
        #expect(error?.message.contains("free") == true)
        #expect(archiveError { try writer.finish() } == error)
        try writer.suspend()
        let reader = try RunFileReader(writer.partialPath)
        #expect(reader.snapshotCount >= 4)
        let last = reader.snapshotCount - 1
        #expect(
            try reader.field("density", snapshot: last).allSatisfy {
                Int($0) == last || $0 == Float(last + 1)
            })
        try FileManager.default.removeItem(atPath: writer.partialPath)
    }

    @Test("a checkpoint that does not fit leaves the former one")
    func checkpoint() throws {
        let disk = try #require(TinyDisk(megabytes: 4))
        let path = disk.path + "/checkpoint.h5"
        func write(_ count: Int) throws {
            let values = (0..<count).map(Double.init)
            try values.withUnsafeBytes { bytes in
                try CheckpointFile.write(
                    path, attributes: [:],
                    arrays: [.init(name: "a", shape: [count], elementType: .float64, bytes: bytes)])
            }
        }
        try write(100_000)
        let error = archiveError { try write(500_000) }
        #expect(error?.kind == .diskFull)
        #expect(try CheckpointFile.open(path).read("a", as: Double.self).count == 100_000)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["checkpoint.h5"])
    }

    @Test("HDF5 itself failing to write is an error, not a crash, and names the full disk")
    func library() throws {
        let disk = try #require(TinyDisk(megabytes: 1))
        let file = try HDF5File.create(disk.path + "/raw.h5")
        let error = #expect(throws: HDF5Error.self) {
            let dataset = try file.root.createDataset("d", .float64, shape: [500_000])
            try dataset.write((0..<500_000).map(Double.init))
            try file.flush()
        }
        #expect(error?.isDiskFull == true)
        try? file.close()
    }
}
