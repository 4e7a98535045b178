import Numerics

/// The row kernels of the entropic-pressure equation
///
///     Σ/ρ − α ∇·((1/ρ)∇Σ) = S
///
/// on the seven-point stencil with face values 1/ρ_f = ½(1/ρ_i + 1/ρ_nb) (Wilfong et al. 2025,
/// arXiv:2505.07392).
struct EntropicKernels<Scalar: Real>: Sendable {
    typealias V = Scalar.Vector
    typealias Row = UnsafePointer<Scalar>

    /// A row with its neighbours along the middle and march axes (itself where there is no such axis).
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

    /// S = 2α min(0, ∇·u)²: equal to the published source across a planar shock, and zero in expansion,
    /// rotation and shear, so that a vortex stays free of Σ and keeps its order of accuracy.
    @inline(__always) func compressiveSource(
        _ velocity: (Int) -> Rows, count: Int, into source: UnsafeMutablePointer<Scalar>
    ) {
        let x = velocity(0).centre
        let middle = rank == 3 ? velocity(1).middle : (x, x)
        let march = rank > 1 ? velocity(rank - 1).march : (x, x)
        var cell = 0
        while cell < count {
            var divergence = (V(at: x + cell + 1) - V(at: x + cell - 1)) * V(gradient[0])
            if rank == 3 {
                divergence = divergence.adding(
                    V(at: middle.1 + cell) - V(at: middle.0 + cell), times: V(gradient[1]))
            }
            if rank > 1 {
                divergence = divergence.adding(
                    V(at: march.1 + cell) - V(at: march.0 + cell), times: V(gradient[rank - 1]))
            }
            let compression = V.smaller(divergence, V(0))
            (compression * compression * V(2 * alpha)).store(at: source + cell)
            cell &+= V.count
        }
    }

    /// S = α(tr((∇u)²) + (tr ∇u)²), as published.
    @inline(__always) func fullSource(
        _ velocity: (Int) -> Rows, count: Int, into source: UnsafeMutablePointer<Scalar>
    ) {
        let rows = (0..<rank).map(velocity)
        for cell in stride(from: 0, to: count, by: V.count) {
            // ∂_d u_c
            func derivative(_ component: Int, _ direction: Int) -> V {
                let row = rows[component]
                let pair: (Row, Row)
                if direction == 0 {
                    pair = (row.centre - 1, row.centre + 1)
                } else if direction == rank - 1 {
                    pair = row.march
                } else {
                    pair = row.middle
                }
                return (V(at: pair.1 + cell) - V(at: pair.0 + cell)) * V(gradient[direction])
            }
            var trace = V(0)
            var squares = V(0)
            for component in 0..<rank {
                trace = trace + derivative(component, component)
                for direction in 0..<rank {
                    squares = squares.adding(
                        derivative(component, direction), times: derivative(direction, component))
                }
            }
            (squares.adding(trace, times: trace) * V(alpha)).store(at: source + cell)
        }
    }

    /// 1 / (1/ρ + Σ_faces α/(ρ_f Δ²)).
    @inline(__always) func inverseDiagonal(
        _ density: Rows, count: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        var cell = 0
        while cell < count {
            let centre = V(at: density.centre + cell)
            let double = centre + centre
            var sum = centre.adding(
                double + V(at: density.centre + cell - 1) + V(at: density.centre + cell + 1),
                times: V(coupling.row))
            if rank == 3 {
                sum = sum.adding(
                    double + V(at: density.middle.0 + cell) + V(at: density.middle.1 + cell),
                    times: V(coupling.middle))
            }
            if rank > 1 {
                sum = sum.adding(
                    double + V(at: density.march.0 + cell) + V(at: density.march.1 + cell),
                    times: V(coupling.march))
            }
            (V(1) / sum).store(at: target + cell)
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
                ((centre + V(at: r0 + cell)) * V(at: s0 + cell))
                    .adding(centre + V(at: r1 + cell), times: V(at: s1 + cell))
            }
            var sum = V(at: source + cell).adding(pair(s - 1, s + 1, r - 1, r + 1), times: rowCoupling)
            if rank == 3 { sum = sum.adding(pair(sm0, sm1, rm0, rm1), times: middleCoupling) }
            if rank > 1 { sum = sum.adding(pair(sa0, sa1, ra0, ra1), times: marchCoupling) }
            var result = sum * V(at: inverseDiagonal + cell)
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
