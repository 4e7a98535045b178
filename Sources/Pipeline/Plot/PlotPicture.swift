import Archive
import Figures

/// A snapshot of a run as a figure.
struct PlotPicture {
    let reader: RunFileReader
    let snapshot: Int
    let look: PlotVerb.Look

    private var grid: PictureGrid { PictureGrid(axes: reader.axes) }
    private var fields: StoredFields { StoredFields(reader: reader, snapshot: snapshot) }

    /// Fields along a line, one panel each.
    func lines(_ names: [String]) throws -> Figure {
        let profiles = try names.map { name in
            Profile(field: name, curves: [Curve(x: reader.axes[0].centers, y: try profile(name))])
        }
        return try FieldPicture.profiles(profiles, title: title, size: try look.figureSize())
    }

    private func profile(_ name: String) throws -> [Double] {
        let values = try fields.values(name).map { Double($0) }
        guard name == "schlieren", !reader.fieldNames.contains(name) else { return values }
        let x = reader.axes[0].centers
        return values.indices.map { cell in
            let (left, right) = (max(cell - 1, 0), min(cell + 1, x.count - 1))
            return abs(values[right] - values[left]) / (x[right] - x[left])
        }
    }

    /// A field in the plane; schlieren as shades of grey. Velocities come on top where they are asked for.
    func plane(_ name: String) throws -> Figure {
        var figure = try scalar(name)
        if let overlay = look.overlay, !figure.panels.isEmpty {
            figure.panels[0].layers.append(try overlay.layer(fields, grid))
        }
        return figure
    }

    private func scalar(_ name: String) throws -> Figure {
        let body = try fields.signedDistance().map { try grid.plane($0) }
        if name == "schlieren", reader.fieldNames.contains("density") {
            return try FieldPicture.schlieren(
                density: try grid.plane(try fields.values("density")), body: body, options: try options())
        }
        return try FieldPicture.plane(
            try grid.plane(try fields.values(name)), field: name, body: body, options: try options())
    }

    /// Cuts through a field in space: the one that is asked for, or the three through the middle.
    func slices(_ name: String, _ slice: String?) throws -> Figure {
        let cuts = try slice.map { [try PictureGrid.cut($0)] } ?? Slice.middles
        let volume = try grid.volume(try fields.values(name))
        let body = try fields.signedDistance().map { try grid.volume($0) }
        guard name == "schlieren", !reader.fieldNames.contains(name) else {
            return try FieldPicture.slices(
                volume, field: name, cuts: cuts, body: body, options: try options())
        }
        guard let cut = cuts.first, cuts.count == 1 else {
            throw ToolError(
                "a schlieren picture shows one slice of a three-dimensional field",
                advice: "name it, for example --slice z=0.5")
        }
        let index =
            try cut.position.map { try volume.index(at: $0, along: cut.direction) }
            ?? volume.count(along: cut.direction) / 2
        return try FieldPicture.schlieren(
            density: try volume.slice(across: cut.direction, at: index),
            body: try body?.slice(across: cut.direction, at: index), options: try options())
    }

    private var title: String {
        look.title
            ?? "\(reader.attributes["title"]?.text ?? "") at t = \(significant(reader.times[snapshot]))"
    }

    private func options() throws -> FieldPicture.Options { try look.options(title: title) }
}
