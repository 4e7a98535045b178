import Archive
import Foundation

/// Turns foreign data into a dataset file.
public struct DatasetImport {
    /// Where the samples come from.
    public var importer: any DatasetImporter
    /// How they are split.
    public var splits: ImportSplits
    /// The version of the program that writes.
    public var toolVersion: String
    /// Deflate level of the file.
    public var deflateLevel: Int

    /// An import.
    public init(
        _ importer: any DatasetImporter, splits: ImportSplits = ImportSplits(), toolVersion: String,
        deflateLevel: Int = 0
    ) {
        self.importer = importer
        self.splits = splits
        self.toolVersion = toolVersion
        self.deflateLevel = deflateLevel
    }

    /// Writes `output`. `progress` is told how many samples are done, and ends the import by throwing; then nothing is
    /// left behind. A sample with values that are not finite outside of bodies is listed as failed.
    /// - Returns: how many samples failed.
    /// - Throws: `ImportError`, `ArchiveError`, and what `progress` throws.
    public func write(
        to output: String, sources: [String], overwrite: Bool = false,
        progress: (Int) throws -> Void = { _ in }
    ) throws -> Int {
        let description = try describe(sources)
        let writer = try DatasetFileWriter(
            creating: output, description, overwrite: overwrite, isResumable: false)
        do {
            for index in 0..<importer.sampleCount {
                try progress(index)
                try write(index, writer)
            }
            try writer.finishWithStatistics()
        } catch {
            writer.discard()
            throw error
        }
        return writer.statuses.filter { $0 == .failed }.count
    }

    private func write(_ index: Int, _ writer: DatasetFileWriter) throws {
        var sample = try importer.sample(index)
        let bad = Self.mend(&sample)
        guard bad == 0 else {
            return try writer.fail(at: index, reason: "\(bad) values are not finite in the source")
        }
        try writer.write(sample, at: index)
    }

    /// Sets what is not finite inside of bodies to 0 and counts what is not finite elsewhere.
    private static func mend(_ sample: inout DatasetSample) -> Int {
        let mask = sample.mask
        return mend(&sample.inputs, mask) + mend(&sample.outputs, mask)
            + (sample.signedDistance?.reduce(0) { $0 + ($1.isFinite ? 0 : 1) } ?? 0)
    }

    private static func mend(_ values: inout [Float], _ mask: [UInt8]?) -> Int {
        var bad = 0
        for index in values.indices where !values[index].isFinite {
            if let mask, mask[index % mask.count] == 0 { values[index] = 0 } else { bad += 1 }
        }
        return bad
    }

    private func describe(_ sources: [String]) throws -> DatasetDescription {
        let layout = importer.layout
        let origins = try (0..<importer.sampleCount).map { try importer.origin($0) }
        let names = sources.map { ($0 as NSString).lastPathComponent }
        return DatasetDescription(
            task: layout.task, axes: layout.axes, inputChannels: layout.inputChannels,
            outputChannels: layout.outputChannels, times: layout.times, parameters: layout.parameters,
            samples: origins, splits: importer.splits ?? splits.assign(origins),
            hasGeometry: layout.hasGeometry,
            toolVersion: toolVersion,
            attributes: [
                "source": .texts(names), "source_format": .text(type(of: importer).format),
                "source_sha256": .texts(try sources.map { try Fingerprint.sha256(ofFile: $0) }),
                "split_seed": .integer(Int64(bitPattern: splits.seed)),
            ], deflateLevel: deflateLevel)
    }
}
