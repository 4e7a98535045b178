import Numerics

/// The row kernels of the entropic-pressure equation
///
///     Σ/ρ − α ∇·((1/ρ)∇Σ) = S
///
/// on the seven-point stencil with face values 1/ρ_f = ½(1/ρ_i + 1/ρ_nb) (Wilfong et al. 2025,
/// arXiv:2505.07392).
///
/// Both neighbours of a direction are added first, then the directions (row, middle, march), with plain products: a mirrored
/// flow has the mirrored Σ to the bit, and so has a flow in the plane whose axes change places. Three directions have an
/// order. Red and black cells are not their own mirror images.
struct EntropicKernels<Scalar: Real>: Sendable {
    typealias V = Scalar.Vector
    typealias Row = UnsafePointer<Scalar>

    /// A row with its neighbours, or those some cells away, along the middle and march axes (itself where there is no such axis).
    struct Rows {
        let centre: Row
        let middle: (Row, Row)
        let march: (Row, Row)
    }

    let rank: Int
    let alpha: Scalar
    let kind: SourceKind
    /// α/(2Δ²) along row, middle and march axes; 0 where there is no such axis.
    let coupling: (row: Scalar, middle: Scalar, march: Scalar)
    /// 1/(2Δ) per direction.
    let gradient: Components<Scalar>

    init(rank: Int, alpha: Double, kind: SourceKind, spacing: [Double]) {
        self.rank = rank
        self.alpha = Scalar(double: alpha)
        self.kind = kind
        let terms = spacing.map { Scalar(double: alpha / (2 * $0 * $0)) }
        coupling = (terms[0], rank == 3 ? terms[1] : 0, rank > 1 ? terms[rank - 1] : 0)
        var gradient = Components<Scalar>()
        for (direction, delta) in spacing.enumerated() {
            gradient[direction] = Scalar(double: 1 / (2 * delta))
        }
        self.gradient = gradient
    }

    /// 1 / (1/ρ + Σ_faces α/(ρ_f Δ²)).
    @inline(__always) func inverseDiagonal(
        _ density: Rows, count: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        var cell = 0
        while cell < count {
            let centre = V(at: density.centre + cell)
            let double = centre + centre
            @inline(__always) func pair(_ lower: Row, _ upper: Row) -> V {
                double + (V(at: lower + cell) + V(at: upper + cell))
            }
            var sum = pair(density.centre - 1, density.centre + 1) * V(coupling.row)
            if rank == 3 { sum = sum + pair(density.middle.0, density.middle.1) * V(coupling.middle) }
            if rank > 1 { sum = sum + pair(density.march.0, density.march.1) * V(coupling.march) }
            (V(1) / (centre + sum)).store(at: target + cell)
            cell &+= V.count
        }
    }

    /// One relaxation of a row; with `checker`, only of the cells where it is 1.
    @inline(__always) func relax(
        _ sigma: Rows, _ density: Rows, source: Row, inverseDiagonal: Row, checker: Row?, count: Int,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        let loop = RelaxationLoop(
            kernels: self, sigma: sigma, density: density, source: source, inverseDiagonal: inverseDiagonal,
            count: count, target: target)
        // Literal ranks: a row is a few vectors long, so that questions inside of the loop cost as much as its arithmetic.
        switch (rank, checker) {
        case (2, nil): loop.run(2, checker: nil)
        case (3, nil): loop.run(3, checker: nil)
        default: loop.run(rank, checker: checker)
        }
    }
}

/// The relaxation of a row, its pointers in hand.
private struct RelaxationLoop<Scalar: Real> {
    typealias V = Scalar.Vector
    typealias Row = UnsafePointer<Scalar>
    typealias Rows = EntropicKernels<Scalar>.Rows

    let kernels: EntropicKernels<Scalar>
    let sigma: Rows
    let density: Rows
    let source: Row
    let inverseDiagonal: Row
    let count: Int
    let target: UnsafeMutablePointer<Scalar>

    @inline(__always) func run(_ rank: Int, checker: Row?) {
        let (rowCoupling, middleCoupling, marchCoupling) = (
            V(kernels.coupling.row), V(kernels.coupling.middle), V(kernels.coupling.march)
        )
        let (s, r) = (sigma.centre, density.centre)
        let (sm0, sm1, rm0, rm1) = (sigma.middle.0, sigma.middle.1, density.middle.0, density.middle.1)
        let (sa0, sa1, ra0, ra1) = (sigma.march.0, sigma.march.1, density.march.0, density.march.1)
        var cell = 0
        while cell < count {
            let centre = V(at: r + cell)
            @inline(__always) func pair(_ s0: Row, _ s1: Row, _ r0: Row, _ r1: Row) -> V {
                (centre + V(at: r0 + cell)) * V(at: s0 + cell)
                    + (centre + V(at: r1 + cell)) * V(at: s1 + cell)
            }
            var sum = pair(s - 1, s + 1, r - 1, r + 1) * rowCoupling
            if rank == 3 { sum = sum + pair(sm0, sm1, rm0, rm1) * middleCoupling }
            if rank > 1 { sum = sum + pair(sa0, sa1, ra0, ra1) * marchCoupling }
            var result = (V(at: source + cell) + sum) * V(at: inverseDiagonal + cell)
            // Σ decays exponentially away from shocks; stop before subnormal numbers, which are slow.
            result = V.choose(V.less(result.magnitudes, V(Scalar.negligible)), V(0), result)
            if let checker {
                result = V.choose(V.less(V(1 / 2), V(at: checker + cell)), result, V(at: s + cell))
            }
            result.store(at: target + cell)
            cell &+= V.count
        }
    }
}
