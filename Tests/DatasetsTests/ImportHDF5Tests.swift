import Archive
import Datasets
import Foundation
import Testing

@Suite("Import of HDF5 files")
struct ImportHDF5Tests {
    let folder: ImportFolder
    init() throws { folder = try ImportFolder() }

    private func dataset(_ importer: any DatasetImporter, _ sources: [String]) throws -> DatasetFileReader {
        let failed = try DatasetImport(importer, toolVersion: "0").write(
            to: folder.file("d.h5"), sources: sources)
        #expect(failed == 0)
        return try DatasetFileReader(folder.file("d.h5"))
    }

    /// Makes a file and returns its path.
    private func make(_ name: String, _ fill: (HDF5Group) throws -> Void) throws -> String {
        let file = try HDF5File.create(folder.file(name))
        try fill(file.root)
        try file.close()
        return folder.file(name)
    }

    /// Values that tell their place: sample·1000 + time·100 + x·10 + y, plus `offset`.
    private func places(_ samples: Int, _ times: Int, _ x: Int, _ y: Int, offset: Float = 0) -> [Float] {
        var values: [Float] = []
        for sample in 0..<samples {
            for time in 0..<times {
                for i in 0..<x {
                    for j in 0..<y { values.append(offset + Float(sample * 1000 + time * 100 + i * 10 + j)) }
                }
            }
        }
        return values
    }

    @Test("PDEBench's compressible flow: axes turned, first state as inputs")
    func compressible() throws {
        let source = try make("cfd.hdf5") { root in
            for (name, offset) in [("density", Float(0)), ("Vx", 0.25), ("Vy", 0.5), ("pressure", 0.75)] {
                try root.createDataset(name, places(3, 2, 4, 3, offset: offset), shape: [3, 2, 4, 3])
            }
            try root.createDataset("x-coordinate", [0.125, 0.375, 0.625, 0.875])
            try root.createDataset("y-coordinate", [0.5, 1.5, 2.5])
            try root.createDataset("t-coordinate", [0, 0.5, 1])
            try root.attributes.write("eta", 0.01)
        }
        let reader = try dataset(try PDEBenchImporter(sources: [source]), [source])
        #expect(reader.outputChannels == ["density", "velocity_x", "velocity_y", "pressure"])
        #expect(reader.inputChannels == reader.outputChannels && reader.cellShape == [3, 4])
        #expect(reader.times == [0, 0.5] && reader.axes[0].faces == [0, 0.25, 0.5, 0.75, 1])
        #expect(try reader.parameterValues()[2] == [0.01])
        // (y, x): x fastest.
        var turned: [Float] = []
        for y in 0..<3 {
            for x in 0..<4 { turned.append(Float(2100 + 10 * x + y) + 0.25) }
        }
        #expect(try reader.output(2, channel: 1, time: 1) == turned)
        #expect(try reader.input(1, channel: 0) == reader.output(1, channel: 0, time: 0))
    }

    @Test("PDEBench's tensor in one dimension, over several files")
    func tensor() throws {
        let sources = try (0..<2).map { number in
            try make("\(number).hdf5") { root in
                try root.createDataset(
                    "tensor", (0..<24).map { Float(100 * number + $0) }, shape: [2, 3, 4])
            }
        }
        let reader = try dataset(try PDEBenchImporter(sources: sources), sources)
        #expect(reader.sampleCount == 4 && reader.outputShape == [3, 1, 4])
        #expect(try reader.output(3, channel: 0, time: 2) == [120, 121, 122, 123])
    }

    @Test("PDEBench's Darcy flow is steady, with nu as input")
    func darcy() throws {
        let source = try make("darcy.hdf5") { root in
            try root.createDataset("tensor", places(2, 1, 2, 3), shape: [2, 1, 2, 3])
            try root.createDataset("nu", places(2, 1, 2, 3, offset: 0.5), shape: [2, 2, 3])
        }
        let reader = try dataset(try PDEBenchImporter(sources: [source]), [source])
        #expect(reader.task == .steady && reader.inputChannels == ["nu"])
        #expect(try reader.inputs(1) == [1000.5, 1010.5, 1001.5, 1011.5, 1002.5, 1012.5])
    }

    @Test("The Well: scalars, vectors, constant fields and parameters")
    func well() throws {
        let source = try make("well.hdf5") { root in
            for group in ["t0_fields", "t1_fields", "dimensions", "scalars"] {
                _ = try root.createGroup(group)
            }
            try root.createDataset("dimensions/x", [0.5, 1.5])
            try root.createDataset("dimensions/y", [0.5, 1.5, 2.5])
            try root.createDataset("dimensions/time", [0, 2, 4])
            try root.createDataset("t0_fields/density", places(2, 3, 2, 3), shape: [2, 3, 2, 3])
            try root.createDataset("t0_fields/depth", (0..<6).map(Float.init), shape: [2, 3])
            let pairs = places(2, 3, 2, 3).flatMap { [$0, -$0] }
            try root.createDataset("t1_fields/velocity", pairs, shape: [2, 3, 2, 3, 2])
            try root.createDataset("scalars/gamma", [1.4])
            try root.createDataset("scalars/mach", [2.0, 3.0])
        }
        let reader = try dataset(try TheWellImporter(sources: [source]), [source])
        #expect(reader.outputChannels == ["density", "velocity_x", "velocity_y"])
        #expect(reader.inputChannels == ["density", "velocity_x", "velocity_y", "depth"])
        #expect(reader.times == [0, 2, 4] && reader.cellShape == [3, 2])
        #expect(try reader.output(1, channel: 2, time: 2) == [-1200, -1210, -1201, -1211, -1202, -1212])
        #expect(try reader.input(0, channel: 3) == [0, 3, 1, 4, 2, 5])
        #expect(try reader.parameterValues() == [[1.4, 2], [1.4, 3]])
    }

    @Test("a file of another layout is refused with what it has")
    func refusals() throws {
        let source = try make("other.hdf5") { try $0.createDataset("wind", [Float(1), 2]) }
        for type in [PDEBenchImporter.self, TheWellImporter.self] as [any DatasetImporter.Type] {
            do {
                _ = try type.init(sources: [source])
                Issue.record("\(type.format) took it")
            } catch let error as ImportError {
                #expect(error.file == source)
            }
        }
    }
}
