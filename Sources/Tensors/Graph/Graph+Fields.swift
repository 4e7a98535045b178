import Numerics

/// Operations that rearrange fields, or join them.
extension Graph {
    /// The same values under another shape.
    public func reshape(_ x: Value, _ shape: Shape) -> Value {
        append(RowPermutation<Scalar>(x, order: nil, channels: 1, shape: shape))
    }

    /// Rows of `channels` values of each sample in another order (see ``RowPermutation``).
    public func permute(_ x: Value, order: [Int], channels: Int, shape: Shape) -> Value {
        append(RowPermutation<Scalar>(x, order: order, channels: channels, shape: shape))
    }

    /// Blocks of `patch` points an axis become the channels of one point: [batch, …/patch, points × channels].
    public func patches(_ x: Value, _ patch: Int) -> Value {
        let (spatial, channels) = (x.shape.spatial, x.shape.channels)
        let sizes = spatial.map { _ in patch }
        let coarse = spatial.map { $0 / patch }
        let shape = Shape([x.shape.batch] + coarse + [channels * sizes.reduce(1, *)])
        return permute(
            x, order: RowOrder.patches(spatial: spatial, patch: sizes), channels: channels, shape: shape)
    }

    /// The inverse of ``patches(_:_:)``: the channels of one point become blocks of points.
    public func unpatched(_ x: Value, _ patch: Int) -> Value {
        let sizes = x.shape.spatial.map { _ in patch }
        let fine = x.shape.spatial.map { $0 * patch }
        let channels = x.shape.channels / sizes.reduce(1, *)
        let order = RowOrder.inverse(RowOrder.patches(spatial: fine, patch: sizes))
        return permute(x, order: order, channels: channels, shape: Shape([x.shape.batch] + fine + [channels]))
    }

    /// The channels of fields, one after the other.
    public func concatenate(_ fields: [Value]) -> Value { append(Concatenation<Scalar>(fields)) }

    /// Some channels of a field.
    public func select(_ x: Value, channels: [Int]) -> Value {
        append(ChannelSelection<Scalar>(x, channels: channels))
    }

    /// The mean of every channel over a sample: [batch, channels].
    public func spatialMean(_ x: Value) -> Value { append(SpatialMean<Scalar>(x)) }

    /// The coordinates of the cell centres of a grid: [1, …, axes].
    public func coordinates(spatial: [Int]) -> Value { append(CoordinateGrid<Scalar>(spatial: spatial)) }

    /// The field on a grid of other extents, by Fourier series.
    public func resample(_ x: Value, to spatial: [Int]) -> Value {
        spatial.enumerated().reduce(x) { field, item in
            let axis = item.offset + 1
            if field.shape[axis] == item.element { return field }
            return append(SpectralResampling<Scalar>(field, axis: axis, length: item.element))
        }
    }

    /// The largest values of blocks of two points an axis.
    public func maximumPooling(_ x: Value) -> Value { append(MaximumPooling<Scalar>(x)) }

    /// σ(x).
    public func activate(_ x: Value, _ activation: Activation) -> Value {
        append(Activated<Scalar>(x, activation))
    }
}
