import Fluids
import Numerics

/// Some planes of the grid with everything that advancing them takes. A block reads its own rows and its halos, and
/// writes its own rows; only exchanges look into other blocks.
final class Block<Codec: StorageCodec, F: Fluid>: @unchecked Sendable where F.Scalar == Codec.Scalar {
    /// The rows of the whole grid that it owns.
    let rows: Range<Int>
    let stateHalo: Halo<Codec>
    let sigmaHalo: Halo<Codec>?
    let sweep: StageSweep<Codec, F>
    let entropic: EntropicSweep<Codec, F>?
    let signal: SignalSpeed<Codec, F>
    /// The largest signal that the block found; nil where a cell is not admissible.
    var foundSignal: Signal?
    /// The bodies where they are now.
    var bodies: BlockBodies<Codec, F>? {
        didSet {
            sweep.bodies = bodies
            entropic?.bodies = bodies
        }
    }

    /// - Parameter relaxes: Whether Σ is computed.
    init(
        _ index: Int, of partition: Partition, _ flowCase: FlowCase, shape: GridShape, medium: Medium<F>,
        faces: DomainFaces<F>, flux: FluxKernel<Codec.Scalar>, relaxes: Bool
    ) {
        let planes = partition.planes[index]
        let spacing = flowCase.domain.spacings
        let swept = relaxes ? EntropicPasses(flowCase.numerics).depth : 0
        let depth = max(GridShape.ghostLayers, swept)
        let halo = { (variables: Int) in
            Halo<Codec>(
                block: index, of: partition, depth: shape.rank == 1 ? 0 : depth, shape: shape,
                periodic: faces.marchIsPeriodic, variables: variables)
        }
        rows = partition.rows(index)
        stateHalo = halo(medium.variables.conservedCount)
        sigmaHalo = relaxes ? halo(1) : nil
        sweep = StageSweep(
            shape: shape, planes: planes, medium: medium, faces: faces, gas: flowCase.gas, spacing: spacing,
            flux: flux)
        let widest = spacing.max() ?? 1
        entropic =
            relaxes
            ? EntropicSweep(
                shape: shape, planes: planes, medium: medium, faces: faces,
                kernels: EntropicKernels(
                    rank: shape.rank, alpha: flowCase.numerics.alpha * widest * widest,
                    kind: flowCase.numerics.source, spacing: spacing), options: flowCase.numerics)
            : nil
        signal = SignalSpeed(shape: shape, medium: medium, gas: flowCase.gas, spacing: spacing)
    }
}
