import Numerics

/// The largest Σ_d (|u_d| + √(γ(p+Σ)/ρ))/Δ_d + 2ν_eff Σ_d 1/Δ_d² over rows of cells: the inverse of the
/// explicit time-step limit.
struct SignalSpeed<Codec: StorageCodec>: @unchecked Sendable {
    typealias Scalar = Codec.Scalar
    typealias V = Scalar.Vector

    private let shape: GridShape
    private let gas: GasModel<Scalar>
    private let kernel: PrimitiveKernel<Scalar>
    private let inverseSpacing: [Scalar]
    private let law: ViscosityLaw
    private let diffusion: Double
    private let memory: AlignedMemory

    init(shape: GridShape, gas: GasModel<Scalar>, description: Gas, spacing: [Double]) {
        self.shape = shape
        self.gas = gas
        kernel = PrimitiveKernel(
            variables: gas.variables, gamma: gas.gamma, gasConstant: gas.gasConstant, reference: gas.reference
        )
        inverseSpacing = spacing.map { Scalar(double: 1 / $0) }
        law = description.viscosity
        diffusion =
            2 * max(4.0 / 3, description.gamma / description.prandtl)
            * spacing.reduce(0) { $0 + 1 / ($1 * $1) }
        memory = AlignedMemory(bytes: gas.variables.count * shape.rowStride * MemoryLayout<Scalar>.stride)
    }

    /// The largest value in a range of rows, and whether every cell is sound.
    func largest(
        rows: Range<Int>, state: FieldStore<Codec>, sigma: FieldStore<Codec>?
    ) -> (value: Double, isSound: Bool) {
        let start = memory.values(of: Scalar.self)
        var largest = V(0)
        var tail: Scalar = 0
        var sound = true
        for row in rows {
            decode(row, state, sigma, into: start)
            sound = kernel.convert(start, stride: shape.rowStride, count: shape.rowCells) && sound
            var cell = 0
            while cell + V.count <= shape.rowCells {
                largest = V.larger(largest, signal(start + cell))
                cell += V.count
            }
            if cell < shape.rowCells {
                // The last vector, once more from where it fits; short rows have their own lanes only.
                withUnsafeTemporaryAllocation(of: Scalar.self, capacity: V.count) { lanes in
                    guard let base = lanes.baseAddress else { return }
                    signal(start + cell).store(at: base)
                    for lane in 0..<shape.rowCells - cell { tail = max(tail, base[lane]) }
                }
            }
        }
        return (max(largest.largest, tail).double, sound)
    }

    private func decode(
        _ row: Int, _ state: FieldStore<Codec>, _ sigma: FieldStore<Codec>?,
        into start: UnsafeMutablePointer<Scalar>
    ) {
        let names = gas.variables
        for variable in 0..<names.conservedCount {
            Codec.decode(
                state.row(variable, row), cells: shape.rowCells,
                reference: gas.reference.conserved(variable, directions: names.directions),
                into: start + variable * shape.rowStride)
        }
        let entropic = start + names.entropicPressure * shape.rowStride
        if let sigma {
            Codec.decode(sigma.row(0, row), cells: shape.rowCells, reference: 0, into: entropic)
        } else {
            entropic.update(repeating: 0, count: shape.rowCells)
        }
    }

    @inline(__always) private func signal(_ cell: UnsafePointer<Scalar>) -> V {
        let names = gas.variables
        let sound = V(at: cell + names.soundSpeed * shape.rowStride)
        var sum = V(0)
        for direction in 0..<names.directions {
            let velocity =
                V(at: cell + names.velocity(direction) * shape.rowStride)
                + V(gas.reference.velocity[direction])
            sum = sum.adding(velocity.magnitudes + sound, times: V(inverseSpacing[direction]))
        }
        if law.isViscous {
            let temperature = V(at: cell + names.temperature * shape.rowStride)
            let density = V(at: cell) + V(gas.reference.density)
            sum = sum.adding(viscosity(temperature) / density, times: V(Scalar(double: diffusion)))
        }
        return sum
    }

    private func viscosity(_ temperature: V) -> V {
        if case .constant(let value) = law { return V(Scalar(double: value)) }
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: V.count) { lanes in
            guard let base = lanes.baseAddress else { return V(0) }
            temperature.store(at: base)
            for lane in 0..<V.count { base[lane] = Scalar(double: law.viscosity(at: base[lane].double)) }
            return V(at: base)
        }
    }
}
