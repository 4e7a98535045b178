import Flow
import Foundation
import Geometry
import Schema
import Testing

@Suite struct BodyTests {
    private let domain = """
        domain = { cells = [16, 16], lower = [-1, -1], upper = [1, 1] }
        boundaries = { x = "periodic", y = "periodic" }
        initial = { density = 1, pressure = 1 }
        time = { end = 1 }

        """
    private let circle = "[[body]]\nshape = \"circle\"\nradius = 0.5\ncenter = [0, 0]\n"

    private func bodies(_ text: String) throws -> [Body] {
        try CaseReader.read(text: domain + text).flowCase.bodies
    }

    private func problems(_ text: String) -> [String] {
        do throws(InvalidInput) {
            _ = try CaseReader.read(text: domain + text)
            return []
        } catch { return error.diagnostics.map(\.description) }
    }

    @Test func aBodyHasASlipWallAndASharpSurfaceByDefault() throws {
        let body = try #require(try bodies(circle).first)
        #expect(body.name == "body-1" && body.wall == .slip && body.representation == .sdf)
        #expect(body.shape.distance(to: Point(1, 0, 0)) == 0.5)
    }

    @Test func wallsAndRepresentationsAreRead() throws {
        let read = try bodies(
            circle + "wall = \"no-slip\"\n" + circle
                + "wall = \"no-slip\"\ntemperature = 2\nrepresentation = \"mask\"\nname = \"hot\"\n")
        #expect(read.map(\.wall) == [.noSlip(temperature: nil), .noSlip(temperature: 2)])
        #expect(read.map(\.representation) == [.sdf, .mask])
        #expect(read.map(\.name) == ["body-1", "hot"])
    }

    @Test func namesAreUniqueAndServeAsNamesOfGroups() throws {
        #expect(try bodies(circle + "name = \"body-2\"\n" + circle).map(\.name) == ["body-2", "body-3"])
        let twice = problems(circle + "name = \"a\"\n" + circle + "name = \"a\"")
        #expect(twice == ["case.toml:14:8: body.1.name: \"a\" is the name of another body"])
        #expect(problems(circle + "name = \"a/b\"").first?.contains("\"a/b\" is no name") == true)
    }

    @Test func aSlipWallHasNoTemperature() {
        #expect(
            problems(circle + "temperature = 2") == [
                "case.toml:9:15: body.0.temperature: a slip wall has no temperature; write wall = \"no-slip\""
            ])
    }

    @Test func aMotionIsReadAndPlacesTheBody() throws {
        let text = circle + "motion = { displacement = [\"0.5*t\", 0.1], angle = \"90*t\", pivot = [1, 0] }"
        let body = try #require(try bodies(text).first)
        let later = body.moved(to: 1)
        // Turned about (1, 0) by a right angle the centre is at (1, -1), then displaced.
        #expect(abs(later.shape.distance(to: Point(1.5, -0.9, 0)) + 0.5) < 1e-12)
        #expect(body.shape.distance(to: Point(0, 0.1, 0)) == -0.5)
    }

    @Test func motionsThatMoveNothingOrTurnOutOfThePlaneAreRefused() {
        #expect(
            problems(circle + "motion = { pivot = [1, 0] }") == [
                "case.toml:9:1: body.0.motion: moves nothing; set displacement or angle, or remove the table"
            ])
        #expect(
            problems(circle + "motion = { angle = \"t\", axis = [0, 0, 1] }") == [
                "case.toml:9:32: body.0.motion.axis: a rotation in two dimensions has no axis; remove the key"
            ])
        #expect(
            problems(circle + "motion = { angle = \"x\" }").first?.contains("unknown name \"x\"") == true)
    }

    /// Writes a file beside a case and reads the case.
    private func problems(file: String, _ content: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hugoniot-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(content.utf8).write(to: folder.appendingPathComponent(file))
        let text = domain + "[[body]]\nshape = \"file\"\npath = \"wing.csv\"\n"
        do throws(InvalidInput) {
            _ = try CaseReader.read(text: text, file: folder.appendingPathComponent("case.toml").path)
            return []
        } catch { return error.diagnostics.map(\.message) }
    }

    @Test func aFileIsFoundFromTheFolderOfTheCase() throws {
        #expect(try problems(file: "wing.csv", "0,0\n0.5,0\n0,0.5\n").isEmpty)
        let missing = try problems(file: "other.csv", "")
        #expect(missing.count == 1 && missing[0].hasSuffix("/wing.csv"))
    }

    @Test func aFileInAnotherUnitThanTheDomainIsRefused() throws {
        let found = try problems(file: "wing.csv", "0,0\n500,0\n0,500\n")
        #expect(found.count == 1 && found[0].contains("scale = 0.001 mends it"))
    }

    @Test func aMistakeInAFileNamesFileAndLine() throws {
        let found = try problems(file: "wing.csv", "0,0\n0.5,0\n0,abc\n")
        #expect(found.count == 1 && found[0].contains("wing.csv:3: "))
    }

    @Test func aSolidOfThreeDimensionsDoesNotFitIntoAPlane() {
        let found = problems("[[body]]\nshape = \"sphere\"\nradius = 1\ncenter = [0, 0, 0]")
        #expect(found.count == 1 && found[0].contains("\"sphere\" needs three dimensions"))
    }
}
