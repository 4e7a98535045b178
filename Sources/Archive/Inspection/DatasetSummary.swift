/// What a dataset holds, for people and, as JSON, for machines.
public struct DatasetSummary: Sendable, Codable, Equatable {
    /// Failed samples of one reason.
    public struct Failure: Sendable, Codable, Equatable {
        /// The reason.
        public var reason: String
        /// The samples.
        public var samples: [Int]
    }

    /// A parameter and its extremes.
    public struct ParameterRange: Sendable, Codable, Equatable {
        /// The parameter.
        public var parameter: DatasetParameter
        /// The least value; nil where none is finite.
        public var minimum: Double?
        /// The greatest value; nil where none is finite.
        public var maximum: Double?
    }

    /// A channel and its statistics over the training split; nil where the file has none.
    public struct Channel: Sendable, Codable, Equatable {
        /// Its name.
        public var name: String
        /// The mean.
        public var mean: Double?
        /// The standard deviation.
        public var standardDeviation: Double?
        /// The least value.
        public var minimum: Double?
        /// The greatest value.
        public var maximum: Double?
    }

    /// A name and how many samples bear it.
    public struct Count: Sendable, Codable, Equatable {
        /// The name.
        public var name: String
        /// How many samples.
        public var samples: Int
    }

    /// `steady` or `rollout`.
    public var task: DatasetTask
    /// Cells, slowest axis first: (z,) y, x.
    public var cells: [Int]
    /// Times of a rollout.
    public var times: [Double]
    /// All samples.
    public var samples: Int
    /// Those that are complete.
    public var completed: Int
    /// Those that are pending.
    public var pending: Int
    /// Those that were computed, by how the computation ended.
    public var endings: [Count]
    /// Those that failed, by reason.
    public var failures: [Failure]
    /// Different geometries; 0 where the file does not tell them.
    public var geometries: Int
    /// The families of geometries.
    public var families: [Count]
    /// The parameters.
    public var parameters: [ParameterRange]
    /// The input channels.
    public var inputs: [Channel]
    /// The output channels.
    public var outputs: [Channel]
    /// The splits.
    public var splits: [Count]

    /// The failed samples.
    public var failed: Int { failures.reduce(0) { $0 + $1.samples.count } }

    /// Whether a file holds a dataset, Hugoniot's or another program's. Throws `ArchiveError` where it is no HDF5
    /// file.
    public static func isDataset(_ path: String) throws -> Bool {
        let file = try HugoniotFile.openHDF5(path)
        do {
            let format = try file.root.attributes.read("format")?.text
            if let format, format.hasPrefix("hugoniot-") { return format == DatasetLayout.format }
            return try DatasetForm.isDataset(file.root)
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Reads what is known. Throws `ArchiveError`.
    public init(_ path: String) throws {
        let reader = try DatasetFileReader(path)
        (task, cells, times, samples) = (reader.task, reader.cellShape, reader.times, reader.sampleCount)
        completed = reader.statuses.filter { $0 == .completed }.count
        pending = reader.statuses.filter { $0 == .pending }.count
        endings = Self.counts(try reader.endings())
        let reasons = try reader.reasons()
        let failedSamples = reader.statuses.indices.filter { reader.statuses[$0] == .failed }
        failures = Dictionary(grouping: failedSamples) { reasons[$0] }
            .map { Failure(reason: $0.isEmpty ? "no reason given" : $0, samples: $1) }
            .sorted { ($0.samples.first ?? 0) < ($1.samples.first ?? 0) }
        geometries = Set(try reader.geometries()).subtracting([""]).count
        families = Self.counts(try reader.families())
        let values = try reader.parameterValues()
        parameters = reader.parameters.enumerated().map { index, parameter in
            let column = values.map { $0[index] }.filter(\.isFinite)
            return ParameterRange(parameter: parameter, minimum: column.min(), maximum: column.max())
        }
        let statistics = try reader.statistics()
        inputs = Self.channels(reader.inputChannels, statistics?.inputs)
        outputs = Self.channels(reader.outputChannels, statistics?.outputs)
        splits = reader.splits.map { Count(name: $0.name, samples: $0.samples.count) }
    }

    private static func counts(_ names: [String]) -> [Count] {
        Dictionary(grouping: names.filter { !$0.isEmpty }) { $0 }
            .map { Count(name: $0, samples: $1.count) }.sorted { $0.name < $1.name }
    }

    private static func channels(_ names: [String], _ statistics: ChannelStatistics?) -> [Channel] {
        names.enumerated().map { index, name in
            Channel(
                name: name, mean: statistics?.mean[index],
                standardDeviation: statistics?.standardDeviation[index],
                minimum: statistics?.minimum[index], maximum: statistics?.maximum[index])
        }
    }
}
