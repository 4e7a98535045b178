import Fluids
import Numerics

/// What passes the faces of closed bodies in the rows of a block in a stage, and its correction.
///
/// The gains of every body are summed over all blocks in between: each block gives its part, exactly.
final class SurfaceBalance<Codec: StorageCodec, F: Fluid>: @unchecked Sendable
where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar

    /// What is to be balanced.
    enum Quantity: CaseIterable { case mass, energy }

    let surface: SurfaceFaces
    private let rows: Range<Int>
    /// The faces of the block's rows.
    private let faces: Range<Int>
    private let medium: Medium<F>
    /// The increments that each face gave to the mass and energy of its fluid cell.
    private let memory: AlignedMemory

    init(_ surface: SurfaceFaces, rows: Range<Int>, medium: Medium<F>) {
        self.surface = surface
        self.rows = rows
        self.medium = medium
        faces = surface.rowStarts[rows.lowerBound]..<surface.rowStarts[rows.upperBound]
        memory = AlignedMemory(bytes: max(1, 2 * faces.count) * MemoryLayout<Double>.stride)
    }

    /// The increment of a face of the block.
    @inline(__always) func record(face: Int, mass: Double, energy: Double) {
        let values = memory.values(of: Double.self)
        values[face - faces.lowerBound] = mass
        values[face - faces.lowerBound + faces.count] = energy
    }

    private func gains(_ quantity: Quantity) -> UnsafeMutablePointer<Double> {
        memory.values(of: Double.self) + (quantity == .mass ? 0 : faces.count) - faces.lowerBound
    }

    /// The block's part of what the bodies' fluids gained and lost.
    func sums(_ quantity: Quantity) -> BodyGains {
        let gains = gains(quantity)
        var sums = BodyGains(bodies: surface.keepsEnergy.count)
        for index in faces { sums.add(gains[index], to: Int(surface.faces[index].component)) }
        return sums
    }

    /// Takes the net gain of every closed body's fluid back out of the cells along it.
    func settle(_ quantity: Quantity, _ all: BodyGains, in target: FieldStore<Codec>) {
        switch quantity {
        case .mass: settleMass(all.shares { _ in true }, target)
        case .energy: settleEnergy(all.shares { surface.keepsEnergy[$0] }, target)
        }
    }

    /// Cells lose (or gain) mass at their own velocity and with their share of the energy above ``Fluid/leastHeat``, which leaves
    /// them admissible.
    private func settleMass(_ shares: [Double], _ target: FieldStore<Codec>) {
        let (mass, energy) = (gains(.mass), gains(.energy))
        forEachFace { index, row, face in
            let given = -BodyGains.part(of: mass[index], share: shares[Int(face.component)])
            guard given != 0 else { return }
            let cell = Int(face.cell)
            let density = full(0, target, row, cell)
            let growth = max(-0.5, given / density)
            for variable in 0..<medium.variables.conservedCount {
                var value = full(variable, target, row, cell)
                if variable == medium.variables.energy {
                    value -= medium.fluid.leastHeat.double
                    energy[index] += growth * value
                }
                add(growth * value, variable, target, row, cell)
            }
        }
    }

    /// What the energy then lacks is made up by heat.
    private func settleEnergy(_ shares: [Double], _ target: FieldStore<Codec>) {
        let energy = gains(.energy)
        forEachFace { index, row, face in
            let given = -BodyGains.part(of: energy[index], share: shares[Int(face.component)])
            guard given != 0 else { return }
            let cell = Int(face.cell)
            var kinetic = 0.0
            for direction in 0..<medium.variables.directions {
                let momentum = full(1 + direction, target, row, cell)
                kinetic += momentum * momentum
            }
            let heat =
                full(medium.variables.energy, target, row, cell) - kinetic / (2 * full(0, target, row, cell))
                - medium.fluid.leastHeat.double
            add(max(-heat / 2, given), medium.variables.energy, target, row, cell)
        }
    }

    private func forEachFace(_ body: (_ index: Int, _ row: Int, _ face: SurfaceFaces.Face) -> Void) {
        for row in rows {
            for index in surface.rowStarts[row]..<surface.rowStarts[row + 1] {
                body(index, row - rows.lowerBound, surface.faces[index])
            }
        }
    }

    private func full(_ variable: Int, _ store: FieldStore<Codec>, _ row: Int, _ cell: Int) -> Double {
        let reference = medium.reference(variable)
        return
            (reference
            + Codec.value(store.row(variable, row), cells: store.cells, cell: cell, reference: reference))
            .double
    }

    private func add(_ value: Double, _ variable: Int, _ store: FieldStore<Codec>, _ row: Int, _ cell: Int) {
        Codec.add(
            Scalar(double: value), to: cell, of: store.row(variable, row),
            reference: medium.reference(variable))
    }
}
