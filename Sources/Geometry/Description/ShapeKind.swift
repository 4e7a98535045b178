import Schema

/// A kind of shape: its word in TOML, its keys and its construction, in one place.
///
/// Adding one is one file that declares a static value of this type, one line in ``ShapeRegistry`` and one row
/// in the conformance test.
public struct ShapeKind: Sendable {
    /// Where a kind of shape has a meaning.
    public enum Home: Sendable {
        /// Does not look at z; in three dimensions a prism without ends.
        case planar
        /// Needs three dimensions.
        case solid
        /// Has as many coordinates as the domain has dimensions.
        case either
    }

    /// The value of `shape`.
    public let word: String
    /// One line for the reference.
    public let summary: String
    /// Where it has a meaning.
    public let home: Home
    /// Its own keys.
    public let keys: [any SchemaKey]
    /// Builds the shape; nil where the reader has been told why, or the checker has.
    let build: @Sendable (Section, inout ShapeReader) -> (any Shape)?

    init(
        _ word: String, _ home: Home, _ summary: String, _ keys: [any SchemaKey],
        build: @escaping @Sendable (Section, inout ShapeReader) -> (any Shape)?
    ) {
        self.word = word
        self.summary = summary
        self.home = home
        self.keys = keys
        self.build = build
    }

    /// Whether it can be used in a domain of this dimension.
    func serves(dimension: Int) -> Bool { dimension == 3 || home != .solid }
}

// MARK: Reading values that may be wrong

extension Section {
    /// A number; nil where it is absent or wrong, which the checker has reported.
    func finite(_ key: Key<Double>) -> Double? {
        let value = self[key]
        return value.isFinite ? value : nil
    }

    /// A position or direction with `count` coordinates, by default one per dimension; nil where it is wrong.
    func point(_ key: Key<[Double]>, count: Int? = nil) -> Point? {
        let values = self[key]
        guard let wanted = count ?? scope.dimension, values.count == wanted, (2...3).contains(wanted) else {
            return nil
        }
        return Point(values[0], values[1], wanted == 3 ? values[2] : 0)
    }

    /// A position in the plane; nil where it is wrong.
    func planarPoint(_ key: Key<[Double]>) -> Point? { point(key, count: 2) }

    /// At least three positions in the plane; nil where one of them is wrong.
    func planarPoints(_ key: Key<[[Double]]>) -> [PlanarPoint]? {
        let rows = self[key]
        guard rows.count >= 3, rows.allSatisfy({ $0.count == 2 }) else { return nil }
        return rows.map { PlanarPoint($0[0], $0[1]) }
    }

    /// A direction of length 1; nil where it is wrong, and reported where it is 0.
    func direction(
        _ key: Key<[Double]>, count: Int? = nil, _ reader: inout ShapeReader
    ) -> Point? {
        guard let vector = point(key, count: count) else { return nil }
        let length = vector.length
        guard length > 0 else {
            reader.report(
                diagnostic(key.field.name, "has length 0", hint: "give a direction such as [1.0, 0.0]"))
            return nil
        }
        return vector / length
    }
}
