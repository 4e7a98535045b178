import Archive
import Foundation
import Numerics
import Tensors

/// Where a training stands: everything that the next step depends on, and what is kept of the past.
final class TrainingState {
    /// Numbers that a checkpoint keeps as JSON.
    struct Numbers: Codable {
        /// The epoch under way, from 0.
        var epoch = 0
        /// Steps of it that are done.
        var stepInEpoch = 0
        /// Steps taken.
        var step = 0
        /// Σ loss · samples of the epoch under way.
        var lossSum = 0.0
        /// Samples of it.
        var lossCount = 0
        /// The learning rate of the last step.
        var learningRate = 0.0
        /// Seconds spent on it before the last interruption.
        var seconds = 0.0
        /// Finished epochs.
        var history: [EpochRecord] = []
        /// The epoch of the best weights.
        var bestEpoch: Int?
        /// Their validation loss.
        var bestLoss = Double.infinity
        /// Further numbers of the optimiser.
        var optimiser: [Double] = []
        /// Steps of the optimiser.
        var optimiserSteps = 0
    }

    var numbers = Numbers()
    let parameters: ParameterSet<Float>
    let optimiser: any Optimiser<Float>
    /// The average of weights; nil where none is asked for.
    let average: AlignedMemory?
    /// The best weights so far.
    let best: AlignedMemory

    init(_ parameters: ParameterSet<Float>, _ optimiser: any Optimiser<Float>, averages: Bool) {
        self.parameters = parameters
        self.optimiser = optimiser
        let bytes = parameters.extent * MemoryLayout<Float>.stride
        average = averages ? AlignedMemory(bytes: bytes) : nil
        best = AlignedMemory(bytes: bytes)
        optimiser.prepare(parameters)
        average?.values(of: Float.self).update(from: parameters.values, count: parameters.extent)
        best.values(of: Float.self).update(from: parameters.values, count: parameters.extent)
    }

    /// The weights that are validated and kept.
    var evaluated: UnsafeMutablePointer<Float> { average?.values(of: Float.self) ?? parameters.values }

    /// Calls `body` with other weights in the network.
    func withWeights<Result>(_ weights: UnsafeMutablePointer<Float>, _ body: () throws -> Result) rethrows
        -> Result
    {
        let count = parameters.extent
        guard weights != parameters.values else { return try body() }
        let kept = Array(UnsafeBufferPointer(start: parameters.values, count: count))
        parameters.values.update(from: weights, count: count)
        defer { parameters.values.update(from: kept, count: count) }
        return try body()
    }

    /// θ̄ ← dθ̄ + (1 − d)θ; the decay d is smaller at first, when there is little to average.
    func updateAverage(decay: Double) {
        guard let average = average?.values(of: Float.self) else { return }
        let step = Double(numbers.step)
        let keep = Float(min(decay, (1 + step) / (10 + step)))
        let values = parameters.values
        for i in 0..<parameters.extent { average[i] = keep * average[i] + (1 - keep) * values[i] }
    }

    private var blocks: [(name: String, values: UnsafeMutablePointer<Float>)] {
        var blocks = [("parameters", parameters.values), ("best", best.values(of: Float.self))]
        if let average { blocks.append(("average", average.values(of: Float.self))) }
        blocks += optimiser.state.map { ("optimiser.\($0.key)", $0.value.values(of: Float.self)) }
        return blocks.sorted { $0.0 < $1.0 }
    }

    /// Writes everything to a file. Throws `ArchiveError`.
    func write(to path: String, fingerprint: String) throws {
        var numbers = numbers
        numbers.optimiser = optimiser.numbers
        numbers.optimiserSteps = optimiser.steps
        // The best of nothing is infinite, which JSON cannot say.
        if numbers.bestEpoch == nil { numbers.bestLoss = 0 }
        let tensors = blocks.map {
            SafetensorsTensor(
                $0.name, shape: [parameters.extent],
                values: UnsafeBufferPointer(start: $0.values, count: parameters.extent))
        }
        try SafetensorsFile(
            metadata: [
                "format": "hugoniot-training", "fingerprint": fingerprint,
                "state": try ModelDescription.json(numbers),
            ], tensors: tensors
        ).write(to: path)
    }

    /// Reads everything from a file. Throws `ArchiveError`, and ``TrainingError`` where it is another training's.
    func read(_ path: String, fingerprint: String) throws {
        let file = try SafetensorsFile(reading: path)
        guard file.metadata["fingerprint"] == fingerprint else {
            throw TrainingError(
                "\(path) is the checkpoint of another training: its model, its batches or its dataset have changed since",
                advice: "begin anew with --overwrite")
        }
        let state = Data((file.metadata["state"] ?? "").utf8)
        guard var numbers = try? JSONDecoder().decode(Numbers.self, from: state) else {
            throw TrainingError(
                "\(path) is damaged: its state is not understood", advice: "begin anew with --overwrite")
        }
        if numbers.bestEpoch == nil { numbers.bestLoss = .infinity }
        for block in blocks {
            guard let tensor = file.tensor(block.name), tensor.shape == [parameters.extent] else {
                throw TrainingError(
                    "\(path) is damaged: it lacks \"\(block.name)\"", advice: "begin anew with --overwrite")
            }
            block.values.update(from: tensor.floats, count: parameters.extent)
        }
        self.numbers = numbers
        optimiser.numbers = numbers.optimiser
        optimiser.steps = numbers.optimiserSteps
    }
}
