import Foundation

/// A plankton model as a program that speaks the external-model protocol: one JSON object a line on standard input, one
/// reply a line on standard output. `plankton --twin FOLDER` writes the calibration that it is an example of.
@main enum Plankton {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        if words.first == "--twin", let folder = words.dropFirst().first {
            return try PlanktonTwin.write(to: folder, seed: 51)
        }
        while let line = readLine() {
            guard let request = try? JSONDecoder().decode(Request.self, from: Data(line.utf8)) else {
                continue
            }
            if request.op == "stop" { break }
            let reply = request.op == "describe" ? Reply.description : answer(request)
            let data = try JSONEncoder().encode(reply)
            FileHandle.standardOutput.write(data + [10])
        }
    }

    private static func answer(_ request: Request) -> Reply {
        let values = request.parameters ?? [:]
        guard let parameters = PlanktonParameters(values), let site = PlanktonSite(values) else {
            return Reply(id: request.id, error: "a parameter or a setting of the site is missing")
        }
        guard let outputs = PlanktonModel(parameters, site: site).run() else {
            return Reply(id: request.id, error: "a pool grows beyond all bounds")
        }
        return Reply(id: request.id, outputs: outputs)
    }

    private struct Request: Decodable {
        var op: String?
        var id: Int?
        var parameters: [String: Double]?
    }

    private struct Reply: Encodable {
        struct Parameter: Encodable {
            var name: String
            var lower, upper: Double
            var scale = "log"
        }

        var id: Int?
        var outputs: [String: [Double]]?
        var error: String?
        var parameters: [Parameter]?

        static let description = Reply(
            parameters: PlanktonParameters.entries.map {
                Parameter(name: $0.name, lower: $0.lower, upper: $0.upper)
            })
    }
}
