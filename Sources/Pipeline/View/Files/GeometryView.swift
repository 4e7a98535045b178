import Archive
import Foundation

/// A shape on a grid.
struct GeometryView: Viewed {
    private let reader: GeometryFileReader
    private let geometry: RunGeometry

    init(_ path: String) throws {
        reader = try GeometryFileReader(path)
        geometry = try reader.geometry()
    }

    func description() throws -> ViewDescription {
        var view = ViewDescription(kind: .geometry, title: (reader.path as NSString).lastPathComponent)
        view.axes = reader.axes.map { .init(name: $0.name, faces: $0.faces) }
        view.fields = [.init("sdf", group: "in the file"), .init("mask", group: "in the file")]
        for (name, value) in reader.attributes.sorted(by: { $0.key < $1.key })
        where name != "format" && name != "format_version" {
            view.tell(name.replacing("_", with: " "), value.description)
        }
        return view
    }

    func field(_ request: FieldRequest) throws -> FieldPlane {
        guard ["sdf", "mask"].contains(request.name) else {
            throw ToolError("this file has no field \"\(request.name)\"; it has sdf, mask")
        }
        let values = request.name == "sdf" ? geometry.signedDistance : geometry.mask.map { Float($0) }
        return try FieldPlane(values, cells: reader.axes.map(\.cellCount), request)
    }
}
