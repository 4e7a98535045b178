import Archive
import Figures

/// The grid of a file, for pictures.
struct PictureGrid {
    /// One to three axes, x first.
    let axes: [RunAxis]

    /// Values on a plane.
    func plane(_ values: [Float]) throws(FigureError) -> Plane {
        try Plane(
            values: values, width: axes[0].cellCount, height: axes[1].cellCount, x: faces(0), y: faces(1))
    }

    /// Values in space.
    func volume(_ values: [Float]) throws(FigureError) -> Volume {
        let cells = axes.map(\.cellCount)
        return try Volume(
            values: values, cells: (cells[0], cells[1], cells[2]), x: faces(0), y: faces(1), z: faces(2))
    }

    private func faces(_ axis: Int) -> ClosedRange<Double> {
        (axes[axis].faces.first ?? 0)...(axes[axis].faces.last ?? 1)
    }

    /// Reads "z" or "z=0.5". Throws `ToolError`.
    static func cut(_ text: String) throws -> Slice {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let direction = Direction(rawValue: String(parts[0])) else { throw unknownCut(text) }
        guard parts.count == 2 else { return Slice(across: direction) }
        guard let position = Double(parts[1]) else { throw unknownCut(text) }
        return Slice(across: direction, at: position)
    }

    private static func unknownCut(_ text: String) -> ToolError {
        ToolError("--slice \(text) is not known; allowed: x, y or z, with a position as in z=0.5")
    }
}
