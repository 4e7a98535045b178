import Archive
import Datasets
import Foundation
import Testing

@Suite("Import of NumPy archives")
struct ImportNumPyTests {
    let folder: ImportFolder
    init() throws { folder = try ImportFolder() }

    /// Six samples of 2 rows of 3 cells in FlowBench's layout; two samples each share a body of one cell.
    private func flowBench() throws -> [String] {
        let inputs = (0..<6).flatMap { sample -> [Float] in
            let mask = (0..<6).map { Float($0 == sample / 2 ? 0 : 1) }
            return Array(repeating: Float(100 * sample), count: 6) + mask.map { $0 - 0.5 } + mask
        }
        let outputs = (0..<6 * 18).map { Float($0) / 8 }
        return [
            try folder.write(
                NumPyFile.archive([("data", NumPyFile.array(inputs, [6, 3, 2, 3]))]), "in.npz"),
            try folder.write(
                NumPyFile.archive([("data", NumPyFile.array(outputs, [6, 3, 2, 3]))]), "out.npz"),
        ]
    }

    private func dataset(
        _ importer: any DatasetImporter, _ sources: [String], splits: ImportSplits = ImportSplits()
    ) throws -> DatasetFileReader {
        _ = try DatasetImport(importer, splits: splits, toolVersion: "0").write(
            to: folder.file("d.h5"), sources: sources, overwrite: true)
        return try DatasetFileReader(folder.file("d.h5"))
    }

    private func importError(_ body: () throws -> Void) -> ImportError? {
        do { try body() } catch { return error as? ImportError }
        return nil
    }

    @Test("FlowBench's pairs become samples with geometry and Reynolds numbers")
    func flowBenchPairs() throws {
        let sources = try flowBench()
        let reader = try dataset(try FlowBenchImporter(sources: sources), sources)
        #expect(reader.inputChannels == ["reynolds", "sdf", "mask"])
        #expect(reader.outputChannels == ["velocity_x", "velocity_y", "pressure"])
        #expect(reader.task == .steady && reader.cellShape == [2, 3])
        #expect(try reader.parameterValues().map { $0[0] } == [0, 100, 200, 300, 400, 500])
        #expect(try reader.outputs(4) == (0..<18).map { Float(4 * 18 + $0) / 8 })
        #expect(try reader.mask(3) == [1, 0, 1, 1, 1, 1])
        #expect(try reader.signedDistance(3)?[1] == -0.5)
    }

    @Test("samples of one geometry never lie in two splits", arguments: 0..<8 as Range<UInt64>)
    func splits(seed: UInt64) throws {
        let sources = try flowBench()
        let reader = try dataset(
            try FlowBenchImporter(sources: sources), sources,
            splits: ImportSplits(shares: [0.4, 0.3, 0.3], seed: seed))
        let geometries = try reader.geometries()
        let sets = reader.splits.map { Set($0.samples.map { geometries[$0] }) }
        #expect(sets.reduce(0) { $0 + $1.count } == Set(geometries).count)
        #expect(reader.splits.reduce(0) { $0 + $1.samples.count } == 6)
    }

    @Test("a pair of plain arrays becomes a dataset")
    func plainPair() throws {
        let sources = [
            try folder.write(NumPyFile.array((0..<20).map(Float.init), [2, 2, 5]), "x.npy"),
            try folder.write(NumPyFile.array((0..<30).map(Float.init), [2, 3, 1, 5]), "y.npy"),
        ]
        let reader = try dataset(try ArrayPairImporter(sources: sources), sources)
        #expect(reader.task == .rollout && reader.outputShape == [3, 1, 5])
        #expect(try reader.output(1, channel: 0, time: 2) == [25, 26, 27, 28, 29])
        #expect(!reader.hasMask)
    }

