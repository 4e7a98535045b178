import Numerics

/// What passes the faces of closed bodies in a stage, and its correction.
final class SurfaceBalance<Codec: StorageCodec>: @unchecked Sendable {
    typealias Scalar = Codec.Scalar

    let surface: SurfaceFaces
    private let gas: GasModel<Scalar>
    /// The increments that each face gave to the mass and energy of its fluid cell; every worker writes those
    /// of its own rows.
    private let memory: AlignedMemory

    init(_ surface: SurfaceFaces, gas: GasModel<Scalar>) {
        self.surface = surface
        self.gas = gas
        memory = AlignedMemory(bytes: max(1, 2 * surface.faces.count) * MemoryLayout<Double>.stride)
    }

    @inline(__always) func mass() -> UnsafeMutablePointer<Double> { memory.values(of: Double.self) }
    @inline(__always) func energy() -> UnsafeMutablePointer<Double> {
        memory.values(of: Double.self) + surface.faces.count
    }

    /// Takes the net gain of every closed body's fluid back out of the cells along it.
    func settle(_ target: FieldStore<Codec>) {
        guard !surface.keepsEnergy.isEmpty else { return }
        settleMass(target)
        settleEnergy(target)
    }

    /// Cells lose (or gain) mass at their own velocity and energy per mass, which leaves them admissible.
    private func settleMass(_ target: FieldStore<Codec>) {
        let shares = excess(mass()) { _ in true }
        forEachFace { index, row, face in
            let given = -shares.of(face, mass()[index])
            guard given != 0 else { return }
            let cell = Int(face.cell)
            let density = full(0, target, row, cell)
            let growth = max(-0.5, given / density)
            energy()[index] += growth * full(gas.variables.energy, target, row, cell)
            for variable in 0..<gas.variables.conservedCount {
                add(growth * full(variable, target, row, cell), variable, target, row, cell)
            }
        }
    }

    /// What the energy then lacks is made up by heat.
    private func settleEnergy(_ target: FieldStore<Codec>) {
        let shares = excess(energy()) { surface.keepsEnergy[$0] }
        forEachFace { index, row, face in
            let given = -shares.of(face, energy()[index])
            guard given != 0 else { return }
            let cell = Int(face.cell)
            var kinetic = 0.0
            for direction in 0..<gas.variables.directions {
                let momentum = full(1 + direction, target, row, cell)
                kinetic += momentum * momentum
            }
            let heat =
                full(gas.variables.energy, target, row, cell) - kinetic / (2 * full(0, target, row, cell))
            add(max(-heat / 2, given), gas.variables.energy, target, row, cell)
        }
    }

    /// What share of the gains (where there are too many) or losses of each body is to be undone. Sums run in
    /// the order of the faces, whoever computed them.
    private func excess(_ gains: UnsafePointer<Double>, where applies: (Int) -> Bool) -> Excess {
        let count = surface.keepsEnergy.count
        var gained = [Double](repeating: 0, count: count)
        var lost = gained
        for (index, face) in surface.faces.enumerated() {
            if gains[index] > 0 { gained[Int(face.component)] += gains[index] }
            if gains[index] < 0 { lost[Int(face.component)] -= gains[index] }
        }
        return Excess(
            shares: (0..<count).map { body in
                let net = gained[body] - lost[body]
                guard applies(body), net != 0 else { return 0 }
                return net / (net > 0 ? gained[body] : lost[body])
            })
    }

    private struct Excess {
        /// Of the gains where positive, of the losses where negative; one a body.
        let shares: [Double]

        func of(_ face: SurfaceFaces.Face, _ gain: Double) -> Double {
            let share = shares[Int(face.component)]
            return share * gain > 0 ? abs(share) * gain : 0
        }
    }

    private func forEachFace(_ body: (_ index: Int, _ row: Int, _ face: SurfaceFaces.Face) -> Void) {
        for row in 0..<surface.rowStarts.count - 1 {
            for index in surface.rowStarts[row]..<surface.rowStarts[row + 1] {
                body(index, row, surface.faces[index])
            }
        }
    }

    private func reference(_ variable: Int) -> Scalar {
        gas.reference.conserved(variable, directions: gas.variables.directions)
    }

    private func full(_ variable: Int, _ store: FieldStore<Codec>, _ row: Int, _ cell: Int) -> Double {
        let reference = reference(variable)
        return
            (reference
            + Codec.value(store.row(variable, row), cells: store.cells, cell: cell, reference: reference))
            .double
    }

    private func add(_ value: Double, _ variable: Int, _ store: FieldStore<Codec>, _ row: Int, _ cell: Int) {
        Codec.add(
            Scalar(double: value), to: cell, of: store.row(variable, row), reference: reference(variable))
    }
}
