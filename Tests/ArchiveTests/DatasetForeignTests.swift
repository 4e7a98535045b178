import Archive
import Foundation
import Testing

@Suite("Datasets of other programs")
struct DatasetForeignTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func make(_ fill: (HDF5Group) throws -> Void) throws -> String {
        let file = try HDF5File.create(folder.file("f.h5"))
        try fill(file.root)
        try file.close()
        return folder.file("f.h5")
    }

    @Test("inputs and outputs are enough")
    func minimal() throws {
        let path = try make { root in
            try root.createDataset("inputs", (0..<24).map(Float.init), shape: [2, 2, 2, 3])
            try root.createDataset("outputs", (0..<36).map(Double.init), shape: [2, 3, 1, 2, 3])
        }
        let reader = try DatasetFileReader(path)
        #expect(reader.task == .rollout && reader.times == [0, 1, 2] && reader.cellShape == [2, 3])
        #expect(reader.inputChannels == ["input_0", "input_1"] && reader.outputChannels == ["output_0"])
        #expect(try reader.output(1, channel: 0, time: 2) == [30, 31, 32, 33, 34, 35])
        #expect(reader.statuses == [.completed, .completed] && reader.splits.isEmpty && !reader.hasMask)
        #expect(try DatasetSummary(path).completed == 2)
    }

    @Test(
        "arrays that do not fit are told with their shapes",
        arguments: [
            ([2, 2, 3], [3, 1, 3], "do not fit"), ([2, 2, 3], [2, 1, 4], "do not fit"),
            ([4, 3], [4, 3], "do not fit"),
        ])
    func shapes(inputs: [Int], outputs: [Int], text: String) throws {
        let path = try make { root in
            for (name, shape) in [("inputs", inputs), ("outputs", outputs)] {
                try root.createDataset(name, [Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
            }
        }
        let error = archiveError { _ = try DatasetFileReader(path) }
        #expect(error?.kind == .mismatch && error?.message.contains(text) == true)
        #expect(error?.message.contains("\(inputs)") == true)
    }

    @Test("a split that lists a sample beyond the last is refused")
    func split() throws {
        let path = try make { root in
            try root.createDataset("inputs", [Float](repeating: 0, count: 4), shape: [2, 1, 2])
            try root.createDataset("outputs", [Float](repeating: 0, count: 4), shape: [2, 1, 2])
            try root.createGroup("splits").createDataset("train", [Int64(0), 2])
        }
        let error = archiveError { _ = try DatasetFileReader(path) }
        #expect(error?.message.contains("/splits/train lists sample 2") == true)
    }

    @Test("a file without inputs, and one of another kind, are no datasets")
    func foreign() throws {
        let path = try make { try $0.createDataset("outputs", [Float(1)]) }
        #expect(archiveError { _ = try DatasetFileReader(path) }?.kind == .foreign)
        try RunFileWriter(creating: folder.file("run.h5"), SampleRun().description).finish()
        #expect(archiveError { _ = try DatasetFileReader(folder.file("run.h5")) }?.kind == .foreign)
    }

    @Test(
        "h5py reads names, texts, splits and every value",
        .enabled(if: PythonTests.hasH5py, "Python has no h5py"))
    func h5py() throws {
        try SampleDataset().write(to: folder.file("d.h5"), order: [3, 0, 5, 1, 4, 2], failing: 2)
        let script = """
            import h5py, numpy as np
            with h5py.File('\(folder.file("d.h5"))') as f:
                assert f.attrs['format'] == 'hugoniot-dataset' and f.attrs['task'] == 'steady'
                assert list(f['inputs'].attrs['channels']) == ['sdf', 'mach']
                assert f['inputs'].shape == (6, 2, 3, 4) and f['inputs'].chunks == (1, 2, 3, 4)
                assert np.array_equal(f['outputs'][1].ravel(), 101 + np.arange(24, dtype='f4') / 64)
                assert np.isnan(f['outputs'][2]).all()
                assert list(f['samples/status'].asstr()[:]) == ['completed'] * 2 + ['failed'] + ['completed'] * 3
                assert f['samples/reason'].asstr()[2] == 'diverged at step 12'
                assert f['samples/family'].asstr()[0] == 'blöb' and f['samples/seed'][3] == 10
                assert list(f['splits/train']) == [0, 1, 3] and list(f['parameters'].attrs['units']) == ['', 'm']
                print(f['mask'].dtype, f['mask'].shape)
            """
        let (status, output) = try execute(["python3", "-c", script])
        #expect(status == 0, "\(output)")
        #expect(output == "uint8 (6, 3, 4)\n")
    }
}
