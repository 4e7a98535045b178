import Archive
import Figures

/// A snapshot of a run as a figure.
struct PlotPicture {
    let reader: RunFileReader
    let snapshot: Int
    let look: PlotVerb.Look

    private var fields: StoredFields { StoredFields(reader: reader, snapshot: snapshot) }

    /// Fields along a line, one panel each.
    func lines(_ names: [String]) throws -> Figure {
        let profiles = try names.map { name in
            Profile(field: name, curves: [Curve(x: reader.axes[0].centers, y: try profile(name))])
        }
        return try FieldPicture.profiles(profiles, title: title, size: try size())
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

    /// A field in the plane; schlieren as shades of grey.
    func plane(_ name: String) throws -> Figure {
        let shape = reader.fieldShape
        let plane = { (values: [Float]) throws(FigureError) in
            try Plane(values: values, width: shape[1], height: shape[0], x: faces(0), y: faces(1))
        }
        let body = try reader.geometry().map { try plane($0.signedDistance) }
        if name == "schlieren", reader.fieldNames.contains("density") {
            return try FieldPicture.schlieren(
                density: try plane(try fields.values("density")), body: body, options: try options())
        }
        return try FieldPicture.plane(
            try plane(try fields.values(name)), field: name, body: body, options: try options())
    }

    /// Cuts through a field in space: the one that is asked for, or the three through the middle.
    func slices(_ name: String, _ slice: String?) throws -> Figure {
        let cuts = try slice.map { [try cut($0)] } ?? Slice.middles
        let volume = try volume(try fields.values(name))
        let body = try reader.geometry().map { try self.volume($0.signedDistance) }
        guard name == "schlieren", !reader.fieldNames.contains(name) else {
            return try FieldPicture.slices(
                volume, field: name, cuts: cuts, body: body, options: try options())
        }
        guard let cut = cuts.first, cuts.count == 1 else {
            throw ToolError(
                "a schlieren picture shows one slice of a three-dimensional field",
                advice: "name it, for example --slice z=0.5")
        }
        let index = try cut.position.map { try volume.index(at: $0, along: cut.direction) }
        return try FieldPicture.schlieren(
            density: try volume.slice(
                across: cut.direction, at: index ?? volume.count(along: cut.direction) / 2),
            options: try options())
    }

    private func volume(_ values: [Float]) throws(FigureError) -> Volume {
        let cells = reader.axes.map(\.cellCount)
        return try Volume(
            values: values, cells: (cells[0], cells[1], cells[2]), x: faces(0), y: faces(1), z: faces(2))
    }

    private func faces(_ axis: Int) -> ClosedRange<Double> {
        let faces = reader.axes[axis].faces
        return (faces.first ?? 0)...(faces.last ?? 1)
    }

    private func cut(_ text: String) throws -> Slice {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let direction = Direction(rawValue: String(parts[0])) else { throw unknownCut(text) }
        guard parts.count == 2 else { return Slice(across: direction) }
        guard let position = Double(parts[1]) else { throw unknownCut(text) }
        return Slice(across: direction, at: position)
    }

    private func unknownCut(_ text: String) -> ToolError {
        ToolError("--slice \(text) is not known; allowed: x, y or z, with a position as in z=0.5")
    }

    private var title: String {
        look.title
            ?? "\(reader.attributes["title"]?.text ?? "") at t = \(significant(reader.times[snapshot]))"
    }

    private func options() throws -> FieldPicture.Options {
        FieldPicture.Options(
            title: title, colorMap: try look.colors.map { try ColorMap.named($0) }, range: try range(),
            contourCount: look.contours, size: try size())
    }

    private func range() throws -> ClosedRange<Double>? {
        guard let text = look.range else { return nil }
        let ends = text.split(separator: ":").compactMap { Double($0) }
        guard ends.count == 2, ends[0] < ends[1] else {
            throw ToolError("--range \(text) is not of the form lower:upper, as in 0:1.5")
        }
        return ends[0]...ends[1]
    }

    private func size() throws -> FigureSize {
        guard let found = FigureSize.named.first(where: { $0.name == look.size }) else {
            let names = FigureSize.named.map(\.name)
            throw ToolError(
                "--size \(look.size) is not known; allowed: \(names.joined(separator: ", "))",
                advice: nearestWord(to: look.size, among: names).map { "did you mean \"\($0)\"?" })
        }
        return found.size
    }
}
