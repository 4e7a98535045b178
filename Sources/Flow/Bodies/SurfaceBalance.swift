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

    /// Takes the net gain of every closed body's fluid back out of the faces, in proportion to what passed
    /// them. Sums run in the order of the faces, whoever computed them.
    func settle(_ target: FieldStore<Codec>) {
        settle(mass(), variable: 0, target) { _ in true }
        settle(energy(), variable: gas.variables.energy, target) { surface.keepsEnergy[$0] }
    }

    private func settle(
        _ gains: UnsafePointer<Double>, variable: Int, _ target: FieldStore<Codec>, where applies: (Int) -> Bool
    ) {
        let count = surface.keepsEnergy.count
        var net = [Double](repeating: 0, count: count)
        var gross = net
        for (index, face) in surface.faces.enumerated() {
            net[Int(face.component)] += gains[index]
            gross[Int(face.component)] += abs(gains[index])
        }
        let share = (0..<count).map { gross[$0] > 0 && applies($0) ? net[$0] / gross[$0] : 0 }
        guard share.contains(where: { $0 != 0 }) else { return }
        for row in 0..<surface.rowStarts.count - 1 {
            for index in surface.rowStarts[row]..<surface.rowStarts[row + 1] {
                let face = surface.faces[index]
                let correction = -share[Int(face.component)] * abs(gains[index])
                Codec.add(
                    Scalar(double: correction), to: Int(face.cell), of: target.row(variable, row),
                    reference: gas.reference.conserved(variable, directions: gas.variables.directions))
            }
        }
    }
}
