import Archive
import Foundation
import Pipeline
import Serving

/// Small files of every kind that the viewer shows, and a page about them without a network.
struct ViewWorkplace {
    let place: Workplace
    init() throws { place = try Workplace() }

    /// A title that would run, were it ever taken for markup.
    static let evil = "<img src=x onerror=\"window.owned=true\"><script>window.owned=true</script>"

    /// A run with a disc in it: density grows along x, pressure along y, both with time.
    func run(
        _ name: String = "run.h5", cells: [Int] = [6, 4], snapshots: Int = 3, title: String = "A run",
        fields: [String] = ["density", "pressure", "velocity_x", "velocity_y"]
    ) throws -> String {
        let axes = zip(["x", "y", "z"], cells).map {
            RunAxis.uniform(name: $0, cells: $1, lower: 0, upper: 1)
        }
        let count = cells.reduce(1, *)
        let distance = (0..<count).map { Float($0 == 0 ? -1 : 1) }
        let description = RunFileDescription(
            caseText: "[gas]\ngamma = 1.4\n", storage: "float32", toolVersion: "0",
            attributes: ["title": .text(title)], axes: axes, fields: fields,
            geometry: RunGeometry(signedDistance: distance, mask: distance.map { $0 < 0 ? 0 : 1 }))
        let writer = try RunFileWriter(creating: place.file(name), description)
        for step in 0..<snapshots {
            let values = fields.enumerated().map { number, field in
                (
                    name: field,
                    values: (0..<count).map { cell -> Float in
                        let (column, row) = (cell % cells[0], cell / cells[0])
                        let wave = Float((column * (number + 1) + row * 3 + step * 5) % 97)
                        return count > 1000
                            ? 1 + wave / 97 : Float(number + 1) * Float(column) + 100 * Float(step)
                    }
                )
            }
            try writer.appendSnapshot(time: 0.5 * Double(step), step: step, fields: values)
            try writer.appendHistory([("step", Double(step)), ("time", 0.5 * Double(step)), ("mass", 2)])
        }
        try writer.finish(sidecar: false)
        return place.file(name)
    }

    /// A steady dataset of two samples and one channel each way.
    func dataset(_ name: String = "data.h5", channel: String = "density") throws -> String {
        let axes = ["x", "y"].map { RunAxis.uniform(name: $0, cells: 3, lower: 0, upper: 1) }
        let writer = try DatasetFileWriter(
            creating: place.file(name),
            DatasetDescription(
                task: .steady, axes: axes, inputChannels: ["sdf"], outputChannels: [channel],
                parameters: [DatasetParameter("mach")],
                samples: [2.0, 3.0].map { DatasetSampleOrigin(parameters: [$0], geometry: "disc") },
                splits: [DatasetSplit("train", [0]), DatasetSplit("test", [1])], toolVersion: "0"))
        for sample in 0..<2 {
            let values = (0..<9).map { Float($0 + 10 * sample) }
            try writer.write(
                DatasetSample(
                    inputs: values, outputs: values, signedDistance: values.map { $0 + 1 },
                    mask: values.map { _ in 1 }),
                at: sample)
        }
        try writer.finish()
        return place.file(name)
    }

    /// Predictions of the second sample, all too large by one half.
    func predictions(_ name: String = "predicted.h5", of dataset: String) throws -> String {
        let writer = try PredictionFileWriter(
            creating: place.file(name),
            PredictionOrigin(
                modelSHA256: "", datasetSHA256: try Fingerprint.sha256(ofFile: dataset), split: "test",
                toolVersion: "0", channels: ["density"]), samples: [1], sampleShape: [1, 3, 3])
        try writer.append((0..<9).map { Float($0) + 10.5 }, latency: 0.001)
        try writer.finish()
        return place.file(name)
    }
}

/// What the page would get.
struct ViewClient {
    private let routes: [String: Route]

    init(_ paths: [String]) throws { self.init(try ViewServer(paths)) }

    init(_ server: ViewServer) { routes = Dictionary(server.routes.map { ($0.path, $0) }) { $1 } }

    func response(_ path: String, _ query: [String: String] = [:]) throws -> Response {
        guard let route = routes[path] else { throw ToolError("no route \(path)") }
        return try route.answer(to: Request(path: path, query: query))
    }

    func data(_ path: String, _ query: [String: String] = [:]) throws -> Data {
        let response = try response(path, query)
        guard response.status == 200, case .data(let data) = response.content else {
            throw ToolError("\(path) answered \(response.status)")
        }
        return data
    }

    func object(_ path: String, _ query: [String: String] = [:]) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: try data(path, query)) as? [String: Any] ?? [:]
    }

    func list(_ path: String, _ query: [String: String] = [:]) throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: try data(path, query)) as? [[String: Any]] ?? []
    }

    /// Width, height and values.
    func plane(_ path: String, _ query: [String: String]) throws -> (
        width: Int, height: Int, values: [Float]
    ) {
        let data = try data(path, query)
        let words = data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
        return (Int(words[0]), Int(words[1]), words.dropFirst(2).map { Float(bitPattern: $0) })
    }
}
