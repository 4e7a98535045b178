import Figures
import Foundation
import Serving
import ViewPage

/// The routes of the page and of what it asks for.
package struct ViewServer: Sendable {
    private let files: [ViewedFile]
    private let events = EventStream()

    /// Opens files. Throws `ToolError`, `ArchiveError`, `TrainingError` for the first that cannot be shown.
    package init(_ paths: [String]) throws { files = try paths.map { try ViewedFile($0, among: paths) } }

    /// Tells open pages about files that have changed.
    package func lookForChanges() {
        for (number, file) in files.enumerated() where file.refresh() { events.send("changed", "\(number)") }
    }

    /// Finds out about pages that are gone.
    package func sendHeartbeat() { events.sendHeartbeat() }

    /// What is served.
    package var routes: [Route] {
        ViewPage.files.map { file in Route(file.path) { _ in Response(file.data, type: file.type) } } + [
            Route("api/files") { _ in try json(files.map(Listed.init)) },
            Route("api/colors") { _ in try json(ColorTables.all) },
            Route("api/events") { _ in .events(events) },
            asking("api/describe") { file, _ in try json(try file.viewed.description()) },
            asking("api/field") { file, query in binary(try file.viewed.field(FieldRequest(query))) },
            asking("api/body") { file, query in binary(try file.viewed.body(FieldRequest(query))) },
            asking("api/range") { file, query in
                let range = try file.viewed.range(FieldRequest(query))
                return try json(range.map { [$0.lowerBound, $0.upperBound] } ?? [])
            },
            asking("api/series") { file, query in try json(try file.viewed.series(query["name"] ?? "")) },
            asking("api/figure") { file, query in
                Response(try file.viewed.figure(query["name"] ?? ""), type: "image/svg+xml")
            },
            asking("api/page") { file, _ in
                Response(
                    Data(try file.viewed.page().utf8), type: "text/html; charset=utf-8",
                    policy: Self.pagePolicy)
            },
        ]
    }

    /// A page that was rendered brings its own styles and pictures, and may run nothing and ask for nothing.
    private static let pagePolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"

    private struct Listed: Encodable {
        let name: String
        let version: Int

        init(_ file: ViewedFile) {
            name = (file.path as NSString).lastPathComponent
            version = file.version
        }
    }

    private struct Problem: Encodable {
        let message: String
        let advice: String?
    }

    /// A route about one of the files.
    private func asking(
        _ path: String, _ answer: @escaping @Sendable (ViewedFile, [String: String]) throws -> Response
    ) -> Route {
        Route(path) { reply($0, answer) }
    }

    private func reply(
        _ request: Request, _ answer: (ViewedFile, [String: String]) throws -> Response
    ) -> Response {
        do {
            let number = Int(request.query["file"] ?? "0") ?? -1
            try FieldRequest.check(number, files.count, "file")
            return try answer(files[number], request.query)
        } catch {
            let problem = ToolError(error)
            let text = try? JSONEncoder().encode(Problem(message: problem.message, advice: problem.advice))
            return .json(text ?? Data(), status: problem.status == .badInput ? 400 : 500)
        }
    }

    private func json(_ value: some Encodable) throws -> Response { .json(try JSONEncoder().encode(value)) }

    private func binary(_ plane: FieldPlane?) -> Response {
        Response(plane?.encoded ?? Data(), type: "application/octet-stream")
    }
}

/// The colour maps of the figures as tables of 256 colours.
enum ColorTables {
    struct Table: Encodable {
        var name: String
        /// 256 times rrggbb.
        var colors: String
    }

    static var all: [Table] {
        ColorMap.all.map { map in
            Table(
                name: map.name,
                colors: map.table(count: 256).map { pixel in
                    let digits = String(pixel & 0xFFFFFF, radix: 16)
                    return String(repeating: "0", count: 6 - digits.count) + digits
                }.joined())
        }
    }
}
