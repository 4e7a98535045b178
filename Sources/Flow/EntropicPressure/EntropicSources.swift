import Numerics

/// What feeds Σ, a row at a time.
extension EntropicKernels {
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
                divergence =
                    divergence + (V(at: middle.1 + cell) - V(at: middle.0 + cell)) * V(gradient[1])
            }
            if rank > 1 {
                divergence =
                    divergence + (V(at: march.1 + cell) - V(at: march.0 + cell)) * V(gradient[rank - 1])
            }
            let compression = V.smaller(divergence, V(0))
            (compression * compression * V(2 * alpha)).store(at: source + cell)
            cell &+= V.count
        }
    }

    /// The compressive source where the grid does not resolve the compression:
    ///
    ///     S = 2α min(0, d₁)² d₃²/(d₃² + k²d₁²),     d₁ = Σ_d (u_d[+1] − u_d[−1])/2Δ_d,
    ///     d₃ = Σ_d ((u_d[+2] − u_d[−2]) − 2(u_d[+1] − u_d[−1]))/2Δ_d,
    ///
    /// with cells counted from the one that it is for. In smooth flow d₃ is O(h²) and S, together with α, O(h⁶); in a captured
    /// shock the factor is near 1. Rational, so a state's small change changes S little.
    ///
    /// - Parameter far: The rows two cells away; `near` has those one away.
    @inline(__always) func gatedSource(
        _ near: (Int) -> Rows, _ far: (Int) -> Rows, count: Int, into source: UnsafeMutablePointer<Scalar>
    ) {
        let row = near(0).centre
        let (middle, farMiddle) = rank == 3 ? (near(1).middle, far(1).middle) : ((row, row), (row, row))
        let (march, farMarch) =
            rank > 1 ? (near(rank - 1).march, far(rank - 1).march) : ((row, row), (row, row))
        var cell = 0
        while cell < count {
            // d₁ and d₃ of one direction.
            @inline(__always) func terms(_ near: (Row, Row), _ far: (Row, Row), _ scale: Scalar) -> (V, V) {
                let first = V(at: near.1 + cell) - V(at: near.0 + cell)
                let wide = V(at: far.1 + cell) - V(at: far.0 + cell)
                return (first * V(scale), (wide - (first + first)) * V(scale))
            }
            var sum = terms((row - 1, row + 1), (row - 2, row + 2), gradient[0])
            if rank == 3 {
                let term = terms(middle, farMiddle, gradient[1])
                sum = (sum.0 + term.0, sum.1 + term.1)
            }
            if rank > 1 {
                let term = terms(march, farMarch, gradient[rank - 1])
                sum = (sum.0 + term.0, sum.1 + term.1)
            }
            gated(sum.0, sum.1).store(at: source + cell)
            cell &+= V.count
        }
    }

    /// 2α min(0, d₁)² d₃²/(d₃² + k²d₁²).
    @inline(__always) func gated<W: Lanes>(_ divergence: W, _ third: W) -> W where W.Element == Scalar {
        let compression = W.smaller(divergence, W(0))
        let unresolved = third * third
        let resolved = compression * compression
        let whole = (unresolved + resolved * W(Self.gate * Self.gate)) + W(Scalar.negligible)
        return resolved * W(2 * alpha) * (unresolved / whole)
    }

    /// k: from which share of the first difference on the third makes it count.
    private static var gate: Scalar { 1 / 4 }

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
            var products = V(0)
            for component in 0..<rank {
                let own = derivative(component, component)
                trace = trace + own
                squares = squares + own * own
                for direction in 0..<component {
                    products =
                        products + derivative(component, direction) * derivative(direction, component)
                }
            }
            ((squares + (products + products)).adding(trace, times: trace) * V(alpha)).store(
                at: source + cell)
        }
    }
}
