import Numerics

/// A prediction that needs no training worth the name: what every network has to beat.
///
/// Adding one is one file with a type of this protocol and one line in ``BaselineRegistry``.
protocol Baseline: Sendable {
    /// The predicted outputs for the inputs of a sample.
    func predict(_ inputs: [Float]) -> [Float]
}

/// Samples that baselines learn from.
struct BaselineSamples: Sendable {
    /// Channels of the inputs.
    var inputChannels: Int
    /// Extents of the grid, x first.
    var cells: [Int]
    /// The inputs of every training sample.
    var inputs: [[Float]]
    /// Its outputs.
    var outputs: [[Float]]
}

/// Every baseline of the table.
enum BaselineRegistry {
    static let kinds: [(name: String, make: @Sendable (BaselineSamples) -> any Baseline)] = [
        ("mean field", { MeanField($0) }),
        ("nearest neighbour", { NearestNeighbour($0) }),
        ("POD regression", { ModeRegression($0) }),
    ]
}

/// The mean of all training outputs.
struct MeanField: Baseline {
    private let mean: [Float]

    init(_ samples: BaselineSamples) {
        let count = Float(max(1, samples.outputs.count))
        var sum = [Float](repeating: 0, count: samples.outputs.first?.count ?? 0)
        for output in samples.outputs { for index in sum.indices { sum[index] += output[index] } }
        mean = sum.map { $0 / count }
    }

    func predict(_ inputs: [Float]) -> [Float] { mean }
}

/// The outputs of the training sample whose inputs are most alike.
struct NearestNeighbour: Baseline {
    private let features: InputFeatures
    private let known: [[Float]]
    private let outputs: [[Float]]

    init(_ samples: BaselineSamples) {
        features = InputFeatures(
            channels: samples.inputChannels, cells: samples.cells, samples: samples.inputs)
        known = samples.inputs.map { [features] in features($0) }
        outputs = samples.outputs
    }

    func predict(_ inputs: [Float]) -> [Float] {
        let wanted = features(inputs)
        let distances = known.map { zip($0, wanted).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        let nearest = distances.indices.min { distances[$0] < distances[$1] }
        return nearest.map { outputs[$0] } ?? []
    }
}

/// Proper orthogonal modes of the training outputs, with coefficients by ridge regression on the principal components of
/// the inputs (Berkooz, Holmes & Lumley 1993, doi:10.1146/annurev.fl.25.010193.002543, by the method of snapshots).
struct ModeRegression: Baseline {
    private static let modes = 20
    private static let components = 20

    private let features: InputFeatures
    private let mean: [Float]
    /// Principal directions of the features, and the map from their components to weights of the output modes.
    private let featureModes: [[Float]]
    private let map: Matrix
    private let outputModes: [[Float]]

    init(_ samples: BaselineSamples) {
        features = InputFeatures(
            channels: samples.inputChannels, cells: samples.cells, samples: samples.inputs)
        let inputs = samples.inputs.map { [features] in features($0) }
        let centre = MeanField(samples).predict([])
        mean = centre
        let outputs = samples.outputs.map { output in output.indices.map { output[$0] - centre[$0] } }
        let input = Self.principal(inputs, Self.components)
        let output = Self.principal(outputs, Self.modes)
        featureModes = input.modes
        outputModes = output.modes
        // B = (AᵀA + λI)⁻¹ AᵀC with λ a thousandth of the mean square of A.
        let (a, c) = (Matrix(rows: input.coefficients), Matrix(rows: output.coefficients))
        guard !input.coefficients.isEmpty, a.columns > 0, c.columns > 0 else {
            map = Matrix(rows: 0, columns: 0)
            return
        }
        var normal = a.gram
        let ridge = 1e-3 * normal.diagonal.reduce(0, +) / Double(a.columns)
        for index in 0..<a.columns { normal[index, index] += ridge + 1e-12 }
        let right = a.transposeTimes(c)
        map =
            Cholesky(normal).map { factor in
                factor.solve(right)
            } ?? Matrix(rows: a.columns, columns: c.columns)
    }

    func predict(_ inputs: [Float]) -> [Float] {
        guard map.columns > 0 else { return mean }
        let feature = features(inputs)
        let components = featureModes.map { mode in
            zip(mode, feature).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
        var field = mean
        for (column, mode) in outputModes.enumerated() {
            var weight = 0.0
            for (row, component) in components.enumerated() { weight += component * map[row, column] }
            for index in field.indices { field[index] += Float(weight) * mode[index] }
        }
        return field
    }

    /// Orthonormal modes of rows, the strongest first, and the coefficients of every row.
    private static func principal(_ rows: [[Float]], _ limit: Int) -> (
        modes: [[Float]], coefficients: [[Double]]
    ) {
        var gram = Matrix(rows: rows.count, columns: rows.count)
        for first in rows.indices {
            for second in first..<rows.count {
                let product = zip(rows[first], rows[second]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                gram[first, second] = product
                gram[second, first] = product
            }
        }
        guard rows.count > 1, let eigen = SymmetricEigen(gram) else { return ([], rows.map { _ in [] }) }
        let largest = eigen.values.max() ?? 0
        let order = eigen.values.indices.sorted { eigen.values[$0] > eigen.values[$1] }
            .filter { eigen.values[$0] > 1e-6 * largest }.prefix(limit)
        let modes = order.map { index -> [Float] in
            var mode = [Float](repeating: 0, count: rows[0].count)
            for (row, values) in rows.enumerated() {
                let weight = Float(eigen.vectors[row, index] / eigen.values[index].squareRoot())
                for place in mode.indices { mode[place] += weight * values[place] }
            }
            return mode
        }
        let coefficients = rows.indices.map { row in
            order.map { eigen.vectors[row, $0] * eigen.values[$0].squareRoot() }
        }
        return (modes, coefficients)
    }
}
