import Numerics

/// The entropic-pressure equation in a cell beside a wall of a single cell: nothing is coupled through that
/// wall, the normal gradient of Σ vanishes at it, and the velocity continues linearly up to it.
struct EntropicWalls<Scalar: Real> {
    typealias Rows = EntropicKernels<Scalar>.Rows

    let kernels: EntropicKernels<Scalar>
    let sides: UInt8
    /// The cell's place in its row.
    let place: Int

    /// A value some cells (or none) away from the cell: as many as the rows are.
    @inline(__always) private func value(_ rows: Rows, _ direction: Int, _ step: Int) -> Scalar {
        if direction == 0 || step == 0 { return rows.centre[place + step] }
        if direction == kernels.rank - 1 { return (step < 0 ? rows.march.0 : rows.march.1)[place] }
        return (step < 0 ? rows.middle.0 : rows.middle.1)[place]
    }

    @inline(__always) private func isWall(_ direction: Int, _ step: Int) -> Bool {
        sides >> UInt8(2 * direction + (step > 0 ? 1 : 0)) & 1 == 1
    }

    @inline(__always) private func coupling(_ direction: Int) -> Scalar {
        direction == 0
            ? kernels.coupling.row
            : direction == kernels.rank - 1 ? kernels.coupling.march : kernels.coupling.middle
    }

    /// ∂ of a velocity component along a direction; one-sided where there is a wall.
    private func derivative(_ velocity: Rows, _ direction: Int) -> Scalar {
        let here = value(velocity, direction, 0)
        let scale = kernels.gradient[direction]
        switch (isWall(direction, -1), isWall(direction, 1)) {
        case (false, false): return (value(velocity, direction, 1) - value(velocity, direction, -1)) * scale
        case (true, false): return (value(velocity, direction, 1) - here) * 2 * scale
        case (false, true): return (here - value(velocity, direction, -1)) * 2 * scale
        case (true, true): return 0
        }
    }

    /// The third difference along a direction as the gated source has it; with u₋₁ = 2u₀ − u₁ and u₋₂ = 3u₀ − 2u₁ where there
    /// is a wall.
    private func thirdDifference(_ near: Rows, _ far: Rows, _ direction: Int) -> Scalar {
        let here = value(near, direction, 0)
        // (u₂ − u₀) − 2(u₁ − u₀) of a side.
        let side = { (sign: Int) in
            (value(far, direction, 2 * sign) - here) - 2 * (value(near, direction, sign) - here)
        }
        switch (isWall(direction, -1), isWall(direction, 1)) {
        case (false, false): return (side(1) - side(-1)) * kernels.gradient[direction]
        case (true, false): return side(1) * kernels.gradient[direction]
        case (false, true): return -side(-1) * kernels.gradient[direction]
        case (true, true): return 0
        }
    }

    /// S of the cell.
    ///
    /// - Parameter velocity: The rows of a velocity component, with those some cells away.
    func source(_ velocity: (_ component: Int, _ away: Int) -> Rows) -> Scalar {
        let trace = (0..<kernels.rank).reduce(0) { $0 + derivative(velocity($1, 1), $1) }
        switch kernels.kind {
        case .compressive:
            let compression = min(trace, 0)
            return 2 * kernels.alpha * compression * compression
        case .gated:
            let third = (0..<kernels.rank).reduce(0) {
                $0 + thirdDifference(velocity($1, 1), velocity($1, 2), $1)
            }
            return kernels.gated(OneLane(trace), OneLane(third)).value
        case .full:
            var squares: Scalar = 0
            for component in 0..<kernels.rank {
                for direction in 0..<kernels.rank {
                    squares +=
                        derivative(velocity(component, 1), direction)
                        * derivative(velocity(direction, 1), component)
                }
            }
            return kernels.alpha * (squares + trace * trace)
        }
    }

    /// 1 / (1/ρ + Σ_faces α/(ρ_f Δ²)) over the faces that are no wall.
    func inverseDiagonal(_ inverseDensity: Rows) -> Scalar {
        let here = value(inverseDensity, 0, 0)
        var sum: Scalar = 0
        for direction in 0..<kernels.rank {
            var pair: Scalar = 0
            for step in [-1, 1] where !isWall(direction, step) {
                pair += here + value(inverseDensity, direction, step)
            }
            sum += pair * coupling(direction)
        }
        return 1 / (here + sum)
    }

    /// The relaxed Σ.
    func relaxed(_ sigma: Rows, _ inverseDensity: Rows, source: Scalar, inverseDiagonal: Scalar) -> Scalar {
        let here = value(inverseDensity, 0, 0)
        var sum: Scalar = 0
        for direction in 0..<kernels.rank {
            var pair: Scalar = 0
            for step in [-1, 1] where !isWall(direction, step) {
                pair += (here + value(inverseDensity, direction, step)) * value(sigma, direction, step)
            }
            sum += pair * coupling(direction)
        }
        let result = (source + sum) * inverseDiagonal
        return abs(result) < Scalar.negligible ? 0 : result
    }
}
