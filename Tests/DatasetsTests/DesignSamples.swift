import Datasets
import Foundation
import Schema

/// Sweep files for tests.
enum SweepText {
    /// A case with a constant, a circle and 24 × 16 cells.
    static let flowCase = """
        [base.case.constants]
        mach = 2.0
        [base.case.gas]
        gamma = 1.4
        [base.case.domain]
        cells = [24, 16]
        lower = [-1.5, -1.0]
        upper = [1.5, 1.0]
        [base.case.boundaries]
        x = { lower = { kind = "inflow", density = 1.4, velocity = ["mach", 0.0], pressure = 1.0 }, upper = "outflow" }
        y = "outflow"
        [base.case.initial]
        density = 1.4
        velocity = ["mach", 0.0]
        pressure = 1.0
        [[base.case.body]]
        shape = "circle"
        radius = 0.3
        center = [0.0, 0.0]
        [base.case.time]
        end = 2.0

        """

    /// A sweep over this case.
    static func sweep(
        design: String = "samples = 16\nseed = 3", parameters: String = "mach = { uniform = [1.5, 4.0] }",
        task: String = "kind = \"steady\"", more: String = ""
    ) -> String {
        flowCase + "[design]\n\(design)\n[parameters]\n\(parameters)\n[task]\n\(task)\n\(more)\n"
    }

    /// Three families of bodies.
    static let families = """
        [[geometry]]
        family = "blob"
        radius = [0.2, 0.4]
        [[geometry]]
        family = "naca"
        name = "airfoils"
        chord = 0.8
        angle = [-5, 10]
        [[geometry]]
        family = "nurbs"
        radius = 0.3

        """

    /// The campaign of a text.
    static func campaign(_ text: String) throws -> Campaign { try Campaign.read(text: text) }

    /// What is wrong with a text, without the names of file and line.
    static func problems(_ text: String, file: String = "sweep.toml") -> [String] {
        do throws(InvalidInput) {
            _ = try Campaign.read(text: text, file: file)
            return []
        } catch { return error.diagnostics.map(\.description) }
    }
}

/// A folder that is gone when the test is.
final class ScratchFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("hugoniot-\(UUID())").path

    init(_ files: [String: String]) throws {
        for (name, content) in files {
            let file = URL(fileURLWithPath: path + "/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
