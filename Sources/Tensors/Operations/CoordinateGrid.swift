import Numerics

/// The coordinates of the cell centres of a grid, (i + ½)/n on every axis: [1, (z,) (y,) x, axes].
struct CoordinateGrid<Scalar: Real>: Operation {
    var inputs: [Value] { [] }
    let outputShape: Shape
    let spatial: [Int]

    init(spatial: [Int]) {
        self.spatial = spatial
        outputShape = Shape([1] + spatial + [spatial.count])
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        for row in 0..<outputShape.rows {
            var rest = row
            for axis in spatial.indices.reversed() {
                let centre = (Double(rest % spatial[axis]) + 0.5) / Double(spatial[axis])
                frame.output[row * spatial.count + axis] = Scalar(double: centre)
                rest /= spatial[axis]
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {}
}
