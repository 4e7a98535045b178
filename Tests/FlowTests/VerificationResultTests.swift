import Flow
import Foundation
import Testing

/// Results of a case that is not advanced beyond one tiny step.
private func results(_ names: String..., cells: String, lower: String = "[-1.0, -1.0]", initial: String)
    throws
    -> [String: Double]
{
    let flowCase = try CaseReader.read(
        text: """
            [domain]
            cells = \(cells)
            lower = \(lower)
            upper = [1.0, 1.0]
            [boundaries]
            x = "periodic"
            y = "periodic"
            [initial]
            \(initial)
            [numerics]
            storage = "float64"
            time_step = 1e-9
            [time]
            end = 1e-9
            """
    ).flowCase
    return try CaseVerifier(flowCase, results: names).run()
}

@Test("A rotating flow is symmetric under rotation and not under mirrors") func rotation() throws {
    let found = try results(
        "symmetry.rotate", "symmetry.mirror_x", "symmetry.swap", cells: "[16, 16]",
        initial: """
            density = 1.0
            velocity = ["-y*exp(-8*(x^2 + y^2))", "x*exp(-8*(x^2 + y^2))"]
            pressure = 1.0
            """)
    #expect((found["symmetry.rotate"] ?? .nan) < 1e-12)
    #expect((found["symmetry.mirror_x"] ?? .nan) > 1)
    #expect((found["symmetry.swap"] ?? .nan) > 1)
}

@Test("A flow that is the same in x and y is symmetric under their swap only") func swap() throws {
    let found = try results(
        "symmetry.rotate", "symmetry.mirror_y", "symmetry.swap", cells: "[16, 16]",
        initial: """
            density = "1 + 0.1*exp(-8*((x - 0.3)^2 + (y - 0.3)^2))"
            velocity = ["0.1*y^2*(1 - y^2)", "0.1*x^2*(1 - x^2)"]
            pressure = 1.0
            """)
    #expect((found["symmetry.swap"] ?? .nan) < 1e-12)
    #expect((found["symmetry.mirror_y"] ?? .nan) > 1e-3)
    #expect((found["symmetry.rotate"] ?? .nan) > 1e-3)
}

@Test("A disc of dense gas has its front at its radius") func shockRadius() throws {
    let found = try results(
        "shock.radius", "maximum.density", "mean.velocity_x", cells: "[80, 80]", lower: "[0.0, 0.0]",
        initial: """
            density = "2 - tanh((hypot(x, y) - 0.5)/0.05)"
            velocity = [0.25, 0.0]
            pressure = 1.0
            """)
    #expect(abs((found["shock.radius"] ?? .nan) - 0.5) < 0.01)
    #expect(abs((found["maximum.density"] ?? .nan) - 3) < 1e-6)
    #expect(abs((found["mean.velocity_x"] ?? .nan) - 0.25) < 1e-6)
}

@Test("Names of all results are unique") func uniqueNames() throws {
    let flowCase = try CaseReader.read(
        text: """
            [domain]
            cells = [8, 8, 8]
            lower = [0.0, 0.0, 0.0]
            upper = [1.0, 1.0, 1.0]
            [boundaries]
            x = "periodic"
            y = "periodic"
            z = "periodic"
            [initial]
            density = 1.0
            pressure = 1.0
            [time]
            end = 1.0
            """
    ).flowCase
    let names = ResultRegistry.results(of: flowCase).map(\.name)
    #expect(Set(names).count == names.count)
}
