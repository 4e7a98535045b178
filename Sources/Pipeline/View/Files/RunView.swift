import Archive
import Figures
import Flow
import Fluids
import Foundation

/// A run: fields over time, histories, probes, forces, walls.
struct RunView: Viewed {
    private let reader: RunFileReader
    private let cache = ValueCache()

    init(_ path: String) throws { reader = try RunFileReader(path) }

    func description() throws -> ViewDescription {
        let name = (reader.path as NSString).lastPathComponent
        var view = ViewDescription(kind: .run, title: reader.attributes["title"]?.text ?? name)
        view.axes = reader.axes.map { .init(name: $0.name, faces: $0.faces) }
        view.times = reader.times
        if !reader.times.isEmpty {
            view.fields = StoredFields(reader: reader, snapshot: 0).names.map {
                .init($0, group: reader.fieldNames.contains($0) ? "in the file" : "derived")
            }
        }
        view.hasBody = reader.hasGeometry || reader.fieldNames.contains("signed_distance")
        view.series = [.init(name: "history", label: "totals over time")]
        view.series += reader.probeNames.map { .init(name: "probe/\($0)", label: "probe \($0)") }
        view.series += reader.forceNames.map { .init(name: "forces/\($0)", label: "forces on \($0)") }
        view.series += reader.surfaceNames.map { .init(name: "surface/\($0)", label: "wall of \($0)") }
        view.tell("status", reader.status)
        view.tell("cells", reader.axes.map { "\($0.cellCount)" }.joined(separator: " × "))
        view.tell("snapshots", "\(reader.snapshotCount)")
        for (name, value) in reader.attributes.sorted(by: { $0.key < $1.key })
        where !Self.hidden.contains(name) {
            view.tell(name.replacing("_", with: " "), value.description)
        }
        view.tell("case", reader.caseText)
        return view
    }

    private static let hidden: Set = ["case", "title", "format", "format_version", "status"]

    func field(_ request: FieldRequest) throws -> FieldPlane {
        try FieldRequest.check(request.time, reader.snapshotCount, "snapshot")
        let stored = StoredFields(reader: reader, snapshot: request.time)
        let values = try cache.values("\(request.name) \(request.time)") { try stored.values(request.name) }
        let plane = try FieldPlane(values, cells: cells, request)
        return request.name == Quantity.schlieren.name ? try shades(of: plane, request) : plane
    }

    func body(_ request: FieldRequest) throws -> FieldPlane? {
        try FieldRequest.check(request.time, reader.snapshotCount, "snapshot")
        let stored = StoredFields(reader: reader, snapshot: request.time)
        let moves = reader.fieldNames.contains("signed_distance")
        let values = try cache.values("body \(moves ? request.time : 0)") {
            try stored.signedDistance() ?? []
        }
        return values.isEmpty ? nil : try FieldPlane(values, cells: cells, request)
    }

    func series(_ name: String) throws -> [SeriesColumn] {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("history", nil): return .init(try reader.history(), first: "time")
        case ("probe", let probe?) where reader.probeNames.contains(probe):
            return .init(try reader.probe(probe), first: "time")
        case ("forces", let body?) where reader.forceNames.contains(body):
            return .init(try reader.forces(body), first: "time")
        case ("surface", let body?) where reader.surfaceNames.contains(body):
            return .init(try reader.surface(body), first: "arc_length")
        default: throw ToolError("this run has no series \"\(name)\"")
        }
    }

    private var cells: [Int] { reader.axes.map(\.cellCount) }

    /// |∇ρ| as shades; along a line, where no shade would be seen, as it is.
    private func shades(of gradient: FieldPlane, _ request: FieldRequest) throws -> FieldPlane {
        guard gradient.height > 1 else { return gradient }
        let axes = zip(Direction.allCases, reader.axes).filter {
            reader.axes.count < 3 || $0.0 != request.slice
        }
        let plane = try Plane(
            values: gradient.values, width: gradient.width, height: gradient.height, x: extent(axes[0].1),
            y: extent(axes[1].1))
        var result = gradient
        result.values = try Schlieren.shades(of: plane).values
        return result
    }

    private func extent(_ axis: RunAxis) -> ClosedRange<Double> {
        (axis.faces.first ?? 0)...(axis.faces.last ?? 1)
    }
}

extension [SeriesColumn] {
    /// Columns with `first` at the front.
    init(_ columns: [String: [Double]], first: String) { self = SeriesColumn.ordered(columns, first: first) }
}
