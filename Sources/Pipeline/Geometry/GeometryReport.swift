import Archive
import Geometry

/// What came of sampling a shape.
public struct GeometryReport: VerbReport {
    /// The geometry file.
    public var output: String
    /// The file that describes the shape.
    public var source: String
    /// Names of the bodies.
    public var bodies: [String]
    /// Cells along each axis.
    public var grid: [Int]
    /// The lower corner of the box.
    public var lower: [Double]
    /// The upper corner of the box.
    public var upper: [Double]
    /// The lower corner of the shape, as far as it lies in the box.
    public var boundsLower: [Double]
    /// The upper corner of the shape, as far as it lies in the box.
    public var boundsUpper: [Double]
    /// Cells whose centre is in the shape.
    public var solidCells: Int
    /// The volume in the box; the area in two dimensions.
    public var volume: Double
    /// The size across the thinnest part, to about a cell.
    public var smallestThickness: Double
    /// The same in cells.
    public var cellsAcross: Double
    /// Wall-clock seconds.
    public var seconds = 0.0
    /// What looks wrong.
    public var warnings: [String] = []

    init(
        _ verb: GeometryVerb, output: String, source: GeometrySource, field: SignedDistanceField,
        measures: ShapeMeasures
    ) {
        let box = field.grid
        self.output = output
        self.source = verb.path
        bodies = source.shapes.map(\.name)
        grid = box.cells
        lower = box.lower
        upper = box.upper
        let bounds = source.bounds
        boundsLower = (0..<box.rank).map { max(bounds.lower[$0], box.lower[$0]) }
        boundsUpper = (0..<box.rank).map { min(bounds.upper[$0], box.upper[$0]) }
        solidCells = measures.solidCells
        volume = measures.volume
        smallestThickness = measures.smallestThickness
        cellsAcross = measures.cellsAcross
        if measures.touchesEdge { warnings.append("the shape is cut by the edge of the box") }
        if cellsAcross < 4 {
            warnings.append(
                "the thinnest part of the shape is about \(significant(cellsAcross)) cells across; "
                    + "a flow wants 8 or more")
        }
    }

    func timed(_ seconds: Double) -> GeometryReport {
        var report = self
        report.seconds = seconds
        return report
    }

    /// The measures as attributes of a geometry file.
    var attributes: [String: AttributeValue] {
        [
            "box_lower": .reals(lower), "box_upper": .reals(upper), "bounds_lower": .reals(boundsLower),
            "bounds_upper": .reals(boundsUpper),
            grid.count == 2 ? "area" : "volume": .real(volume), "solid_cells": .integer(Int64(solidCells)),
            "smallest_thickness": .real(smallestThickness), "cells_across": .real(cellsAcross),
        ]
    }

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// A few lines for people.
    public func text(on terminal: Terminal) -> String {
        let size = grid.map(String.init).joined(separator: " × ")
        let name = bodies.joined(separator: ", ")
        return """
            \(terminal.styled(name, .bold)): \(size) cells over \(Self.text(lower, upper))
            reaches \(Self.text(boundsLower, boundsUpper)), \(grid.count == 2 ? "area" : "volume") \
            \(significant(volume)), \(significant(cellsAcross)) cells across the thinnest part
            written: \(output) in \(ProgressText.duration(seconds))
            """
    }

    static func text(_ bounds: Geometry.Bounds, rank: Int) -> String {
        text((0..<rank).map { bounds.lower[$0] }, (0..<rank).map { bounds.upper[$0] })
    }

    static func text(_ lower: [Double], _ upper: [Double]) -> String {
        zip(lower, upper).map { "\(significant($0)) … \(significant($1))" }.joined(separator: " × ")
    }
}
