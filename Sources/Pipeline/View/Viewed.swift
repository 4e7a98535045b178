import Archive
import Foundation

/// A file as the page sees it. A new kind of file is one type and one line in `ViewedKind`.
protocol Viewed: Sendable {
    /// What there is to see.
    func description() throws -> ViewDescription
    /// Values of a field. Throws `ToolError` or `ArchiveError`.
    func field(_ request: FieldRequest) throws -> FieldPlane
    /// The signed distance to bodies in the same place; nil where there are none.
    func body(_ request: FieldRequest) throws -> FieldPlane?
    /// The least and the greatest value of a field over all times, outside of bodies.
    func range(_ request: FieldRequest) throws -> ClosedRange<Double>?
    /// The columns of a series; the first one is what the others are drawn over.
    func series(_ name: String) throws -> [SeriesColumn]
    /// A picture as SVG.
    func figure(_ name: String) throws -> Data
    /// The file as a page of HTML that runs no script.
    func page() throws -> String
}

extension Viewed {
    func field(_ request: FieldRequest) throws -> FieldPlane { throw ToolError("this file has no fields") }
    func body(_ request: FieldRequest) throws -> FieldPlane? { nil }
    func series(_ name: String) throws -> [SeriesColumn] {
        throw ToolError("this file has no series \"\(name)\"")
    }
    func figure(_ name: String) throws -> Data { throw ToolError("this file has no figure \"\(name)\"") }
    func page() throws -> String { throw ToolError("this file is no page") }

    func range(_ request: FieldRequest) throws -> ClosedRange<Double>? {
        var range: ClosedRange<Double>?
        var request = request
        for time in 0..<max(1, try description().times.count) {
            request.time = time
            let (plane, body) = (try field(request), try body(request))
            for (cell, value) in plane.values.enumerated()
            where value.isFinite && body.map({ $0.values[cell] >= 0 }) ?? true {
                let value = Double(value)
                guard let known = range else {
                    range = value...value
                    continue
                }
                if !known.contains(value) {
                    range = min(known.lowerBound, value)...max(known.upperBound, value)
                }
            }
        }
        return range
    }
}

/// A named list of numbers.
struct SeriesColumn: Encodable, Sendable {
    var name: String
    var label: String
    /// Nil for what is not finite, which JSON cannot tell.
    var values: [Double?]

    init(_ name: String, _ values: [Double], label: String? = nil) {
        self.name = name
        self.label = label ?? name.split(separator: "_").joined(separator: " ")
        self.values = values.map { $0.isFinite ? $0 : nil }
    }

    /// Columns with `first` at the front and the others in the order of their names.
    static func ordered(_ columns: [String: [Double]], first: String) -> [SeriesColumn] {
        let names = columns.keys.filter { $0 != first }.sorted()
        return ([first] + names).compactMap { name in columns[name].map { SeriesColumn(name, $0) } }
    }
}
