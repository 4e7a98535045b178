import Datasets

/// One pass over the training split: normalisers, and which channels are constant over each sample.
struct NormaliserFit {
    /// Of the channels that the network is given.
    let inputs: ChannelNormaliser
    /// Of the channels that it predicts.
    let outputs: ChannelNormaliser
    /// Given channels with one value a sample.
    let constants: [Int]

    /// Outputs count in the fluid only, where the dataset tells it; inputs, such as a distance, count everywhere.
    ///
    /// - Throws: ``TrainingError`` for values that are not finite, `ArchiveError` where the file cannot be read.
    init(_ reader: FieldReader, _ items: [TrainingItem]) throws {
        let layout = reader.layout
        var given = layout.givenChannels.map { _ in StreamingMoments() }
        var predicted = layout.outputChannels.map { _ in StreamingMoments() }
        var varies = given.map { _ in false }
        let conditions = layout.inputChannels.count
        for item in items {
            let fields = try reader.read(item)
            let points = fields.input.count / given.count
            for channel in given.indices {
                let part = fields.input[(channel * points)..<((channel + 1) * points)]
                // The state of a rollout is measured where it is a target.
                if channel < conditions { given[channel].add(part) }
                varies[channel] = varies[channel] || part.contains { $0 != part[part.startIndex] }
            }
            for channel in predicted.indices {
                let part = fields.target[(channel * points)..<((channel + 1) * points)]
                predicted[channel].add(Self.fluid(part, fields.mask))
            }
        }
        try Self.check(given, layout.givenChannels, reader.dataset.path)
        try Self.check(predicted, layout.outputChannels, reader.dataset.path)
        outputs = ChannelNormaliser(predicted)
        var inputs = ChannelNormaliser(given)
        for channel in conditions..<given.count {
            inputs.mean[channel] = outputs.mean[channel - conditions]
            inputs.deviation[channel] = outputs.deviation[channel - conditions]
        }
        self.inputs = inputs
        constants = varies.indices.filter { !varies[$0] }
    }

    private static func fluid(_ values: ArraySlice<Float>, _ mask: [UInt8]?) -> [Float] {
        guard let mask else { return Array(values) }
        return zip(values, mask).compactMap { $1 == 0 ? nil : $0 }
    }

    private static func check(_ moments: [StreamingMoments], _ names: [String], _ path: String) throws {
        for (name, moment) in zip(names, moments)
        where !(moment.mean.isFinite && moment.standardDeviation.isFinite) {
            throw TrainingError(
                "\(path): the channel \"\(name)\" has values that are not finite in the training split",
                advice: "leave the samples out of the split")
        }
    }
}
