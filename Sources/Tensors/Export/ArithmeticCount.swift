import Numerics

extension Graph {
    /// Additions and multiplications of a forward pass, products in full and everything else once a value.
    public var arithmetic: Double {
        operations.reduce(0) { $0 + $1.arithmetic }
    }
}

/// Additions and multiplications of a product of matrices.
private func product(_ rows: Int, _ depth: Int, _ columns: Int) -> Double {
    2 * Double(rows) * Double(depth) * Double(columns)
}

extension Dense {
    var arithmetic: Double { product(rows, from, to) }
}

extension Perceptron {
    var arithmetic: Double { product(rows, from, hidden) + product(rows, hidden, to) }
}

extension Convolution {
    var arithmetic: Double { product(outputShape.rows, taps * from, to) }
}

extension Attention {
    /// Scores and mixtures.
    var arithmetic: Double { Double(groups * heads) * 2 * product(tokens, size, tokens) }
}

extension BranchContraction {
    var arithmetic: Double { product(batch * points, size, outputs) }
}

extension ModeProduct {
    var arithmetic: Double { product(outer * inner, from, to) }
}

extension FourierLayer {
    /// Transforms along every axis there and back (folded: a quarter of the full products), four real products for each
    /// complex one, and the linear layer.
    var arithmetic: Double {
        let transforms = transform.axes.indices.reduce(0.0) { sum, index in
            let axis = transform.axes[index]
            let before = transform.spatial[..<index].reduce(batch, *)
            let after = transform.axes[(index + 1)...].reduce(from + to) { $0 * $1.rows }
            return sum + product(before * after, axis.length, axis.rows) / (axis.length % 2 == 0 ? 4 : 2)
        }
        return transforms + 4 * product(transform.modes.modes.count * batch, from, to)
            + product(lines * width, from, to)
    }
}
