import Archive
import Foundation
import Testing

@Suite("Geometry files")
struct GeometryFileTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func description(_ cells: [Int] = [6, 4]) -> GeometryFileDescription {
        let axes = zip(["x", "y", "z"], cells).map {
            RunAxis.uniform(name: $0, cells: $1, lower: -1, upper: 2)
        }
        let count = cells.reduce(1, *)
        let distance = (0..<count).map { Float($0) - 3.5 }
        return GeometryFileDescription(
            axes: axes,
            geometry: RunGeometry(signedDistance: distance, mask: distance.map { $0 > 0 ? 1 : 0 }),
            toolVersion: "0.1.0", attributes: ["bodies": .texts(["a", "ü"]), "area": .real(1.5)])
    }

    @Test("What is written is read", arguments: [[6, 4], [5, 4, 3]])
    func roundTrip(cells: [Int]) throws {
        let path = folder.file("shape.h5")
        let written = description(cells)
        try GeometryFileWriter.write(written, to: path)
        let reader = try GeometryFileReader(path)
        #expect(reader.axes == written.axes)
        #expect(try reader.geometry() == written.geometry)
        #expect(reader.attributes["bodies"]?.texts == ["a", "ü"])
        #expect(try folder.contents() == ["shape.h5", "shape.xdmf"])
        #expect(try FileInspector.inspect(path).format == "hugoniot-geometry")
        #expect(try HugoniotFile.format(of: path) == "hugoniot-geometry")
    }

    @Test("An existing file stays unless it may be replaced")
    func existing() throws {
        let path = folder.file("shape.h5")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        let error = archiveError { try GeometryFileWriter.write(description(), to: path) }
        #expect(error?.kind == .exists)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        try GeometryFileWriter.write(description(), to: path, overwrite: true)
        #expect(try GeometryFileReader(path).shape == [4, 6])
    }

    @Test("What contradicts itself is refused, and leaves nothing")
    func refused() throws {
        var short = description()
        short.geometry = RunGeometry(signedDistance: [1], mask: [1])
        var broken = description()
        broken.geometry = RunGeometry(
            signedDistance: Array(repeating: .nan, count: 24), mask: Array(repeating: 1, count: 24))
        for (wrong, kind) in [(short, ArchiveError.Kind.mismatch), (broken, .nonFinite)] {
            let path = folder.file("shape.h5")
            #expect(archiveError { try GeometryFileWriter.write(wrong, to: path) }?.kind == kind)
        }
        #expect(try folder.contents().isEmpty)
    }

    @Test("A run file is no geometry file")
    func foreign() throws {
        let path = folder.file("run.h5")
        try RunFileWriter(creating: path, SampleRun().description).finish()
        #expect(archiveError { _ = try GeometryFileReader(path) }?.kind == .foreign)
    }

    @Test("An array of another program is found by its path, and what there is is listed")
    func arrays() throws {
        let path = folder.file("other.h5")
        let file = try HDF5File.create(path)
        try file.root.createGroup("data").createDataset(
            "phi", [Float](repeating: 2, count: 6), shape: [2, 3])
        try file.root.createText("note", "hello")
        try file.close()
        let array = try ArrayFile.read(path, dataset: "/data/phi")
        #expect(array.shape == [2, 3])
        #expect(array.values == Array(repeating: 2, count: 6))
        let missing = archiveError { _ = try ArrayFile.read(path, dataset: "phi") }
        #expect(missing?.message.contains("/data/phi") == true)
        #expect(archiveError { _ = try ArrayFile.read(path, dataset: "note") }?.kind == .mismatch)
    }

    @Test("h5py reads a geometry file", .enabled(if: PythonTests.hasH5py, "Python has no h5py"))
    func h5py() throws {
        let path = folder.file("shape.h5")
        try GeometryFileWriter.write(description([5, 4, 3]), to: path)
        let script = """
            import h5py, numpy as np
            with h5py.File('\(path)') as f:
                assert f.attrs['format'] == 'hugoniot-geometry' and list(f.attrs['bodies']) == ['a', 'ü']
                sdf, mask = f['geometry/sdf'], f['geometry/mask']
                assert sdf.dtype == np.float32 and mask.dtype == np.uint8 and sdf.compression == 'gzip'
                assert np.array_equal(mask[:] == 1, sdf[:] > 0)
                assert sdf.dims[0][0].name == '/grid/z' and len(f['grid/x_faces']) == 6
                print(sdf.shape)
            """
        let (status, output) = try execute(["python3", "-c", script])
        #expect(status == 0 && output.contains("(3, 4, 5)"), "\(output)")
    }
}

@Suite("Bodies in run files")
struct RunBodiesTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    @Test("Walls and what is known about forces are read back")
    func bodies() throws {
        let path = folder.file("run.h5")
        let writer = try RunFileWriter(creating: path, SampleRun().description)
        for step in 0..<3 {
            try writer.appendForces(
                "cylinder", time: Double(step), values: [("drag", 1), ("lift", Double(step))])
        }
        #expect(try writer.forces("cylinder")["lift"] == [0, 1, 2])
        #expect(try writer.forces("other").isEmpty)
        try writer.writeForceAttributes("cylinder", ["strouhal": .real(0.2)])
        try writer.writeSurface(
            "cylinder", columns: [("x", [0, 1]), ("pressure_coefficient", [1, -1])],
            attributes: ["time": .real(2)])
        try writer.finish()
        let reader = try RunFileReader(path)
        #expect(reader.forceNames == ["cylinder"])
        #expect(try reader.forceAttributes("cylinder")["strouhal"]?.real == 0.2)
        #expect(reader.surfaceNames == ["cylinder"])
        #expect(try reader.surface("cylinder")["pressure_coefficient"] == [1, -1])
        #expect(try reader.surfaceAttributes("cylinder")["time"]?.real == 2)
    }

    @Test("A wall with columns of different lengths or a NaN is refused")
    func refused() throws {
        let writer = try RunFileWriter(creating: folder.file("run.h5"), SampleRun().description)
        let uneven = archiveError {
            try writer.writeSurface("a", columns: [("x", [0, 1]), ("y", [0])], attributes: [:])
        }
        #expect(uneven?.kind == .mismatch)
        let broken = archiveError {
            try writer.writeSurface("a", columns: [("x", [.nan])], attributes: [:])
        }
        #expect(broken?.kind == .nonFinite)
        writer.discard()
    }
}
