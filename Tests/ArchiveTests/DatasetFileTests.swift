import Archive
import Foundation
import Testing

/// A small dataset whose every number follows from its sample.
struct SampleDataset {
    var count = 6
    var cells = [4, 3]
    var times: [Double] = []
    var deflateLevel = 0

    var description: DatasetDescription {
        DatasetDescription(
            task: times.isEmpty ? .steady : .rollout,
            axes: zip(["x", "y", "z"], cells).map { .uniform(name: $0, cells: $1, lower: -1, upper: 1) },
            inputChannels: ["sdf", "mach"], outputChannels: ["density", "pressure"], times: times,
            parameters: [DatasetParameter("mach"), DatasetParameter("radius", unit: "m")],
            samples: (0..<count).map {
                DatasetSampleOrigin(
                    parameters: [Double($0), 0.1], seed: UInt64($0) + 7, geometry: "blob \($0 / 2)",
                    family: "blöb")
            },
            splits: [
                DatasetSplit("train", Array(0..<count - 2)), DatasetSplit("test", [count - 2, count - 1]),
            ],
            toolVersion: "1.2.3", attributes: ["sweep": "[base]\ncase = \"ρ.toml\"\n"],
            deflateLevel: deflateLevel)
    }

    func sample(_ index: Int) -> DatasetSample {
        let cellCount = cells.reduce(1, *)
        let numbers = { (count: Int, offset: Float) in
            (0..<count).map { offset + Float(index) + Float($0) / 64 }
        }
        return DatasetSample(
            inputs: numbers(2 * cellCount, 0), outputs: numbers(2 * cellCount * max(times.count, 1), 100),
            signedDistance: numbers(cellCount, -1), mask: (0..<cellCount).map { UInt8($0 % 2) },
            steps: 10 + index)
    }

    /// Writes the samples in the given order; `failing` fails.
    func write(to path: String, order: [Int], failing: Int? = nil) throws {
        let writer = try DatasetFileWriter(creating: path, description)
        for index in order {
            if index == failing {
                try writer.fail(at: index, reason: "diverged at step 12")
            } else {
                try writer.write(sample(index), at: index)
            }
        }
        try writer.finish()
    }
}

