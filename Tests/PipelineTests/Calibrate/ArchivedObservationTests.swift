import Archive
import Foundation
import Testing

@Suite("Observations from HDF5 files") struct ArchivedObservationTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        let file = try HDF5File.create(place.file("d.h5"))
        try file.root.createDataset("level", [1.0, 2, 3, 4])
        try file.root.createDataset("when", [0.0, 1, 2, 3])
        try file.root.createDataset("error", [0.1, 0.1, 0.2, 0.2])
        try file.root.createDataset("covariance", [1.0, 0.5, 0.5, 1], shape: [2, 2])
        try file.close()
    }

    private func calibrate(_ observations: String) throws -> (result: Tool.Result, report: [String: Any]) {
        _ = try place.write(
            """
            [model]
            kind = "expression"
            outputs = { y = "a + b*t" }
            [parameters.a]
            lower = 0.0
            upper = 5.0
            [parameters.b]
            lower = 0.0
            upper = 5.0
            [[observations]]
            \(observations)
            [method]
            name = "hybrid"
            budget = 100
            """, as: "c.toml")
        let result = try Tool.run(
            "calibrate", place.file("c.toml"), "--output", place.file("c.h5"), "--json")
        let report = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return (result, report ?? [:])
    }

    @Test("Any dataset is read with its coordinates and errors")
    func dataset() throws {
        let found = try calibrate(
            """
            file = "d.h5"
            dataset = "/level"
            output = "y"
            coordinates = { t = "/when" }
            sigma_dataset = "/error"
            """)
        let best = (found.report["best"] as? [String: Any])?["parameters"] as? [String: Double]
        #expect(
            abs((best?["a"] ?? 0) - 1) < 1e-6 && abs((best?["b"] ?? 0) - 1) < 1e-6, "\(found.result.errors)")
        #expect(found.report["observations"] as? Int == 4)
        #expect((found.report["predictive"] as? [String: Any])?["fitted"] as? Double == 1)
    }

    @Test("A covariance is read, and has to have the size of its observations")
    func covariance() throws {
        let observed = """
            file = "d.h5"
            dataset = "level"
            output = "y"
            covariance = "d.h5"
            """
        let wrong = try calibrate(observed)
        #expect(wrong.result.code == 2)
        #expect(wrong.result.errors.contains("4 observations need 4 rows of 4 numbers"))
        let right = try calibrate(observed + "\nevery = 2\ncoordinates = { t = \"when\" }")
        #expect(right.result.code == 0, "\(right.result.errors)")
    }

    @Test("A dataset that is not there is told with what there is")
    func missing() throws {
        let found = try calibrate("file = \"d.h5\"\ndataset = \"depth\"\noutput = \"y\"")
        #expect(found.result.code == 2)
        #expect(found.result.errors.contains("no dataset 'depth'") && found.result.errors.contains("level"))
        #expect(found.result.errors.contains("c.toml:"))
    }

    @Test("A run tells its probes, and fields at points")
    func run() throws {
        _ = try place.write(
            """
            [domain]
            cells = [40]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "outflow"
            [initial]
            density = 1.0
            velocity = [0.0]
            pressure = 1.0
            [[initial.region]]
            where = "x > 0.5"
            density = 0.125
            pressure = 0.1
            [[probe]]
            name = "p"
            position = [0.7]
            [time]
            end = 0.1
            """, as: "sod.toml")
        let run = try Tool.run("run", place.file("sod.toml"), "--output", place.file("sod.h5"))
        #expect(run.code == 0, "\(run.errors)")
        _ = try place.write(
            """
            [model]
            kind = "case"
            case = "sod.toml"
            [parameters."gas.gamma"]
            lower = 1.2
            upper = 1.6
            [[observations]]
            file = "sod.h5"
            outputs = ["p.pressure"]
            sigma = 0.01
            [[observations]]
            file = "sod.h5"
            outputs = ["field.pressure"]
            points = [[0.3], [0.6]]
            sigma = 0.01
            [method]
            name = "hybrid"
            budget = 30
            precision = 1e-6
            """, as: "c.toml")
        let result = try Tool.run(
            "calibrate", place.file("c.toml"), "--output", place.file("c.h5"), "--json")
        #expect(result.code == 0, "\(result.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let best = (report?["best"] as? [String: Any])?["parameters"] as? [String: Double]
        #expect(abs((best?["gas.gamma"] ?? 0) - 1.4) < 0.01)
        #expect((report?["observations"] as? Int ?? 0) > 10)
    }
}
