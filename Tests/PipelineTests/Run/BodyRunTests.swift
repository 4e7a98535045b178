import Archive
import Foundation
import Testing

@Suite("Bodies in a run")
struct BodyRunTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    static let cylinder = """
        [case]
        title = "Cylinder"
        [gas]
        viscosity = 0.01
        [domain]
        cells = [48, 40]
        lower = [-1.2, -1.0]
        upper = [1.2, 1.0]
        [boundaries]
        x = { lower = { kind = "inflow", density = 1.4, velocity = [2.0, 0.0], pressure = 1.0 }, upper = "outflow" }
        y = "outflow"
        [initial]
        density = 1.4
        velocity = [2.0, 0.0]
        pressure = 1.0
        [[body]]
        name = "front"
        shape = "circle"
        center = [-0.4, 0.03]
        radius = 0.3
        [[body]]
        name = "rear"
        shape = "circle"
        center = [0.5, 0.0]
        radius = 0.2
        wall = "no-slip"
        [time]
        end = 1.0
        maximum_steps = 12
        [output]
        history_every = 2
        """

    @Test("Geometry, forces and walls are in the file and agree with each other")
    func complete() throws {
        _ = try place.write(Self.cylinder)
        #expect(try place.run("case.toml", "run.h5").code == 0)
        let reader = try RunFileReader(place.file("run.h5"))
        let geometry = try #require(try reader.geometry())
        #expect(zip(geometry.signedDistance, geometry.mask).allSatisfy { $0 > 0 || $1 == 0 })
        #expect(reader.forceNames == ["front", "rear"])
        for name in reader.forceNames {
            let forces = try reader.forces(name)
            #expect(forces["time"]?.count == (try reader.history()["time"]?.count))
            for column in ["force_x", "moment_z", "drag", "lift_coefficient"] {
                #expect(forces[column]?.count == forces["time"]?.count, "\(column)")
            }
            #expect(forces["drag"] == forces["force_x"])
            #expect((forces["viscous_force_x"]?.last == 0) == (name == "front"))
            let wall = try reader.surface(name)
            let (area, normal) = (try #require(wall["area"]), try #require(wall["normal_x"]))
            let (pressure, extra) = (
                try #require(wall["pressure"]), try #require(wall["entropic_pressure"])
            )
            let sum = area.indices.reduce(0) { $0 - area[$1] * normal[$1] * (pressure[$1] + extra[$1]) }
            let force = try #require(forces["pressure_force_x"]?.last)
            #expect(abs(sum / force - 1) < 0.02, "\(name): \(sum), \(force)")
            #expect(try reader.forceAttributes(name)["reference_speed"]?.real == 2)
        }
    }

    @Test("A run with bodies that stopped after every step is, bit for bit, one that did not")
    func resumed() throws {
        _ = try place.write(Self.cylinder)
        #expect(try place.run("case.toml", "whole.h5").code == 0)
        var result: Tool.Result
        var calls = 0
        repeat {
            result = try place.run("case.toml", "pieces.h5", set: ["time.wall_budget=1e-9"], "--resume")
            calls += 1
        } while result.code == 130 && calls < 20
        #expect(result.code == 0)
        let (pieces, whole) = (try place.datasets("pieces.h5"), try place.datasets("whole.h5"))
        #expect(pieces == whole)
        #expect(whole.keys.contains("/surface/rear/pressure_coefficient"))
    }

    @Test("A body inside of another one, which no gas touches, does no harm")
    func hidden() throws {
        _ = try place.write(Self.cylinder.replacing("center = [0.5, 0.0]", with: "center = [-0.4, 0.03]"))
        #expect(try place.run("case.toml", "run.h5").code == 0)
        let reader = try RunFileReader(place.file("run.h5"))
        #expect(try reader.forces("rear")["drag"]?.allSatisfy { $0 == 0 } == true)
        #expect(reader.surfaceNames == ["front"])
        #expect(try Tool.run("plot", place.file("run.h5"), "--forces").code == 0)
    }

    @Test("Forces and walls are drawn and told; a run without bodies says so")
    func shown() throws {
        _ = try place.write(Self.cylinder)
        #expect(try place.run("case.toml", "run.h5").code == 0)
        let run = place.file("run.h5")
        for subject in ["forces", "surface"] {
            #expect(try Tool.run("plot", run, "--\(subject)").code == 0)
            #expect(try place.contents().contains("run-\(subject).png"))
        }
        #expect(try Tool.run("plot", run, "--field", "vorticity_z").code == 0)
        #expect(try Tool.run("plot", run, "--forces", "--surface").code == 2)
        let info = try Tool.run("info", run)
        #expect(info.output.contains("mean Cd"))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(try Tool.run("info", run, "--json").output.utf8))
                as? [String: Any])
        #expect((object["bodies"] as? [[String: Any]])?.count == 2)
        #expect(object["format"] as? String == "hugoniot-run")
        _ = try place.write(TinyCase.tube, as: "tube.toml")
        #expect(try place.run("tube.toml", "tube.h5").code == 0)
        let none = try Tool.run("plot", place.file("tube.h5"), "--forces")
        #expect(none.code == 2)
        #expect(none.errors.contains("no bodies"))
    }
}
