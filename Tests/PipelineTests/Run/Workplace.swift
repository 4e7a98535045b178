import Archive
import Foundation

/// A folder with cases and runs that lives as long as one test.
final class Workplace {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hugoniot-run-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func contents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Bytes of a file; 0 where there is none.
    func size(_ name: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file(name))[.size] as? Int) ?? 0
    }

    /// Writes a case file and returns its path.
    func write(_ text: String, as name: String = "case.toml") throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    /// Runs a case; `sets` are `--set` values.
    func run(_ name: String, _ output: String, set sets: [String] = [], _ more: String...) throws
        -> Tool.Result
    {
        let overrides = sets.flatMap { ["--set", $0] }
        return try Tool.run(["run", file(name), "--output", file(output)] + overrides + more)
    }

    /// All datasets of a run file by path, but the wall-clock times, which no two runs share.
    func datasets(_ name: String) throws -> [String: [Double]] {
        let root = try HDF5File.open(file(name)).root
        let facts = try FileInspector.inspect(file(name)).datasets.filter {
            $0.path != "/history/wall_seconds"
        }
        return try Dictionary(
            uniqueKeysWithValues: facts.map {
                ($0.path, try root.dataset(String($0.path.dropFirst())).read())
            })
    }
}

/// Cases that take no time.
enum TinyCase {
    static let tube = """
        [case]
        title = "Tube"
        [domain]
        cells = [64]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "outflow"
        [initial]
        density = "if(x < 0.5, 1, 0.125)"
        pressure = "if(x < 0.5, 1, 0.1)"
        [time]
        end = 0.1
        [output]
        every = 0.03
        history_every = 5
        [[probe]]
        name = "wall"
        position = [0.9]
        every_steps = 3
        """

    static let moving = """
        [case]
        title = "A paddle"
        [domain]
        cells = [72, 64]
        lower = [0.0, 0.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "periodic"
        y = "wall"
        [initial]
        density = 1.4
        pressure = 1.0
        [[body]]
        name = "paddle"
        shape = "ellipse"
        center = [0.5, 0.5]
        radii = [0.3, 0.1]
        motion = { angle = "300*t", displacement = ["0.1*t", 0.0], pivot = [0.5, 0.5] }
        [numerics]
        threads = 2
        [time]
        end = 1.0
        [output]
        every_steps = 4
        fields = ["density", "velocity", "vorticity_z"]
        """

    static let square = """
        [case]
        title = "Square"
        [domain]
        cells = [72, 64]
        lower = [0.0, 0.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "periodic"
        y = "wall"
        [initial]
        density = "1 + 0.5*sin(2*pi*x)*cos(pi*y)"
        velocity = ["0.3*cos(2*pi*y)", "0.2*sin(2*pi*x)*sin(pi*y)"]
        pressure = 1.0
        [numerics]
        threads = 2
        [time]
        end = 1.0
        maximum_steps = 11
        [output]
        every_steps = 4
        times = [0.011]
        fields = ["density", "velocity", "vorticity_z", "schlieren", "mach", "temperature", "entropic_pressure"]
        history_every = 4
        """

    static let cube = """
        [domain]
        cells = [16, 12, 8]
        lower = [0.0, 0.0, 0.0]
        upper = [1.0, 0.75, 0.5]
        [boundaries]
        x = "periodic"
        y = "periodic"
        z = "periodic"
        [initial]
        density = "1 + 0.2*sin(2*pi*x)"
        velocity = [0.5, 0.0, 0.0]
        pressure = 1.0
        [time]
        end = 0.02
        """
}
