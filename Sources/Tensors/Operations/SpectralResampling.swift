import Numerics

/// A field on more or fewer points along one axis, by its Fourier series: exact for periodic fields that both grids
/// resolve, and what they cannot resolve is dropped.
struct SpectralResampling<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let source: AxisTransform<Scalar>
    let target: AxisTransform<Scalar>
    let (outer, inner): (Int, Int)

    /// - Parameter axis: An axis of x, not the last.
    init(_ x: Value, axis: Int, length: Int) {
        inputs = [x]
        var extents = x.shape.extents
        let largest = (min(extents[axis], length) - 1) / 2
        source = AxisTransform(length: extents[axis], largest: largest)
        target = AxisTransform(length: length, largest: largest)
        outer = extents[..<axis].reduce(1, *)
        inner = extents[(axis + 1)...].reduce(1, *)
        extents[axis] = length
        outputShape = Shape(extents)
    }

    private var spaceCount: Int {
        max(source.workspaceCount, target.workspaceCount) + source.rows * 2 * Scalar.Vector.count + 32
    }
    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        resample(
            frame.inputs[0], source, frame.output, target, frame.workers, frame.workspace, accumulates: false)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        resample(
            frame.outputGradient, target, gradient.base, source, frame.workers, frame.backwardWorkspace,
            accumulates: gradient.accumulates)
    }

    /// y = Tᵀ D T′ x with D = 1/N for the mean and 2/N for waves, N the number of points of the input.
    @inline(__always) private func resample(
        _ x: UnsafePointer<Scalar>, _ from: AxisTransform<Scalar>, _ y: UnsafeMutablePointer<Scalar>,
        _ to: AxisTransform<Scalar>, _ workers: Workers, _ workspace: UnsafeMutablePointer<Scalar>,
        accumulates: Bool
    ) {
        let panel = 2 * Scalar.Vector.count
        let panels = (inner + panel - 1) / panel
        let unit = 1 / Scalar(double: Double(source.length))
        WorkerSpaces(workers, workspace, spaceCount).share(outer * panels) { items, space in
            let waves = space + (spaceCount - from.rows * panel - 16)
            for item in items {
                let (block, column) = (item / panels, item % panels * panel)
                let width = min(panel, inner - column)
                from.analyse(
                    x + (block * from.length * inner + column), xStep: inner, waves, yStep: panel,
                    width: width,
                    workspace: space)
                for row in 0..<from.rows {
                    for lane in 0..<width { waves[row * panel + lane] *= row == 0 ? unit : 2 * unit }
                }
                to.synthesise(
                    waves, yStep: panel, y + (block * to.length * inner + column), xStep: inner, width: width,
                    workspace: space, accumulates: accumulates)
            }
        }
    }
}
