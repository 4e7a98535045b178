import Archive
import Training

/// Predicts the samples of a split with a trained model.
public struct PredictVerb: Verb {
    /// The model file.
    public var model: String
    /// The dataset file.
    public var dataset: String
    /// The split.
    public var split: String
    /// The prediction file.
    public var output: String
    /// Replaces an existing file.
    public var overwrite: Bool
    /// Threads; 0 takes all processors.
    public var threads: Int

    /// Predictions as the command line describes them.
    public init(
        model: String, dataset: String, split: String = "test", output: String, overwrite: Bool = false,
        threads: Int = 0
    ) {
        self.model = model
        self.dataset = dataset
        self.split = split
        self.output = output
        self.overwrite = overwrite
        self.threads = threads
    }

    /// Predicts sample by sample; one prediction before the first is not timed, it compiles the model.
    public func perform(on console: Console) throws -> PredictReport {
        try Output(output, .data, from: [model, dataset]).check(overwrite: overwrite)
        let trained = try TrainedModel(reading: model, threads: threads)
        let data = try DatasetFileReader(dataset)
        let samples = try data.split(split).filter { data.statuses[$0] == .completed }
        guard let first = samples.first else {
            throw ToolError("\(dataset): the split \"\(split)\" has no completed sample")
        }
        _ = try trained.predict(first, of: data)
        let writer = try PredictionFileWriter(
            creating: output,
            PredictionOrigin(
                modelSHA256: Fingerprint.sha256(ofFile: model),
                datasetSHA256: Fingerprint.sha256(ofFile: dataset),
                split: split, toolVersion: ToolVersion.current,
                channels: trained.description.layout.outputChannels), samples: samples,
            sampleShape: trained.predictionShape(of: data))
        do {
            let latencies = try predict(samples, trained, data, writer)
            try writer.finish()
            return PredictReport(output: output, split: split, samples: samples.count, latencies)
        } catch {
            writer.discard()
            throw error
        }
    }

    private func predict(
        _ samples: [Int], _ trained: TrainedModel, _ data: DatasetFileReader, _ writer: PredictionFileWriter
    ) throws -> [Double] {
        try samples.map { sample in
            let inputs = try trained.inputs(sample, of: data)
            let start = monotonicSeconds()
            let values = try trained.predict(inputs)
            let latency = monotonicSeconds() - start
            try writer.append(values, latency: latency)
            return latency
        }
    }
}

/// What was predicted, and how fast.
public struct PredictReport: VerbReport {
    /// The prediction file.
    public var output: String
    /// The split.
    public var split: String
    /// Samples predicted.
    public var samples: Int
    /// The middle of the times of a prediction in seconds; reading of the sample does not count.
    public var medianSeconds: Double

    init(output: String, split: String, samples: Int, _ latencies: [Double]) {
        self.output = output
        self.split = split
        self.samples = samples
        medianSeconds = latencies.sorted()[latencies.count / 2]
    }

    /// A summary of work done.
    public var isAnswer: Bool { false }

    /// One line.
    public func text(on terminal: Terminal) -> String {
        "\(samples) samples of \(split) predicted, \(significant(1e3 * medianSeconds)) ms each: \(output)"
    }
}
