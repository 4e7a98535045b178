import Archive
import Foundation
import Testing

/// A tiny operator of a wedge, in the place of the solver and beside it.
@Suite("Calibration on an operator", .serialized) struct OperatorCalibrationTests {
    private nonisolated(unsafe) static let prepared = Result {
        let place = try Workplace()
        _ = try place.write(
            """
            [constants]
            mach = 2.5
            angle = 12.0
            [domain]
            cells = [24, 16]
            lower = [-0.25, 0.0]
            upper = [1.25, 1.0]
            [boundaries]
            x = { lower = { kind = "inflow", density = 1.4, velocity = ["mach", 0.0], pressure = 1.0 }, upper = "outflow" }
            y = { lower = "wall", upper = "outflow" }
            [initial]
            density = 1.4
            velocity = ["mach", 0.0]
            pressure = 1.0
            [[body]]
            name = "wedge"
            shape = "polygon"
            points = [[0.0, 0.0], [2.0, -1.0], [2.0, "2*tan(angle*pi/180)"]]
            [time]
            end = 0.5
            """, as: "wedge.toml")
        _ = try place.write(
            """
            [base]
            case = "wedge.toml"
            [design]
            samples = 10
            [parameters]
            mach = { uniform = [2.0, 3.0] }
            angle = { uniform = [8.0, 16.0] }
            [task]
            kind = "steady"
            tolerance = 1e-12
            [inputs]
            channels = ["sdf", "mask", "mach"]
            [outputs]
            channels = ["density", "velocity", "pressure"]
            """, as: "s.toml")
        _ = try place.write(
            """
            [data]
            file = "d.h5"
            [model]
            kind = "fno"
            modes = [4, 4]
            width = 8
            layers = 2
            [training]
            epochs = 20
            batch = 2
            learning_rate = 1e-2
            """, as: "t.toml")
        for words in [
            ["sweep", place.file("s.toml"), "--output", place.file("d.h5")],
            ["train", place.file("t.toml"), "--output", place.file("m.safetensors")],
        ] {
            let result = try Tool.run(words)
            #expect(result.code == 0, "\(result.errors)")
        }
        return place
    }

    private func calibrate(_ model: String, mach: String = "lower = 2.1\nupper = 2.9") throws -> (
        result: Tool.Result, report: [String: Any]
    ) {
        let place = try Self.prepared.get()
        _ = try place.write(
            """
            \(model)
            [parameters.mach]
            \(mach)
            [parameters.angle]
            lower = 9.0
            upper = 15.0
            [[observations]]
            output = "surface.wedge.pressure"
            file = "o.csv"
            [[observations]]
            output = "field.pressure"
            file = "f.csv"
            [method]
            name = "hybrid"
            budget = 60
            precision = 1e-4
            [posterior]
            sampler = "hamiltonian"
            draws = 10
            leaps = 3
            predictive_draws = 4
            """, as: "c.toml")
        _ = try place.write("x,value,sigma\n0.5,2.0,0.2\n0.9,2.0,0.2\n", as: "o.csv")
        _ = try place.write("x,y,value,sigma\n0.8,0.4,1.5,0.3\n1.0,0.8,1.0,0.3\n", as: "f.csv")
        let result = try Tool.run(
            "calibrate", place.file("c.toml"), "--output", place.file("c.h5"), "--json", "--overwrite")
        let report = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return (result, report ?? [:])
    }

    private let alone = """
        [model]
        kind = "surrogate"
        model = "m.safetensors"
        case = "wedge.toml"
        dataset = "d.h5"
        """

    @Test("An operator stands alone, and its gradient draws from the posterior")
    func standsAlone() throws {
        let found = try calibrate(alone)
        #expect(found.result.code == 0, "\(found.result.errors)")
        let estimates = found.report["parameters"] as? [[String: Any]] ?? []
        #expect(estimates.allSatisfy { ($0["interval"] as? [Double])?.count == 2 }, "\(found.result.output)")
    }

    @Test("In the loop the report tells of true runs and errors")
    func inTheLoop() throws {
        let found = try calibrate(
            """
            [model]
            kind = "case"
            case = "wedge.toml"
            [surrogate]
            kind = "surrogate"
            model = "m.safetensors"
            rounds = 2
            checks = 1
            """)
        #expect(found.result.code == 0, "\(found.result.errors)")
        let loop = try #require(found.report["surrogate"] as? [String: Any])
        let runs = loop["true_runs"] as? Int ?? 0
        #expect(runs == 2 || runs == 4)
        #expect((loop["errors"] as? [Double])?.count == 2)
        let log = try String(
            contentsOfFile: try Self.prepared.get().file("c.calibration/evaluations.jsonl"), encoding: .utf8)
        #expect(log.split(separator: "\n").count >= runs + 1)
    }

    @Test("Outside of the range of its training it is not believed")
    func range() throws {
        let found = try calibrate(alone, mach: "lower = 3.5\nupper = 4.0")
        #expect(found.result.code == 1)
        #expect(found.result.output.contains("where the surrogate was validated"))
    }

    @Test("A parameter that it does not see is refused")
    func unseen() throws {
        let found = try calibrate(alone + "\n[parameters.\"gas.gamma\"]\nlower = 1.3\nupper = 1.5")
        #expect(found.result.code == 2)
        #expect(found.result.errors.contains("does not see the parameter \"gas.gamma\""))
    }
}