@Suite("Dataset files")
struct DatasetFileTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
    }

    @Test(
        "what was written is read back",
        arguments: [
            SampleDataset(), SampleDataset(cells: [5]), SampleDataset(cells: [3, 2, 4], deflateLevel: 1),
            SampleDataset(times: [0, 0.5, 1]),
        ])
    func roundTrip(dataset: SampleDataset) throws {
        try dataset.write(to: folder.file("d.h5"), order: Array(0..<6))
        let reader = try DatasetFileReader(folder.file("d.h5"))
        #expect(reader.sampleCount == 6 && reader.cellShape == dataset.cells.reversed())
        #expect(reader.inputChannels == ["sdf", "mach"] && reader.outputChannels == ["density", "pressure"])
        #expect(reader.times == dataset.times && reader.outputShape == dataset.description.outputShape)
        for index in 0..<6 {
            let sample = dataset.sample(index)
            #expect(try reader.inputs(index) == sample.inputs && reader.outputs(index) == sample.outputs)
            #expect(
                try reader.signedDistance(index) == sample.signedDistance && reader.mask(index) == sample.mask
            )
        }
        #expect(try reader.parameterValues()[3] == [3, 0.1])
        #expect(reader.parameters == dataset.description.parameters)
        #expect(try reader.split("test") == [4, 5])
        #expect(try reader.geometries()[3] == "blob 1" && reader.families()[0] == "blöb")
        #expect(reader.attributes["sweep"]?.text?.contains("ρ") == true)
        #expect(try folder.contents() == ["d.h5"])
    }

    @Test("the order in which samples finish leaves no trace", arguments: [0, 1])
    func order(deflateLevel: Int) throws {
        let dataset = SampleDataset(deflateLevel: deflateLevel)
        try dataset.write(to: folder.file("a.h5"), order: [0, 1, 2, 3, 4, 5], failing: 2)
        try dataset.write(to: folder.file("b.h5"), order: [5, 2, 0, 4, 1, 3], failing: 2)
        #expect(try bytes("a.h5") == bytes("b.h5"))
    }

    @Test("a file taken up again ends with the same bytes")
    func resumption() throws {
        let dataset = SampleDataset()
        try dataset.write(to: folder.file("a.h5"), order: [0, 1, 2, 3, 4, 5], failing: 2)
        let first = try DatasetFileWriter(creating: folder.file("b.h5"), dataset.description)
        try first.write(dataset.sample(4), at: 4)
        try first.fail(at: 3, reason: "killed")
        try first.close()
        let second = try DatasetFileWriter(resuming: folder.file("b.h5"), dataset.description)
        #expect(second.statuses == [.pending, .pending, .pending, .failed, .completed, .pending])
        #expect(throws: ArchiveError.self) { try second.finish() }
        try second.fail(at: 2, reason: "diverged at step 12")
        for index in [5, 3, 1, 0] { try second.write(dataset.sample(index), at: index) }
        try second.finish()
        #expect(try bytes("a.h5") == bytes("b.h5"))
    }

    @Test("a writer that dies leaves what it wrote")
    func death() throws {
        let dataset = SampleDataset()
        let writer = try DatasetFileWriter(creating: folder.file("d.h5"), dataset.description)
        try writer.write(dataset.sample(1), at: 1)
        // A copy is what the disk would hold after the process was killed here.
        try FileManager.default.copyItem(atPath: writer.partialPath, toPath: folder.file("copy.h5.tmp"))
        let taken = try DatasetFileWriter(resuming: folder.file("copy.h5"), dataset.description)
        #expect(taken.statuses[1] == .completed && taken.statuses[0] == .pending)
        #expect(try taken.sample(1) == dataset.sample(1))
    }

    @Test("a failed sample stays listed, leaves the splits and holds NaN")
    func failure() throws {
        try SampleDataset().write(to: folder.file("d.h5"), order: [0, 1, 2, 3, 4, 5], failing: 2)
        let reader = try DatasetFileReader(folder.file("d.h5"))
        #expect(reader.statuses[2] == .failed && reader.statuses.filter { $0 == .completed }.count == 5)
        #expect(try reader.reasons()[2] == "diverged at step 12")
        #expect(try reader.split("train") == [0, 1, 3])
        #expect(try reader.outputs(2).allSatisfy(\.isNaN))
    }

    @Test("a value that is not finite is refused and the sample stays pending")
    func nonFinite() throws {
        let writer = try DatasetFileWriter(creating: folder.file("d.h5"), SampleDataset().description)
        var sample = SampleDataset().sample(0)
        sample.outputs[5] = .nan
        #expect(archiveError { try writer.write(sample, at: 0) }?.kind == .nonFinite)
        #expect(writer.statuses[0] == .pending)
    }

    @Test("two writers of one file, an existing and an interrupted file are refused")
    func refusals() throws {
        let dataset = SampleDataset()
        let writer = try DatasetFileWriter(creating: folder.file("d.h5"), dataset.description)
        #expect(
            archiveError {
                _ = try DatasetFileWriter(creating: folder.file("d.h5"), dataset.description)
            }?.kind == .interrupted)
        #expect(
            archiveError {
                _ = try DatasetFileWriter(creating: folder.file("d.h5"), dataset.description, overwrite: true)
            }?.kind == .busy)
        try writer.close()
        var other = dataset.description
        other.samples[2].seed = 99
        let error = archiveError { _ = try DatasetFileWriter(resuming: folder.file("d.h5"), other) }
        #expect(error?.message.contains("seeds") == true)
        try dataset.write(to: folder.file("e.h5"), order: [0, 1, 2, 3, 4, 5])
        #expect(
            archiveError {
                _ = try DatasetFileWriter(creating: folder.file("e.h5"), dataset.description)
            }?.kind == .exists)
    }
}
