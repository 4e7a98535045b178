import Archive
import Figures
import Fluids

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
            let values = try fields.values(name).map { Double($0) }
            return Profile(field: name, curves: [Curve(x: reader.axes[0].centers, y: values)])
        }
        return try FieldPicture.profiles(profiles, title: title, size: try look.figureSize())
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
        let plane = try grid.plane(try fields.values(name))
        return name == Quantity.schlieren.name
            ? try FieldPicture.schlieren(gradient: plane, body: body, options: try options())
            : try FieldPicture.plane(plane, field: name, body: body, options: try options())
    }

    /// Cuts through a field in space: the one that is asked for, or the three through the middle.
    func slices(_ name: String, _ slice: String?) throws -> Figure {
        let cuts = try slice.map { [try PictureGrid.cut($0)] } ?? Slice.middles
        let volume = try grid.volume(try fields.values(name))
        let body = try fields.signedDistance().map { try grid.volume($0) }
        guard name == Quantity.schlieren.name else {
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
            gradient: try volume.slice(across: cut.direction, at: index),
            body: try body?.slice(across: cut.direction, at: index), options: try options())
    }

    private var title: String {
        look.title
            ?? "\(reader.attributes["title"]?.text ?? "") at t = \(significant(reader.times[snapshot]))"
    }

    private func options() throws -> FieldPicture.Options { try look.options(title: title) }
}