    @Test("one archive brings its masks and parameters along; distances follow from masks")
    func archive() throws {
        let data = NumPyFile.archive([
            ("inputs", NumPyFile.array(Array(repeating: 1, count: 8), [2, 1, 2, 2])),
            ("outputs", NumPyFile.array(Array(repeating: 2, count: 8), [2, 1, 2, 2])),
            ("mask", NumPyFile.array([1, 1, 0, 1, 1, 1, 1, 1], [2, 2, 2])),
            ("parameters", NumPyFile.array([3, 4], [2, 1])),
        ])
        let sources = [try folder.write(data, "all.npz")]
        let reader = try dataset(try ArrayPairImporter(sources: sources), sources)
        #expect(try reader.parameterValues() == [[3], [4]])
        let distance = try #require(try reader.signedDistance(0))
        #expect(distance[2] < 0 && distance[0] > 0 && distance[1] > 0)
    }

    @Test("a value that is not finite in the fluid fails its sample; inside of bodies it becomes 0")
    func nonFinite() throws {
        let data = NumPyFile.archive([
            ("inputs", NumPyFile.array(Array(repeating: 1, count: 8), [2, 1, 4])),
            ("outputs", NumPyFile.array([.nan, 2, 3, 4, 5, 6, 7, .nan], [2, 1, 4])),
            ("mask", NumPyFile.array([0, 1, 1, 1, 0, 1, 1, 1], [2, 4])),
        ])
        let sources = [try folder.write(data, "all.npz")]
        let reader = try dataset(try ArrayPairImporter(sources: sources), sources)
        #expect(reader.statuses == [.completed, .failed])
        #expect(try reader.outputs(0) == [0, 2, 3, 4])
        #expect(try reader.reasons()[1] == "1 values are not finite in the source")
    }

    @Test(
        "deflated archives, other types and orders are read as NumPy wrote them",
        .enabled(if: ImportPython.hasNumPy, "Python has no NumPy"))
    func numPy() throws {
        try ImportPython.run(
            """
            import numpy as np, sys
            a = np.arange(2*3*4*5).reshape(2, 3, 4, 5)
            np.savez_compressed('\(folder.file("a.npz"))', inputs=np.asfortranarray(a.astype('>f8')), outputs=a.astype('i2'),
                                parameters=np.array([[1.5],[2.5]], 'f2'))
            """)
        let sources = [folder.file("a.npz")]
        let reader = try dataset(try ArrayPairImporter(sources: sources), sources)
        let expected = (60..<120).map(Float.init)
        #expect(try reader.inputs(1) == expected && reader.outputs(1) == expected)
        #expect(try reader.parameterValues() == [[1.5], [2.5]])
    }

    @Test("what does not fit is refused with the file, and nothing is left behind")
    func refusals() throws {
        let sources = try flowBench()
        #expect(
            importError { _ = try FlowBenchImporter(sources: [sources[0]]) }?.advice?.contains("OUTPUTS.npz")
                == true)
        let swapped = importError { _ = try FlowBenchImporter(sources: [sources[0], "/nowhere.npz"]) }
        #expect(swapped?.file == "/nowhere.npz")
        let short = try folder.write(
            try Data(contentsOf: URL(fileURLWithPath: sources[1])).prefix(400), "short.npz")
        #expect(importError { _ = try FlowBenchImporter(sources: [sources[0], short]) }?.file == short)
        var damaged = try Data(contentsOf: URL(fileURLWithPath: sources[1]))
        damaged[300] ^= 1
        let broken = try folder.write(damaged, "broken.npz")
        #expect(
            importError { _ = try FlowBenchImporter(sources: [sources[0], broken]) }?.message.contains(
                "checksum")
                == true)
        struct Stop: Error {}
        let importer = try FlowBenchImporter(sources: sources)
        #expect(throws: Stop.self) {
            _ = try DatasetImport(importer, toolVersion: "0").write(to: folder.file("d.h5"), sources: sources)
            {
                if $0 == 3 { throw Stop() }
            }
        }
        #expect(!(try folder.contents().contains { $0.hasPrefix("d.h5") }))
    }
}
