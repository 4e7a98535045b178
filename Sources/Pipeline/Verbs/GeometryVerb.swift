import Archive
import Foundation
import Geometry
import Numerics

/// Samples a shape onto a grid and writes a geometry file.
public struct GeometryVerb: Verb {
    /// How the numbers of a surface, a picture or an array become a solid.
    public struct Reading: Sendable {
        /// What coordinates are multiplied by.
        public var scale: Double
        /// Pictures: darker than this, from 0 to 1, is body.
        public var threshold: Double
        /// Body and fluid change places.
        public var isInverted: Bool

        /// As they are, unless said otherwise.
        public init(scale: Double = 1, threshold: Double = 0.5, isInverted: Bool = false) {
            self.scale = scale
            self.threshold = threshold
            self.isInverted = isInverted
        }
    }

    /// A shape file in TOML, or a file of a surface, a picture or an array.
    public var path: String
    /// Cells along each axis, as in "256x256".
    public var grid: String
    /// The corners of the box, as in "-1,-1"; nil: the shape's own box with `padding` around it.
    public var box: (lower: String?, upper: String?)
    /// The room around the shape's own box, as a share of its longest side.
    public var padding: Double
    /// The geometry file; nil: in the working folder, named after the shape.
    public var output: String?
    /// The array in an HDF5 file of another program.
    public var dataset: String?
    /// Whether the distance is that of the mask, as of a picture, instead of the shape's own.
    public var isMask: Bool
    /// How the numbers of a surface, a picture or an array become a solid.
    public var reading: Reading
    /// Replaces an existing file.
    public var overwrite: Bool

    /// A shape on a grid as the command line describes it.
    public init(
        path: String, grid: String, box: (lower: String?, upper: String?) = (nil, nil),
        padding: Double = 0.2, output: String? = nil, dataset: String? = nil, isMask: Bool = false,
        reading: Reading = Reading(), overwrite: Bool = false
    ) {
        self.path = path
        self.grid = grid
        self.box = box
        self.padding = padding
        self.output = output
        self.dataset = dataset
        self.isMask = isMask
        self.reading = reading
        self.overwrite = overwrite
    }

    /// Reads the shape, samples it and writes the file. Throws `InvalidInput`, `ArchiveError` or `ToolError`.
    public func perform(on console: Console) throws -> GeometryReport {
        let started = monotonicSeconds()
        let output = output ?? defaultOutput
        let request = try GridRequest(grid: grid, lower: box.lower, upper: box.upper, padding: padding)
        try Output(output, .data, from: [path]).check(overwrite: overwrite)
        let steps = StepTeller(console, total: 4)
        defer { steps.finish() }
        steps.tell("reading \(path)")
        let source = try GeometrySource.read(
            path, dataset: dataset, options: options(request), for: request)
        let grid = try request.grid(around: source.bounds)
        steps.tell("sampling \(ProgressText.count(Double(grid.count))) cells")
        let field = try sample(source, on: grid)
        steps.tell("measuring")
        let measures = ShapeMeasures(field)
        steps.tell("writing \(output)")
        let report = GeometryReport(
            self, output: output, source: source, field: field, measures: measures)
        try GeometryFileWriter.write(
            description(source, field, report), to: output, overwrite: overwrite)
        steps.finish()
        report.warnings.forEach(console.warn)
        return report.timed(monotonicSeconds() - started)
    }

    /// A picture fills the box that was asked for, as an array does.
    private func options(_ request: GridRequest) -> ShapeFileOptions {
        var options = ShapeFileOptions()
        options.scale = reading.scale
        options.threshold = reading.threshold
        options.isInverted = reading.isInverted
        (options.lower, options.upper) = (request.lower, request.upper)
        return options
    }

    private var defaultOutput: String {
        path.stem + ".h5"
    }

    /// - Throws: `ToolError` where nothing, or everything, is solid.
    private func sample(_ source: GeometrySource, on grid: SampleGrid) throws -> SignedDistanceField {
        let field = ShapeSampler.union(source.shapes.map(\.shape), on: grid, workers: Workers())
        let solid = field.mask.solidCount
        guard solid > 0 else {
            let why = source.shapes.lazy.compactMap {
                ShapeCheck.against(lower: grid.lower, upper: grid.upper, $0.shape)
            }.first
            if let why { throw ToolError("no cell of the grid is inside of the shape: \(why)") }
            throw ToolError(
                "no cell of the grid is inside of the shape, which reaches "
                    + GeometryReport.text(source.bounds, rank: grid.rank),
                advice: "it lies beyond the box, or is thinner than a cell: --lower, --upper or more cells")
        }
        guard solid < grid.count else {
            throw ToolError(
                "every cell of the grid is inside of the shape", advice: "a larger box: --lower and --upper")
        }
        return isMask ? field.mask.distanceField() : field
    }

    private func description(
        _ source: GeometrySource, _ field: SignedDistanceField, _ report: GeometryReport
    ) -> GeometryFileDescription {
        let grid = field.grid
        let axes = (0..<grid.rank).map { axis in
            RunAxis.uniform(
                name: ["x", "y", "z"][axis], cells: grid.cells[axis], lower: grid.lower[axis],
                upper: grid.upper[axis])
        }
        return GeometryFileDescription(
            axes: axes, geometry: RunGeometry(signedDistance: field.values, mask: field.mask.values),
            toolVersion: ToolVersion.current,
            attributes: source.attributes.merging(report.attributes) { $1 })
    }
}
