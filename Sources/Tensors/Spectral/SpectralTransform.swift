import Numerics

/// A truncated Fourier transform over all spatial axes of a batch of fields, in stages.
///
/// Stage a holds real coefficients over axes a, a + 1, … and points over the axes before: [batch, N₀ … Nₐ₋₁, rₐ …,
/// channels]. Analysis runs from the last axis to the first, synthesis back. The last axis is left to the caller, who
/// has its rows in the cache anyway.
struct SpectralTransform<Scalar: Real>: Sendable {
    let spatial: [Int]
    let axes: [AxisTransform<Scalar>]
    let modes: SpectralModes

    init(spatial: [Int], modes declared: [Int]) {
        self.spatial = spatial
        let axes = spatial.indices.map { axis in
            AxisTransform<Scalar>(
                length: spatial[axis],
                largest: SpectralModes.largest(
                    length: spatial[axis], modes: declared[axis], isLast: axis == spatial.count - 1))
        }
        self.axes = axes
        modes = SpectralModes(spatial: spatial, modes: declared, rows: axes.map(\.rows)) {
            axes[$0].sineRow($1)
        }
    }

    /// The transform along the last axis.
    var last: AxisTransform<Scalar> { axes[axes.count - 1] }
    /// Rows of points along the last axis in one sample.
    var lines: Int { spatial.dropLast().reduce(1, *) }
    /// Real coefficients of one sample and channel.
    var coefficients: Int { axes.reduce(1) { $0 * $1.rows } }
    /// Scratch memory of one worker.
    var workspaceCount: Int { (spatial.max() ?? 1) * 2 * Scalar.Vector.count + 8 * Scalar.Vector.count }

    /// Values of all stages.
    func stagesCount(batch: Int, channels: Int) -> Int {
        spatial.indices.reduce(0) { $0 + stageCount($1, batch: batch, channels: channels) }
    }

    /// Values of one stage, up to a cache line.
    private func stageCount(_ axis: Int, batch: Int, channels: Int) -> Int {
        let points = spatial[..<axis].reduce(1, *)
        let rows = axes[axis...].reduce(1) { $0 * $1.rows }
        return (batch * points * rows * channels + 31) / 16 * 16
    }

    /// Where a stage begins within the memory of all; the first axis comes first.
    func stage(_ axis: Int, batch: Int, channels: Int) -> Int {
        (0..<axis).reduce(0) { $0 + stageCount($1, batch: batch, channels: channels) }
    }

    /// From the stage of the last axis to that of the first.
    @inline(__always) func analyse(
        _ stages: UnsafeMutablePointer<Scalar>, batch: Int, channels: Int, workspaces: WorkerSpaces<Scalar>
    ) {
        for axis in spatial.indices.dropLast().reversed() {
            forPanels(axis, batch: batch, channels: channels, workspaces) {
                transform, coarse, fine, step, width, space in
                transform.analyse(
                    stages + fine, xStep: step, stages + coarse, yStep: step, width: width, workspace: space)
            }
        }
    }

    /// From the stage of the first axis to that of the last.
    @inline(__always) func synthesise(
        _ stages: UnsafeMutablePointer<Scalar>, batch: Int, channels: Int, workspaces: WorkerSpaces<Scalar>
    ) {
        for axis in spatial.indices.dropLast() {
            forPanels(axis, batch: batch, channels: channels, workspaces) {
                transform, coarse, fine, step, width, space in
                transform.synthesise(
                    stages + coarse, yStep: step, stages + fine, xStep: step, width: width, workspace: space,
                    accumulates: false)
            }
        }
    }

    /// Calls the body for panels of columns of one axis: its transform, the first values in the stage of the axis and in
    /// the next one, the step between rows in both, the width, scratch memory.
    @inline(__always) private func forPanels(
        _ axis: Int, batch: Int, channels: Int, _ workspaces: WorkerSpaces<Scalar>,
        _ body: (AxisTransform<Scalar>, Int, Int, Int, Int, UnsafeMutablePointer<Scalar>) -> Void
    ) {
        let transform = axes[axis]
        let inner = axes[(axis + 1)...].reduce(channels) { $0 * $1.rows }
        let outer = spatial[..<axis].reduce(batch, *)
        let panel = 2 * Scalar.Vector.count
        let panels = (inner + panel - 1) / panel
        let (coarse, fine) = (
            stage(axis, batch: batch, channels: channels), stage(axis + 1, batch: batch, channels: channels)
        )
        workspaces.share(outer * panels) { items, space in
            for item in items {
                let (block, column) = (item / panels, item % panels * panel)
                body(
                    transform, coarse + block * transform.rows * inner + column,
                    fine + block * transform.length * inner + column, inner, min(panel, inner - column), space
                )
            }
        }
    }
}
