import Archive
import Foundation
import Testing

@Suite("Run files in other programs")
struct PythonTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    static let hasH5py = pythonHas("h5py")
    static let hasXarray = pythonHas("xarray, h5netcdf, h5py")
    static let hasVTK = pythonHas("vtkmodules.vtkIOXdmf2, h5py")

    /// A finished run and what Python prints about it; the script finds its path as `path`.
    private func python(_ sample: SampleRun, _ script: String) throws -> String {
        let path = folder.file("run.h5")
        let writer = try RunFileWriter(creating: path, sample.description)
        try sample.advance(writer, 0...4)
        try writer.finish()
        let (status, output) = try execute(["python3", "-c", "path = '\(path)'\n" + script])
        #expect(status == 0, "\(output)")
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("h5py reads texts, shapes and every value", .enabled(if: hasH5py, "Python has no h5py"))
    func h5py() throws {
        let output = try python(
            SampleRun(cells: [5, 4, 3]),
            """
            import h5py, numpy as np
            with h5py.File(path) as f:
                assert f.attrs['format'] == 'hugoniot-run' and 'ρ' in f.attrs['case']
                assert f['fields/density'].dtype == np.float32 and f['fields/density'].chunks == (1, 3, 4, 5)
                assert f['fields/density'].compression == 'gzip' and f['fields/density'].shuffle
                expected = np.arange(60, dtype='f4').reshape(3, 4, 5) / np.float32(7)
                for row, step in enumerate(f['step'][:]):
                    assert np.array_equal(f['fields/density'][row], np.float32(step) + expected)
                assert f['history/step'].dtype == np.int64 and list(f['history/step']) == [0, 1, 2, 3, 4]
                print(f['fields/pressure'].shape, len(f['grid/x_faces']), f['probes/nose/time'].shape)
            """)
        #expect(output == "(3, 3, 4, 5) 6 (5,)")
    }

    @Test(
        "xarray labels the axes of fields by name",
        .enabled(if: hasXarray, "Python has no xarray with h5netcdf"))
    func xarray() throws {
        let output = try python(
            SampleRun(),
            """
            import xarray
            run = xarray.merge([xarray.open_dataset(path, engine='h5netcdf'),
                                xarray.open_dataset(path, group='fields', engine='h5netcdf')])
            density = run['density'].sel(x=-0.75, method='nearest')
            print(run['density'].dims, density.shape, float(density.x), float(density.time[1]))
            """)
        #expect(output == "('time', 'y', 'x') (3, 4) -0.75 0.2")
    }

    @Test(
        "VTK, ParaView's library, reads the sidecar", .enabled(if: hasVTK, "Python has no VTK with XDMF"),
        arguments: [[9], [6, 4], [5, 4, 3]])
    func vtk(cells: [Int]) throws {
        let output = try python(
            SampleRun(cells: cells),
            """
            from vtkmodules.vtkIOXdmf2 import vtkXdmfReader
            from vtkmodules.util.numpy_support import vtk_to_numpy
            from vtkmodules.vtkCommonExecutionModel import vtkStreamingDemandDrivenPipeline as pipeline
            import h5py, numpy as np
            reader = vtkXdmfReader(); reader.SetFileName(path[:-3] + '.xdmf')
            reader.UpdateInformation()
            times = reader.GetOutputInformation(0).Get(pipeline.TIME_STEPS())
            with h5py.File(path) as f:
                for row, time in enumerate(times):
                    reader.UpdateTimeStep(time)
                    grid = reader.GetOutputDataObject(0)
                    for name in ('density', 'pressure'):
                        values = vtk_to_numpy(grid.GetCellData().GetArray(name))
                        assert np.array_equal(values, f['fields'][name][row].ravel()), (name, row)
                faces = vtk_to_numpy(grid.GetXCoordinates())
                assert np.array_equal(faces, f['grid/x_faces'][:]), faces
                if 'y' in f['grid']:
                    assert np.array_equal(vtk_to_numpy(grid.GetYCoordinates()), f['grid/y_faces'][:])
            print(len(times), grid.GetNumberOfCells())
            """)
        #expect(output == "3 \(cells.reduce(1, *))")
    }

    @Test(
        "a file that another program is writing is reported as busy",
        .enabled(if: hasH5py, "Python has no h5py"))
    func busy() throws {
        let path = folder.file("busy.h5")
        try RunFileWriter(creating: path, SampleRun().description).finish()
        let script =
            "import h5py, sys; f = h5py.File('\(path)', 'a'); print('open', flush=True); sys.stdin.read()"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        let error = archiveError { _ = try FileInspector.inspect(path) }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(error?.kind == .busy)
        #expect(try FileInspector.inspect(path).format == "hugoniot-run")
    }

    @Test("the sidecar is well-formed and refers to the file by its relative name")
    func sidecar() throws {
        let writer = try RunFileWriter(creating: folder.file("a & b.h5"), SampleRun().description)
        try SampleRun().advance(writer, 0...2)
        try writer.finish()
        let text = try String(contentsOfFile: folder.file("a & b.xdmf"), encoding: .utf8)
        #expect(text.contains("a &amp; b.h5:/fields/density"))
        #expect(!text.contains(folder.path))
        #expect(text.components(separatedBy: "<Time Value=").count == 3)
    }
}
