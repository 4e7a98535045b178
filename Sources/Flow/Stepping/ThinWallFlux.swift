import Fluids
import Numerics

/// Computes the fluxes of faces at thin walls: their stencils are gathered cell by cell, with the ghosts of
/// their own side.
final class ThinWallFlux<Codec: StorageCodec, F: Fluid> where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias Buffer = UnsafeMutablePointer<Scalar>

    private let flux: FluxKernel<Scalar>
    private let variables: CellVariables
    private let kernel: PrimitiveKernel<F>
    private let memory: AlignedMemory
    /// Faces computed together.
    private var lanes: Int { Scalar.Vector.count }

    init(flux: FluxKernel<Scalar>, medium: Medium<F>) {
        self.flux = flux
        variables = medium.variables
        kernel = PrimitiveKernel(medium)
        memory = AlignedMemory(
            bytes: (6 * variables.count + variables.conservedCount) * Scalar.Vector.count
                * MemoryLayout<Scalar>.stride)
    }

    /// Overwrites the fluxes of the given faces of a row.
    func evaluate(
        _ faces: ArraySlice<ThinWalls.Face>, _ stencil: FaceStencil<Scalar>, direction: Int, reach: Scalar,
        ghosts: GhostStates<Codec, F>, into target: Buffer, stride: Int
    ) {
        var first = faces.startIndex
        while first < faces.endIndex {
            let batch = faces[first..<min(first + lanes, faces.endIndex)]
            gather(batch, stencil, ghosts)
            let fluxes = row(6)
            _ = flux.faces(
                FaceStencil(across: { UnsafePointer(self.row($0 + 3)) }, variableStride: lanes),
                direction: direction, count: batch.count, reach: reach, flux: fluxes, fluxStride: lanes)
            for (lane, face) in batch.enumerated() {
                for variable in 0..<variables.conservedCount {
                    target[variable * stride + Int(face.place)] = fluxes[variable * lanes + lane]
                }
            }
            first += lanes
        }
    }

    private func row(_ slot: Int) -> Buffer {
        memory.values(of: Scalar.self) + slot * variables.count * lanes
    }

    private func gather(
        _ batch: ArraySlice<ThinWalls.Face>, _ stencil: FaceStencil<Scalar>, _ ghosts: GhostStates<Codec, F>
    ) {
        for slot in 0..<6 {
            let cells = stencil.cell(slot)
            let target = row(slot)
            for (lane, face) in batch.enumerated() {
                let ghost = Int(face.ghosts[slot])
                if ghost < 0 {
                    copy(cells + Int(face.place), stencil.variableStride, to: target + lane)
                } else {
                    let (state, distance) = ghosts.state(of: ghost)
                    for variable in 0..<variables.conservedCount {
                        target[variable * lanes + lane] = state[variable * distance]
                    }
                    target[variables.entropicPressure * lanes + lane] =
                        state[variables.conservedCount * distance]
                }
            }
            _ = kernel.convert(target, stride: lanes, count: batch.count)
        }
    }

    /// What a conversion starts from: conserved variables and Σ.
    private func copy(_ cell: UnsafePointer<Scalar>, _ stride: Int, to target: Buffer) {
        for variable in 0..<variables.conservedCount {
            target[variable * lanes] = cell[variable * stride]
        }
        let entropic = variables.entropicPressure
        target[entropic * lanes] = cell[entropic * stride]
    }
}
