import Archive
import Datasets
import Foundation

/// Turns public data sets into a dataset file.
public struct ImportVerb: Verb {
    /// The kind of the sources: flowbench, npz, pdebench, the-well, torch.
    public var format: String
    /// The files.
    public var sources: [String]
    /// The dataset.
    public var output: String
    /// The shares of train, validation and test, as in "0.8,0.1,0.1".
    public var split: String
    /// The seed of the splits.
    public var seed: UInt64
    /// Deflate level, 0 to 9.
    public var compression: Int
    /// Replaces an existing file.
    public var overwrite: Bool

    /// An import as the command line describes it.
    public init(
        format: String, sources: [String], output: String, split: String = "0.8,0.1,0.1", seed: UInt64 = 1,
        compression: Int = 0, overwrite: Bool = false
    ) {
        self.format = format
        self.sources = sources
        self.output = output
        self.split = split
        self.seed = seed
        self.compression = compression
        self.overwrite = overwrite
    }

    /// Reads the sources sample by sample. Throws `ToolError`, `ImportError` or `ArchiveError`; then there is no
    /// output.
    public func perform(on console: Console) throws -> ImportReport {
        let shares = try splitShares()
        try Output(output, .data, from: sources).check(overwrite: overwrite)
        let importer = try importerType().init(sources: sources)
        let work = DatasetImport(
            importer, splits: ImportSplits(shares: shares, seed: seed), toolVersion: ToolVersion.current,
            deflateLevel: compression)
        let count = importer.sampleCount
        let teller = StepTeller(console, total: count)
        Interruption.listen()
        defer { Interruption.stopListening() }
        let failed: Int
        do {
            defer { teller.finish() }
            failed = try work.write(to: output, sources: sources, overwrite: overwrite) { index in
                if let status = Interruption.requested {
                    throw ToolError(
                        "stopped after \(index) of \(count) samples; nothing is kept", status: status)
                }
                teller.tell("sample \(index)")
            }
        }
        if failed > 0 {
            console.warn(
                "\(failed) of \(count) samples hold values that are not finite and are listed as failed")
        }
        return ImportReport(output: output, format: format, dataset: try DatasetSummary(output))
    }

    private func importerType() throws -> any DatasetImporter.Type {
        if let found = ImporterRegistry.all.first(where: { $0.format == format }) { return found }
        let formats = ImporterRegistry.formats
        throw ToolError(
            "the format \"\(format)\" is not known; allowed: \(formats.joined(separator: ", "))",
            advice: nearestWord(to: format, among: formats).map { "did you mean \"\($0)\"?" })
    }

    private func splitShares() throws -> [Double] {
        let shares = split.split(separator: ",", omittingEmptySubsequences: false).compactMap {
            Double($0.trimmingCharacters(in: .whitespaces))
        }
        guard (1...3).contains(shares.count), shares.count == split.split(separator: ",").count,
            shares.allSatisfy({ $0 >= 0 && $0.isFinite }), shares[0] > 0
        else {
            throw ToolError(
                "--split \(split) is not of the form train,validation,test",
                advice: "shares of the samples, the first above 0, as in 0.8,0.1,0.1")
        }
        return shares
    }
}
