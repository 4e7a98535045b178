/// A symmetry of space that maps a grid to itself: axes are exchanged, and some run backwards.
///
/// As a matrix R has one entry ±1 in every row: a point X moves to RX, a vector v to Rv, an axial vector w to det(R) Rw.
public struct GridSymmetry: Sendable, Hashable, Codable {
    /// The old axis, 0 for x, that each new axis shows.
    let source: [Int]
    /// Whether each new axis runs backwards.
    let isReversed: [Bool]

    private init(source: [Int], isReversed: [Bool]) {
        self.source = source
        self.isReversed = isReversed
    }

    /// Nothing moves.
    package static func identity(dimension: Int) -> GridSymmetry {
        GridSymmetry(
            source: Array(0..<dimension), isReversed: Array(repeating: false, count: dimension))
    }

    /// The mirror across an axis: X′ₐ = −Xₐ.
    package static func mirror(_ axis: Int, dimension: Int) -> GridSymmetry {
        GridSymmetry(source: Array(0..<dimension), isReversed: (0..<dimension).map { $0 == axis })
    }

    /// The exchange of two axes: X′ₐ = X_b, X′_b = Xₐ.
    package static func exchange(_ a: Int, _ b: Int, dimension: Int) -> GridSymmetry {
        var source = Array(0..<dimension)
        source.swapAt(a, b)
        return GridSymmetry(source: source, isReversed: Array(repeating: false, count: dimension))
    }

    /// The quarter turn from one axis to another: X′ₐ = −X_b, X′_b = Xₐ.
    package static func quarterTurn(_ a: Int, _ b: Int, dimension: Int) -> GridSymmetry {
        exchange(a, b, dimension: dimension).followed(by: mirror(a, dimension: dimension))
    }

    /// This one, then another.
    package func followed(by next: GridSymmetry) -> GridSymmetry {
        GridSymmetry(
            source: next.source.map { source[$0] },
            isReversed: zip(next.source, next.isReversed).map { isReversed[$0] != $1 })
    }

    /// What undoes it.
    package var inverse: GridSymmetry {
        var (source, isReversed) = (self.source, self.isReversed)
        for (axis, old) in self.source.enumerated() {
            source[old] = axis
            isReversed[old] = self.isReversed[axis]
        }
        return GridSymmetry(source: source, isReversed: isReversed)
    }

    /// Whether axes are exchanged, so that both have to be alike.
    var exchangesAxes: Bool { source != Array(source.indices) }

    /// Whether it is one of so many dimensions, and not damaged.
    func fits(_ dimension: Int) -> Bool {
        source.sorted() == Array(0..<dimension) && isReversed.count == dimension
    }

    /// det R, 1 or −1.
    var determinant: Float {
        var sign: Float = 1
        for (axis, old) in source.enumerated() {
            for later in source[(axis + 1)...] where later < old { sign = -sign }
            if isReversed[axis] { sign = -sign }
        }
        return sign
    }

    /// The old place of every new point; `cellShape` is (z,) y, x.
    func order(_ cellShape: [Int], _ points: PointPlacement, isGiven: Bool) -> [Int] {
        let extents = Array(cellShape.reversed())
        var strides = [1]
        for extent in extents.dropLast() { strides.append(strides[strides.count - 1] * extent) }
        return (0..<cellShape.reduce(1, *)).map { point in
            source.indices.reduce(0) { place, axis in
                let index = point / strides[axis] % extents[axis]
                let old =
                    isReversed[axis]
                    ? points.reversed(index, of: extents[axis], isGiven: isGiven) : index
                return place + old * strides[source[axis]]
            }
        }
    }

    /// All symmetries that follow from some, the identity first.
    package static func group(_ generators: [GridSymmetry], dimension: Int) -> [GridSymmetry] {
        var elements = [identity(dimension: dimension)]
        var next = 0
        while next < elements.count {
            for generator in generators {
                let product = elements[next].followed(by: generator)
                if !elements.contains(product) { elements.append(product) }
            }
            next += 1
        }
        return elements
    }
}
