extension SIMD3 where Scalar == Double {
    /// Σ aᵢ bᵢ.
    @inlinable
    public func dot(_ other: Self) -> Double { (self * other).sum() }

    /// The vector product.
    @inlinable
    public func cross(_ other: Self) -> Self {
        Self(
            y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// The Euclidean length.
    @inlinable public var length: Double { dot(self).squareRoot() }

    /// The same point with z = 0.
    @inlinable public var planar: Self { Self(x, y, 0) }
}

/// |aᵢ|.
@inlinable
func pointwiseAbs(_ point: Point) -> Point { pointwiseMax(point, -point) }
