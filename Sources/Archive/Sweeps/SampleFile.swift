import Foundation

/// The result of one sample in a file of its own, where it waits for its place in the dataset. It appears under its name
/// complete or not at all.
public enum SampleFile {
    private static let format = "hugoniot-sample"

    /// Writes a result, with what is said about it. Throws `ArchiveError`; then nothing carries the name.
    public static func write(
        _ sample: DatasetSample, report: String, fingerprint: String, to path: String
    ) throws {
        let partial = try PartialFile(creating: path)
        do {
            let bytes =
                4 * (sample.inputs.count + sample.outputs.count) + 5 * (sample.mask?.count ?? 0) + 1 << 16
            try partial.reserve(bytes, for: "a sample")
            let file = try HDF5File.create(partial)
            try HugoniotFile.mark(file.root, format: format)
            try file.root.attributes.write([
                "fingerprint": .text(fingerprint), "steps": .integer(Int64(sample.steps)),
                "report": .text(report), "ending": .text(sample.ending),
                "residual": .real(sample.residual ?? .nan),
            ])
            try file.root.createDataset("inputs", sample.inputs)
            try file.root.createDataset("outputs", sample.outputs)
            if let distance = sample.signedDistance { try file.root.createDataset("sdf", distance) }
            if let mask = sample.mask { try file.root.createDataset("mask", mask) }
            try partial.commit(closing: file)
        } catch {
            partial.discard()
            throw (error as? HDF5Error).map { HugoniotFile.translate($0, path) } ?? error
        }
    }

    /// Reads a result; nil where there is none, or it is of another campaign, or damaged: then it is computed again.
    public static func read(
        _ path: String, fingerprint: String
    ) -> (sample: DatasetSample, report: String)? {
        guard let file = try? HugoniotFile.open(path, format: format),
            (try? file.root.attributes.read("fingerprint")?.text) == fingerprint,
            let inputs: [Float] = try? file.root.dataset("inputs").read(),
            let outputs: [Float] = try? file.root.dataset("outputs").read(),
            let report = try? file.root.attributes.read("report")?.text
        else { return nil }
        let steps = (try? file.root.attributes.read("steps")?.integer) ?? 0
        let distance: [Float]? = try? file.root.dataset("sdf").read()
        let mask: [UInt8]? = try? file.root.dataset("mask").read()
        let ending = (try? file.root.attributes.read("ending")?.text) ?? ""
        let residual = (try? file.root.attributes.read("residual")?.real) ?? .nan
        let sample = DatasetSample(
            inputs: inputs, outputs: outputs, signedDistance: distance, mask: mask, steps: Int(steps),
            ending: ending, residual: residual.isNaN ? nil : residual)
        return (sample, report)
    }
}
