import Archive
import Figures

/// A geometry file as a figure.
struct GeometryPicture {
    let reader: GeometryFileReader
    let look: PlotVerb.Look

    /// The signed distance or, where it is asked for, the mask.
    func figure(_ field: String?, _ slice: String?) throws -> Figure {
        let grid = PictureGrid(axes: reader.axes)
        let geometry = try reader.geometry()
        guard ["sdf", "mask"].contains(field ?? "sdf") else {
            throw ToolError("\(reader.path) has no field \"\(field ?? "")\"; it has sdf, mask")
        }
        if slice != nil, grid.axes.count < 3 {
            throw ToolError(
                "--slice cuts three-dimensional fields; this shape has \(grid.axes.count) dimensions")
        }
        let isMask = field == "mask"
        let values = isMask ? geometry.mask.map { Float($0) } : geometry.signedDistance
        let options = try look.options(title: title)
        guard grid.axes.count == 3 else {
            let plane = try grid.plane(values)
            return isMask
                ? try FieldPicture.plane(plane, field: "mask", options: options)
                : try FieldPicture.distance(plane, options: options)
        }
        let cuts = try slice.map { [try PictureGrid.cut($0)] } ?? Slice.middles
        let volume = try grid.volume(values)
        return isMask
            ? try FieldPicture.slices(volume, field: "mask", cuts: cuts, options: options)
            : try FieldPicture.distance(volume, cuts: cuts, options: options)
    }

    private var title: String {
        let bodies = reader.attributes["bodies"]?.texts ?? []
        let name = bodies.count == 1 ? bodies[0] : reader.attributes["source"]?.text ?? ""
        return "\(name), \(reader.axes.map { String($0.cellCount) }.joined(separator: " × ")) cells"
    }
}
