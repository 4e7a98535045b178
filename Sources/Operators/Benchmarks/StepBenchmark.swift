import Numerics
import Tensors

/// A training step and a prediction to be timed: forward, loss, backward, AdamW, on random fields of one channel.
public final class StepBenchmark {
    /// What is timed.
    public struct Options: Sendable, Hashable {
        /// Points an axis.
        public var points: Int
        /// Samples of a step; a prediction has one.
        public var batch: Int
        /// Workers; 0 takes every processor.
        public var threads: Int
        /// What the factors of large products are rounded to.
        public var precision: Precision
        /// Whether activations are computed again in the backward pass.
        public var recomputes: Bool

        /// Describes a benchmark.
        public init(
            points: Int, batch: Int = 8, threads: Int = 0, precision: Precision = .float32,
            recomputes: Bool = false
        ) {
            self.precision = precision
            self.recomputes = recomputes
            self.points = points
            self.batch = batch
            self.threads = threads
        }
    }

    /// Trained values.
    public var parameterCount: Int { network.parameters.count }
    /// Bytes of activations and their gradients.
    public var activationBytes: Int { training.program.arenaBytes }

    private let network: OperatorNetwork<Float>
    private let training: TrainingProgram<Float>
    private let optimiser = AdamW<Float>()
    private let options: Options
    private let sample: [Float]

    /// Compiles the model.
    ///
    /// - Throws: ``OperatorError`` where the model cannot work on the grid.
    public init(_ model: any OperatorModel, _ options: Options) throws(OperatorError) {
        self.options = options
        let mapping = model.mapping
        let spatial = Array(repeating: options.points, count: mapping.dimension)
        network = try OperatorNetwork(
            model, spatial: spatial, seed: 1, workers: Workers(count: options.threads),
            precision: options.precision)
        training = try TrainingProgram(
            network, inputShape: Shape([options.batch] + spatial + [mapping.inputs]), loss: .relativeL2,
            recomputes: options.recomputes)
        var stream = RandomStream(seed: 2)
        for i in training.input.indices { training.input[i] = Float(stream.normal()) }
        for i in training.target.indices { training.target[i] = Float(stream.normal()) }
        sample = Array(training.input[..<(training.input.count / options.batch)])
    }

    /// Seconds of one training step.
    public func step() -> Double {
        Self.seconds {
            optimiser.step(network.parameters, workers: network.workers) { training.differentiate() }
        }
    }

    /// Seconds of one prediction of one sample.
    public func predict() throws(OperatorError) -> Double {
        let mapping = network.model.mapping
        let shape = Shape([1] + Array(repeating: options.points, count: mapping.dimension) + [mapping.inputs])
        let start = ContinuousClock.now
        do {
            try sample.withUnsafeBufferPointer { _ = try network.predict($0, shape: shape) }
        } catch let error as OperatorError {
            throw error
        } catch {}
        return Self.seconds(since: start)
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let start = ContinuousClock.now
        body()
        return seconds(since: start)
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
