import Numerics

/// The entropic-pressure equation in a cell beside a wall of a single cell: nothing is coupled through that
/// wall, the normal gradient of Σ vanishes at it, and the velocity continues linearly up to it.
struct EntropicWalls<Scalar: Real> {
    typealias Rows = EntropicKernels<Scalar>.Rows

    let kernels: EntropicKernels<Scalar>
    let sides: UInt8
    /// The cell's place in its row.
    let place: Int

    /// A value one cell (or none) away from the cell.
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

    /// S of the cell from the rows of each velocity component.
    func source(_ velocity: (Int) -> Rows) -> Scalar {
        var trace: Scalar = 0
        var squares: Scalar = 0
        for component in 0..<kernels.rank {
            trace += derivative(velocity(component), component)
            guard kernels.kind == .full else { continue }
            for direction in 0..<kernels.rank {
                squares +=
                    derivative(velocity(component), direction) * derivative(velocity(direction), component)
            }
        }
        guard kernels.kind == .full else {
            let compression = min(trace, 0)
            return 2 * kernels.alpha * compression * compression
        }
        return kernels.alpha * (squares + trace * trace)
    }

    /// 1 / (1/ρ + Σ_faces α/(ρ_f Δ²)) over the faces that are no wall.
    func inverseDiagonal(_ inverseDensity: Rows) -> Scalar {
        let here = value(inverseDensity, 0, 0)
        var sum = here
        for direction in 0..<kernels.rank {
            for step in [-1, 1] where !isWall(direction, step) {
                sum += (here + value(inverseDensity, direction, step)) * coupling(direction)
            }
        }
        return 1 / sum
    }

    /// The relaxed Σ.
    func relaxed(_ sigma: Rows, _ inverseDensity: Rows, source: Scalar, inverseDiagonal: Scalar) -> Scalar {
        let here = value(inverseDensity, 0, 0)
        var sum = source
        for direction in 0..<kernels.rank {
            for step in [-1, 1] where !isWall(direction, step) {
                sum +=
                    (here + value(inverseDensity, direction, step)) * value(sigma, direction, step)
                    * coupling(direction)
            }
        }
        let result = sum * inverseDiagonal
        return abs(result) < Scalar.negligible ? 0 : result
    }
}
