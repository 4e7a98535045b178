import Fluids
import Numerics

/// How fast a state signals: the largest sum over directions, and the largest (|u_d| + c)/Δ_d in each.
package struct Signal: Sendable {
    package var value = 0.0
    package var directional = SIMD3<Double>(repeating: 0)

    /// The larger of both.
    func union(_ other: Signal) -> Signal {
        Signal(
            value: max(value, other.value), directional: pointwiseMax(directional, other.directional))
    }

    package init(value: Double = 0, directional: SIMD3<Double> = SIMD3(repeating: 0)) {
        self.value = value
        self.directional = directional
    }

    /// What positivity allots to a face of each direction, as κ_d/Δt with q* = q ∓ κ_d f: a cell's update is
    /// the mean of such states over its faces with weights in proportion to the signals of the directions
    /// (each at least a twentieth), so that κ_d λ_d/Δ_d ≤ 2ΣΔt for every direction alike.
    package func reach(_ spacing: [Double], timeStep: Double) -> [Double] {
        let peak = directional.max()
        guard peak > 0 else { return spacing.map { 2 * Double(spacing.count) * timeStep / $0 } }
        let shares = spacing.indices.map { max(directional[$0], peak / 20) }
        let sum = shares.reduce(0, +)
        // Beyond a CFL number of ½ not even the first-order flux is sure to be positive; asking for more
        // there would turn the whole flow first order.
        let admissible = min(timeStep, 0.45 / sum)
        return zip(spacing, shares).map { 2 * admissible * sum / ($0 * $1) }
    }
}

/// The largest Σ_d (|u_d| + c(p + Σ, ρ))/Δ_d + 2ν_eff Σ_d 1/Δ_d² over rows of cells: the inverse of the
/// explicit time-step limit.
struct SignalSpeed<Codec: StorageCodec, F: Fluid>: @unchecked Sendable where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias V = Scalar.Vector

    private let shape: GridShape
    private let medium: Medium<F>
    private let kernel: PrimitiveKernel<F>
    private let inverseSpacing: [Scalar]
    private let law: ViscosityLaw
    private let diffusion: Double
    private let memory: AlignedMemory

    init(shape: GridShape, medium: Medium<F>, gas: Gas, spacing: [Double]) {
        self.shape = shape
        self.medium = medium
        kernel = PrimitiveKernel(medium)
        inverseSpacing = spacing.map { Scalar(double: 1 / $0) }
        law = gas.viscosity
        // Momentum diffuses with 4/3 μ/ρ at most, heat with k/(ρ cv).
        diffusion =
            2 * max(4.0 / 3, gas.heatDiffusionRatio)
            * spacing.reduce(0) { $0 + 1 / ($1 * $1) }
        memory = AlignedMemory(bytes: medium.variables.count * shape.rowStride * MemoryLayout<Scalar>.stride)
    }

    /// The largest values in all rows of a block, and whether every cell is sound.
    func largest(
        _ state: FieldStore<Codec>, sigma: FieldStore<Codec>?
    ) -> (signal: Signal, isSound: Bool) {
        let start = memory.values(of: Scalar.self)
        var peaks = Peaks()
        var tail = Peaks()
        var sound = true
        for row in 0..<state.rows {
            decode(row, state, sigma, into: start)
            sound = kernel.convert(start, stride: shape.rowStride, count: shape.rowCells) && sound
            var cell = 0
            while cell + V.count <= shape.rowCells {
                peaks.include(speeds(start + cell))
                cell &+= V.count
            }
            if cell < shape.rowCells {
                // Of the last, partial vector the lanes of the row only.
                let valid = shape.rowCells - cell
                tail.include(speeds(start + cell).map { self.first(valid, of: $0) })
            }
        }
        peaks.include(tail)
        return (peaks.signal, sound)
    }

    /// The first lanes of a vector, zero elsewhere.
    private func first(_ count: Int, of values: V) -> V {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: V.count) { lanes in
            guard let base = lanes.baseAddress else { return values }
            values.store(at: base)
            for lane in count..<V.count { base[lane] = 0 }
            return V(at: base)
        }
    }

    /// Largest values, lane by lane: of the sum and of (|u_d| + c)/Δ_d in each direction.
    private struct Peaks {
        var sum = V(0)
        var x = V(0)
        var y = V(0)
        var z = V(0)

        @inline(__always) mutating func include(_ other: Peaks) {
            sum = V.larger(sum, other.sum)
            x = V.larger(x, other.x)
            y = V.larger(y, other.y)
            z = V.larger(z, other.z)
        }

        func map(_ change: (V) -> V) -> Peaks {
            Peaks(sum: change(sum), x: change(x), y: change(y), z: change(z))
        }

        var signal: Signal {
            Signal(
                value: sum.largest.double,
                directional: SIMD3(x.largest.double, y.largest.double, z.largest.double))
        }
    }

    private func decode(
        _ row: Int, _ state: FieldStore<Codec>, _ sigma: FieldStore<Codec>?,
        into start: UnsafeMutablePointer<Scalar>
    ) {
        let names = medium.variables
        for variable in 0..<names.conservedCount {
            Codec.decode(
                state.row(variable, row), cells: shape.rowCells,
                reference: medium.reference(variable),
                into: start + variable * shape.rowStride)
        }
        let entropic = start + names.entropicPressure * shape.rowStride
        if let sigma {
            Codec.decode(sigma.row(0, row), cells: shape.rowCells, reference: 0, into: entropic)
        } else {
            entropic.update(repeating: 0, count: shape.rowCells)
        }
    }

    @inline(__always) private func speeds(_ cell: UnsafePointer<Scalar>) -> Peaks {
        let names = medium.variables
        let sound = V(at: cell + names.soundSpeed * shape.rowStride)
        var peaks = Peaks()
        for direction in 0..<names.directions {
            let velocity =
                V(at: cell + names.velocity(direction) * shape.rowStride)
                + V(medium.reference.velocity[direction])
            let speed = (velocity.magnitudes + sound) * V(inverseSpacing[direction])
            peaks.sum = peaks.sum + speed
            switch direction {
            case 0: peaks.x = speed
            case 1: peaks.y = speed
            default: peaks.z = speed
            }
        }
        if law.isViscous {
            let temperature = V(at: cell + names.temperature * shape.rowStride)
            let density = V(at: cell) + V(medium.reference.density)
            peaks.sum = peaks.sum.adding(
                law.viscosity(temperature) / density, times: V(Scalar(double: diffusion)))
        }
        return peaks
    }
}
