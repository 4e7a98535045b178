/// Arithmetic of vectors that are plain arrays; lengths agree.
extension Array where Element == Double {
    /// The inner product.
    package func dot(_ other: [Double]) -> Double {
        var sum = 0.0
        for index in indices { sum += self[index] * other[index] }
        return sum
    }

    /// The Euclidean length.
    package var norm: Double { dot(self).squareRoot() }

    /// The largest magnitude; 0 for an empty vector.
    package var largestMagnitude: Double { reduce(0) { Swift.max($0, abs($1)) } }

    /// The mean; 0 for an empty vector.
    package var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// self + factor · other.
    package func adding(_ factor: Double, _ other: [Double]) -> [Double] {
        var result = self
        for index in indices { result[index] += factor * other[index] }
        return result
    }

    /// self − other.
    package func subtracting(_ other: [Double]) -> [Double] { adding(-1, other) }

    /// factor · self.
    package func scaled(_ factor: Double) -> [Double] { map { factor * $0 } }

    /// Whether every element is a finite number.
    package var isFinite: Bool { allSatisfy(\.isFinite) }
}
