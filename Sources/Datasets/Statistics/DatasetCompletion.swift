import Archive

extension DatasetFileWriter {
    /// Computes the statistics of the channels over the completed samples of the split `train` (all samples where
    /// there is none), and finishes the file. Throws `ArchiveError` where samples are pending or the disk fails.
    public func finishWithStatistics() throws {
        let training = description.splits.first { $0.name == "train" }?.samples ?? Array(statuses.indices)
        var statistics = DatasetStatistics(
            inputChannels: description.inputChannels.count, outputChannels: description.outputChannels.count,
            cellCount: description.cellShape.reduce(1, *))
        for index in training.sorted() where statuses[index] == .completed {
            statistics.add(try sample(index))
        }
        if let channels = statistics.channels {
            try write(inputs: channels.inputs, outputs: channels.outputs)
        }
        try finish()
    }
}
