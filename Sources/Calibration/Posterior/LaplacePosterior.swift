import Numerics

/// The normal approximation of the posterior about the best point: C = (JᵀR⁻¹J + C₀⁻¹)⁻¹, with whitened residuals and
/// the priors' rows (JᵀJ)⁻¹; to first order it also gives the second moments of predictions (FOSM, Dettinger & Wilson
/// 1981, doi:10.1029/WR017i001p00149).
///
/// Directions of the parameter space along which the data and the priors leave more than half of the range are named as
/// flat: their standard deviation is that of a uniform distribution over the range, 1/√12.
public struct LaplacePosterior: Sendable {
    /// A direction that the observations do not determine.
    public struct FlatDirection: Sendable {
        /// The standard deviation that the linear model leaves, as a share of the ranges; may be far above 1.
        public let deviation: Double
        /// The parameters that take part, by the size of their share, and the components of the unit vector.
        public let components: [(name: String, weight: Double)]
    }

    /// The covariance in unit coordinates.
    public let covariance: Matrix
    /// The singular values of the Jacobian, descending: the spectrum of identifiability.
    public let spectrum: [Double]
    /// The directions that are not determined.
    public let flatDirections: [FlatDirection]
    /// The parameters that lie at a bound: their deviation says nothing.
    public let atBounds: [String]

    /// - Parameters:
    ///   - jacobian: ∂r/∂u at the best point, the rows of the priors included.
    ///   - point: The best point.
    ///   - names: The names of the free parameters.
    /// - Returns: nil where the Jacobian is not finite.
    public init?(jacobian: Matrix, at point: [Double], names: [String]) {
        let dimension = point.count
        // Rows of zeros let fewer residuals than parameters have a full set of right singular vectors.
        let missing = max(0, dimension - jacobian.rows)
        let padded = jacobian.stacked(over: Matrix(rows: missing, columns: dimension))
        guard let decomposition = SingularValues(padded) else { return nil }
        spectrum = decomposition.values
        var covariance = Matrix(rows: dimension, columns: dimension)
        var flat: [FlatDirection] = []
        for (index, value) in decomposition.values.enumerated() {
            let direction = decomposition.rightTransposed.row(index)
            let isFlat = value < 2
            if isFlat { flat.append(Self.flat(direction, deviation: 1 / max(value, 1e-300), names)) }
            covariance.addOuter(isFlat ? 1.0 / 12 : 1 / (value * value), direction, direction)
        }
        self.covariance = covariance
        flatDirections = flat
        atBounds = point.indices.filter { point[$0] < 1e-9 || point[$0] > 1 - 1e-9 }.map { names[$0] }
    }

    private static func flat(_ direction: [Double], deviation: Double, _ names: [String]) -> FlatDirection {
        let order = direction.indices.sorted { abs(direction[$0]) > abs(direction[$1]) }
        let components = order.filter { abs(direction[$0]) > 0.1 }.map { (names[$0], direction[$0]) }
        return FlatDirection(deviation: deviation, components: components)
    }

    /// The standard deviations in unit coordinates; multiply by ``ParameterSpace/slopes(at:)`` for those of parameters.
    public var deviations: [Double] { covariance.diagonal.map { max(0, $0).squareRoot() } }

    /// The correlations.
    public var correlations: Matrix {
        var matrix = covariance
        let deviations = deviations
        for row in 0..<matrix.rows {
            for column in 0..<matrix.columns {
                matrix[row, column] /= max(1e-300, deviations[row] * deviations[column])
            }
        }
        return matrix
    }

    /// The standard deviations of predictions whose derivatives by the unit coordinates are the rows of a matrix.
    public func predictionDeviations(_ sensitivity: Matrix) -> [Double] {
        let spread = sensitivity * covariance
        return (0..<sensitivity.rows).map { spread.row($0).dot(sensitivity.row($0)).squareRoot() }
    }
}
