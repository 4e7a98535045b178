import Archive
import Datasets
import Testing

@Suite("Statistics of datasets")
struct StatisticsTests {
    @Test("blocks give the moments of the whole")
    func blocks() {
        let values = (0..<1000).map { Float(($0 * 7919) % 1013) / 10 }
        var moments = StreamingMoments()
        for start in stride(from: 0, to: 1000, by: 77) { moments.add(values[start..<min(start + 77, 1000)]) }
        let mean = values.reduce(0) { $0 + Double($1) } / 1000
        let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 1000
        #expect(abs(moments.mean - mean) < 1e-12 * mean)
        #expect(abs(moments.standardDeviation - variance.squareRoot()) < 1e-12 * variance.squareRoot())
        #expect(moments.minimum == Double(values.min() ?? 0) && moments.maximum == Double(values.max() ?? 0))
    }

    @Test("a small spread around a large mean keeps its digits")
    func cancellation() {
        var moments = StreamingMoments()
        for _ in 0..<100 { moments.add([Float(8_388_608), 8_388_609]) }
        #expect(moments.standardDeviation == 0.5)
    }

    @Test("only fluid cells of completed training samples count")
    func finishing() throws {
        let folder = try ImportFolder()
        let description = DatasetDescription(
            task: .steady, axes: [.uniform(name: "x", cells: 2, lower: 0, upper: 1)], inputChannels: ["a"],
            outputChannels: ["b", "c"], samples: (0..<4).map { _ in DatasetSampleOrigin(parameters: []) },
            splits: [DatasetSplit("train", [0, 1, 2]), DatasetSplit("test", [3])], toolVersion: "0")
        let writer = try DatasetFileWriter(creating: folder.file("d.h5"), description)
        for index in [0, 1, 3] {
            let value = Float(index)
            try writer.write(
                DatasetSample(
                    inputs: [value, 99], outputs: [value + 1, 99, 10 * value, 99], signedDistance: [1, -1],
                    mask: [1, 0]), at: index)
        }
        try writer.fail(at: 2, reason: "died")
        try writer.finishWithStatistics()
        let statistics = try #require(try DatasetFileReader(folder.file("d.h5")).statistics())
        #expect(statistics.inputs.mean == [0.5] && statistics.inputs.standardDeviation == [0.5])
        #expect(statistics.outputs.minimum == [1, 0] && statistics.outputs.maximum == [2, 10])
    }
}
