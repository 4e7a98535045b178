import Foundation
import Testing

@Suite("Calibrations of the solver", .serialized)
struct FlowCalibrationTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        _ = try place.write(Self.channel, as: "channel.toml")
        _ = try place.write(Self.diamond, as: "diamond.csv")
        _ = try place.write(
            "output,x,y,value,sigma\nfield.pressure,0.3,0.9,1.05,0.01\nfield.pressure,0.9,0.4,0.98,0.01\n",
            as: "seen.csv")
        _ = try place.write(
            """
            [calibration]
            title = "The stream past a diamond"
            [model]
            kind = "case"
            case = "channel.toml"
            [parameters.speed]
            lower = 0.2
            upper = 1.0
            [[observations]]
            file = "seen.csv"
            [method]
            name = "de-vs"
            budget = 40
            """, as: "c.toml")
    }

    private static let channel = """
        [constants]
        speed = 0.5
        [domain]
        cells = [32, 32]
        lower = [0.0, 0.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "outflow"
        y = "outflow"
        [initial]
        density = 1.4
        velocity = ["speed", 0.0]
        pressure = 1.0
        [[body]]
        name = "diamond"
        shape = "file"
        path = "diamond.csv"
        [time]
        end = 0.1
        """

    private static let diamond = "0.3,0.5\n0.5,0.3\n0.7,0.5\n0.5,0.7\n"

    private func arguments(_ output: String) -> [String] {
        ["calibrate", place.file("c.toml"), "--output", place.file(output)]
    }

    private func log(_ output: String) -> String {
        let path = place.file("\(output).calibration/evaluations.jsonl")
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    @Test(
        "What is edited while a calibration runs does not change it",
        arguments: ["channel.toml", "diamond.csv"])
    func edited(name: String) throws {
        #expect(try Tool.run(arguments("whole.h5")).code == 0)
        let process = try Tool.start(arguments("edited.h5"))
        // Another shape and another gas, which an evaluation would take without a word.
        while !log("edited").contains("\"run\": 1,"), process.isRunning { usleep(1000) }
        let (text, old, new) =
            name == "diamond.csv"
            ? (Self.diamond, "0.3", "0.2") : (Self.channel, "density = 1.4", "density = 2.8")
        _ = try place.write(text.replacing(old, with: new), as: name)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(log("edited").split(separator: "\n").count > 40)
        #expect(log("edited") == log("whole"))
    }

    @Test(
        "A calibration whose case or body has changed is not resumed, and is told which",
        arguments: [("channel.toml", "\n# A remark.\n"), ("diamond.csv", "\n")])
    func changed(name: String, addition: String) throws {
        #expect(try Tool.run(arguments("c.h5")).code == 0)
        let path = place.file(name)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        _ = try place.write(text + addition, as: name)
        let result = try Tool.run(arguments("c.h5") + ["--resume"])
        #expect(result.code == 2)
        #expect(result.errors.contains("\(name) changed since the calibration began"), "\(result.errors)")
        #expect(result.errors.contains("--overwrite"))
        // What it was is taken up again.
        _ = try place.write(text, as: name)
        #expect(try Tool.run(arguments("c.h5") + ["--resume"]).code == 0)
    }
}
