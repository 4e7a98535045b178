import Numerics
import Operators
import Schema
import Tensors
import Testing

@Suite("Models") struct ModelConformanceTests {
    static func network<Scalar: Real>(
        _ row: ModelRow, of type: Scalar.Type, seed: UInt64 = 3, workers: Int = 2
    ) throws -> OperatorNetwork<Scalar> {
        try OperatorNetwork(row.model, spatial: row.spatial, seed: seed, workers: Workers(count: workers))
    }

    static func shape(_ row: ModelRow, batch: Int = 2) -> Shape {
        Shape([batch] + row.spatial + [row.model.mapping.inputs])
    }

    static func noise<Scalar: Real>(_ count: Int, seed: UInt64 = 5) -> [Scalar] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in Scalar(double: stream.normal()) }
    }

    static func predict<Scalar: Real>(
        _ network: OperatorNetwork<Scalar>, _ field: [Scalar], _ shape: Shape
    ) throws -> [Scalar] {
        try field.withUnsafeBufferPointer { Array(try network.predict($0, shape: shape)) }
    }

    @Test("the output has the points of the input and the channels of the mapping", arguments: ModelRow.all)
    func shapes(row: ModelRow) throws {
        let shape = Self.shape(row)
        let output = try Self.predict(Self.network(row, of: Float.self), Self.noise(shape.count), shape)
        #expect(output.count == shape.with(channels: row.model.mapping.outputs).count)
        #expect(output.allSatisfy { $0.isFinite })
    }

    @Test("the number of parameters is that of the formula", arguments: ModelRow.all)
    func parameterCount(row: ModelRow) throws {
        #expect(try Self.network(row, of: Float.self).parameters.count == row.parameters)
    }

    @Test("gradients of parameters and inputs agree with finite differences", arguments: ModelRow.all)
    func gradients(row: ModelRow) throws {
        let network = try Self.network(row, of: Double.self)
        let training = try TrainingProgram(
            network, inputShape: Self.shape(row), loss: .relativeL2, inputGradient: true)
        _ = training.input.update(from: Self.noise(training.input.count))
        _ = training.target.update(from: Self.noise(training.target.count, seed: 6))
        training.differentiate()
        let ofInput = training.inputGradient.map(Array.init) ?? []
        let ofParameters = Array(
            UnsafeBufferPointer(start: network.parameters.gradients, count: network.parameters.extent))
        #expect(ofInput.count == training.input.count)
        // Along one random direction in the space of all inputs, and of all parameters.
        let along: [Double] = Self.noise(ofInput.count, seed: 8)
        let inputs = training.input
        let error = Self.slopeError(inputs.baseAddress, along, ofInput, training)
        #expect(error < 1e-6)
        let direction: [Double] = Self.noise(ofParameters.count, seed: 9)
        #expect(Self.slopeError(network.parameters.values, direction, ofParameters, training) < 1e-6)
    }

    /// The difference of the directional derivative from its central difference quotient, relative.
    static func slopeError(
        _ memory: UnsafeMutablePointer<Double>?, _ direction: [Double], _ gradient: [Double],
        _ training: TrainingProgram<Double>
    ) -> Double {
        guard let memory else { return .infinity }
        let step = 1e-6
        func loss(_ distance: Double) -> Double {
            for i in direction.indices { memory[i] += distance * direction[i] }
            training.program.forward()
            let value = training.loss
            for i in direction.indices { memory[i] -= distance * direction[i] }
            return value
        }
        let quotient = (loss(step) - loss(-step)) / (2 * step)
        let expected = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
        return abs(quotient - expected) / max(abs(expected), 1e-3)
    }

    @Test("the same seed gives the same gradients to the bit", arguments: ModelRow.all)
    func determinism(row: ModelRow) throws {
        func gradients() throws -> [Float] {
            let network = try Self.network(row, of: Float.self)
            let training = try TrainingProgram(network, inputShape: Self.shape(row), loss: .relativeL2)
            _ = training.input.update(from: Self.noise(training.input.count))
            _ = training.target.update(from: Self.noise(training.target.count, seed: 6))
            training.differentiate()
            return Array(
                UnsafeBufferPointer(start: network.parameters.gradients, count: network.parameters.extent))
        }
        #expect(try gradients() == gradients())
    }

    @Test("parameters move to another network by name", arguments: ModelRow.all)
    func roundTrip(row: ModelRow) throws {
        let (first, second) = (
            try Self.network(row, of: Float.self), try Self.network(row, of: Float.self, seed: 4)
        )
        for parameter in first.parameters.parameters {
            let twin = try #require(second.parameters.parameter(named: parameter.name))
            #expect(twin.shape == parameter.shape)
            second.parameters.set(twin, to: first.parameters.values(of: parameter))
        }
        let shape = Self.shape(row)
        let field: [Float] = Self.noise(shape.count)
        #expect(try Self.predict(first, field, shape) == Self.predict(second, field, shape))
    }

    @Test("single precision agrees with double precision", arguments: ModelRow.all)
    func precisions(row: ModelRow) throws {
        let shape = Self.shape(row)
        let single = try Self.predict(Self.network(row, of: Float.self), Self.noise(shape.count), shape)
        let double = try Self.predict(Self.network(row, of: Double.self), Self.noise(shape.count), shape)
        let scale = double.map(abs).max() ?? 1
        #expect(zip(single, double).allSatisfy { abs(Double($0) - $1) < 1e-5 * scale })
    }

    @Test("samples of a batch do not see each other", arguments: ModelRow.all)
    func batches(row: ModelRow) throws {
        let network = try Self.network(row, of: Double.self)
        let pair = Self.shape(row)
        let field: [Double] = Self.noise(pair.count)
        let both = try Self.predict(network, field, pair)
        let alone = try Self.predict(network, Array(field[(pair.count / 2)...]), Self.shape(row, batch: 1))
        #expect(zip(both[(both.count / 2)...], alone).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("a model predicts on a finer grid, or says why not", arguments: ModelRow.all)
    func otherGrids(row: ModelRow) throws {
        let network = try Self.network(row, of: Float.self)
        let shape = Shape([1] + row.spatial.map { 2 * $0 } + [row.model.mapping.inputs])
        let field: [Float] = Self.noise(shape.count)
        if row.model.isBoundToGrid {
            #expect(throws: OperatorError.self) { try Self.predict(network, field, shape) }
        } else {
            let expected = shape.with(channels: row.model.mapping.outputs).count
            #expect(try Self.predict(network, field, shape).count == expected)
        }
    }
}
