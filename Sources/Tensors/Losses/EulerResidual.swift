import Fluids
import Numerics

/// How a normalised prediction becomes a flow, for ``Graph/eulerResidual(_:_:weights:)``.
public struct FlowScales: Sendable, Equatable {
    /// The places of density, the components of velocity (x first) and pressure among the channels.
    public var channels: [Int]
    /// The mean of each of them, in physical units.
    public var mean: [Double]
    /// The deviation of each of them, in physical units.
    public var deviation: [Double]
    /// The distance of neighbouring points, x first.
    public var spacing: [Double]
    /// The fluid.
    public var fluid: FluidModel

    /// Scales.
    public init(
        channels: [Int], mean: [Double], deviation: [Double], spacing: [Double], fluid: FluidModel
    ) {
        self.channels = channels
        self.mean = mean
        self.deviation = deviation
        self.spacing = spacing
        self.fluid = fluid
    }
}

/// The mean square of the residual of the steady Euler equations in central finite-volume form.
///
/// Of every point whose two neighbours on every axis are in the fluid, R = Σₐ (Fₐ(uᵢ₊₁) − Fₐ(uᵢ₋₁))/(2hₐ) with the fluxes of
/// mass ρvₐ, momentum ρv vₐ + p eₐ and energy (h + p + ½ρv²)vₐ, h the internal energy per volume. The residuals are made numbers without units by
/// ρ̄c̄/L, ρ̄c̄²/L and ρ̄c̄³/L, where ρ̄ and p̄ are the mean density and pressure, c̄ the speed of sound that belongs to them and L
/// the longest edge of the grid. The result is the mean over points and equations; sums run in double precision.
struct EulerResidual<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape = Shape(1)
    private let scales: FlowScales
    /// Extents, x first.
    private let extents: [Int]
    private let strides: [Int]
    /// h + p at p = 0, and its derivative by p: it is linear in p.
    private let enthalpy: (rest: Double, slope: Double)

    init(_ prediction: Value, _ scales: FlowScales, weights: Value?) {
        inputs = [prediction] + [weights].compactMap { $0 }
        self.scales = scales
        extents = prediction.shape.spatial.reversed()
        var strides = [1]
        for extent in extents.dropLast() { strides.append(strides[strides.count - 1] * extent) }
        self.strides = strides
        let law = scales.fluid.law
        enthalpy = (law.heat(pressure: 0), law.heatPerPressure + 1)
        factors = Self.factors(scales, extents)
    }

    private var dimension: Int { extents.count }
    private var equations: Int { dimension + 2 }
    private var channels: Int { inputs[0].shape.channels }
    private var rows: Int { inputs[0].shape.rows }

    var inputsReadBackward: [Int] { inputs.count > 1 ? [0, 1] : [0] }
    /// The number of points that count.
    var savedCount: Int { 1 }

    /// 1 over the scale of every equation.
    private let factors: [Double]

    private static func factors(_ scales: FlowScales, _ extents: [Int]) -> [Double] {
        let dimension = extents.count
        let density = max(abs(scales.mean[0]), 1e-12)
        let pressure = scales.mean[dimension + 1]
        let sound = max(scales.fluid.law.soundSpeed(pressure: pressure, density: density), 1e-6)
        let length = zip(extents, scales.spacing).map { Double($0) * $1 }.max() ?? 1
        let mass = length / (density * sound)
        return [mass] + Array(repeating: mass / sound, count: dimension) + [mass / (sound * sound)]
    }

    /// Density, velocity and pressure of a point.
    @inline(__always) private func state(
        _ field: UnsafeMutablePointer<Scalar>, _ row: Int, _ into: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<equations {
            into[i] = field[row * channels + scales.channels[i]].double * scales.deviation[i] + scales.mean[i]
        }
    }

    /// The fluxes along an axis.
    @inline(__always) private func flux(
        _ state: UnsafeMutablePointer<Double>, _ axis: Int, _ into: UnsafeMutablePointer<Double>
    ) {
        let (density, pressure, normal) = (state[0], state[equations - 1], state[1 + axis])
        var square = 0.0
        into[0] = density * normal
        for i in 0..<dimension {
            square += state[1 + i] * state[1 + i]
            into[1 + i] = density * state[1 + i] * normal
        }
        into[1 + axis] += pressure
        into[equations - 1] = (enthalpy.rest + enthalpy.slope * pressure + 0.5 * density * square) * normal
    }

    /// Adds Σ gᵢ ∂Fᵢ/∂(state).
    @inline(__always) private func pullBack(
        _ g: UnsafeMutablePointer<Double>, _ state: UnsafeMutablePointer<Double>, _ axis: Int,
        _ into: UnsafeMutablePointer<Double>
    ) {
        let (density, pressure, normal) = (state[0], state[equations - 1], state[1 + axis])
        let last = equations - 1
        var (square, along) = (0.0, 0.0)
        for i in 0..<dimension {
            square += state[1 + i] * state[1 + i]
            along += g[1 + i] * state[1 + i]
        }
        into[0] += g[0] * normal + along * normal + g[last] * 0.5 * square * normal
        for i in 0..<dimension {
            into[1 + i] += g[1 + i] * density * normal + g[last] * density * state[1 + i] * normal
        }
        into[1 + axis] +=
            g[0] * density + along * density + g[last]
            * (enthalpy.rest + enthalpy.slope * pressure + 0.5 * density * square)
        into[last] += g[1 + axis] + g[last] * enthalpy.slope * normal
    }

    /// Whether a point and its neighbours are in the fluid.
    @inline(__always) private func counts(_ row: Int, _ frame: Frame<Scalar>) -> Bool {
        for axis in 0..<dimension {
            let index = row / strides[axis] % extents[axis]
            if index == 0 || index == extents[axis] - 1 { return false }
            guard inputs.count > 1 else { continue }
            let weights = frame.inputs[1]
            if !(weights[row] > 0 && weights[row - strides[axis]] > 0 && weights[row + strides[axis]] > 0) {
                return false
            }
        }
        return true
    }

    /// The scaled residual of a point.
    @inline(__always) private func residual(
        _ row: Int, _ field: UnsafeMutablePointer<Scalar>, _ memory: Memory
    ) {
        for i in 0..<equations { memory.residual[i] = 0 }
        for axis in 0..<dimension {
            for side in stride(from: 1, through: -1, by: -2) {
                state(field, row + side * strides[axis], memory.state)
                flux(memory.state, axis, memory.flux)
                let scale = Double(side) / (2 * scales.spacing[axis])
                for i in 0..<equations { memory.residual[i] += scale * factors[i] * memory.flux[i] }
            }
        }
    }

    /// Scratch memory on the stack.
    private struct Memory {
        let state: UnsafeMutablePointer<Double>
        let flux: UnsafeMutablePointer<Double>
        let residual: UnsafeMutablePointer<Double>
        let gradient: UnsafeMutablePointer<Double>
    }

    @inline(__always) private func withMemory(_ body: (Memory) -> Void) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * equations) { buffer in
            guard let base = buffer.baseAddress else { return }
            base.initialize(repeating: 0, count: 4 * equations)
            body(
                Memory(
                    state: base, flux: base + equations, residual: base + 2 * equations,
                    gradient: base + 3 * equations))
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        var (sum, count) = (0.0, 0.0)
        withMemory { memory in
            for row in 0..<rows where counts(row, frame) {
                residual(row, frame.inputs[0], memory)
                for i in 0..<equations { sum += memory.residual[i] * memory.residual[i] }
                count += Double(equations)
            }
        }
        frame.output.pointee = Scalar(double: sum / max(count, 1))
        if frame.isDifferentiating { frame.saved.pointee = Scalar(double: count) }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        if !gradient.accumulates { gradient.base.update(repeating: 0, count: inputs[0].shape.count) }
        let seed = 2 * frame.outputGradient.pointee.double / max(frame.saved.pointee.double, 1)
        withMemory { memory in
            for row in 0..<rows where counts(row, frame) {
                residual(row, frame.inputs[0], memory)
                for axis in 0..<dimension {
                    for side in stride(from: 1, through: -1, by: -2) {
                        spread(row, axis, side, seed, memory, frame.inputs[0], gradient.base)
                    }
                }
            }
        }
    }

    /// Adds the gradient that the residual of a point hands to its neighbour on one side.
    @inline(__always) private func spread(
        _ row: Int, _ axis: Int, _ side: Int, _ seed: Double, _ memory: Memory,
        _ field: UnsafeMutablePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>
    ) {
        let other = row + side * strides[axis]
        let scale = seed * Double(side) / (2 * scales.spacing[axis])
        for i in 0..<equations {
            memory.flux[i] = scale * factors[i] * memory.residual[i]
            memory.gradient[i] = 0
        }
        state(field, other, memory.state)
        pullBack(memory.flux, memory.state, axis, memory.gradient)
        for i in 0..<equations {
            target[other * channels + scales.channels[i]] += Scalar(
                double: memory.gradient[i] * scales.deviation[i])
        }
    }
}

extension Graph {
    /// The mean square of the residual of the steady Euler equations of a predicted flow (see ``EulerResidual``).
    ///
    /// - Parameters:
    ///   - prediction: [batch, (z,) (y,) x, channels], normalised.
    ///   - weights: [batch, …, 1]; residuals are taken where all points of the stencil have one above 0.
    public func eulerResidual(_ prediction: Value, _ scales: FlowScales, weights: Value? = nil) -> Value {
        append(EulerResidual<Scalar>(prediction, scales, weights: weights))
    }
}
