import Figures
import Serving

/// Which values are asked for.
struct FieldRequest: Sendable, Hashable {
    var name = ""
    /// The number of the snapshot or of the time of a rollout.
    var time = 0
    /// The number of the sample in the dataset.
    var sample = 0
    /// truth, prediction or error; empty where there is only one.
    var part = ""
    /// The cut through a field in space.
    var slice = Direction.z
    /// The number of the layer of cells that is cut.
    var layer = 0

    /// Reads the query of a request. Throws `ToolError` for what is not a number or a direction.
    init(_ query: [String: String]) throws {
        name = query["name"] ?? ""
        part = query["part"] ?? ""
        time = try Self.number("time", query)
        sample = try Self.number("sample", query)
        layer = try Self.number("layer", query)
        guard let direction = Direction(rawValue: query["slice"] ?? "z") else {
            throw ToolError("slice must be x, y or z")
        }
        slice = direction
    }

    private static func number(_ name: String, _ query: [String: String]) throws -> Int {
        guard let text = query[name] else { return 0 }
        guard let number = Int(text), number >= 0 else {
            throw ToolError("\(name) must be a whole number from 0")
        }
        return number
    }

    /// Throws `ToolError` where a list has no entry of this number.
    static func check(_ number: Int, _ count: Int, _ what: String) throws {
        guard (0..<count).contains(number) else {
            throw ToolError(
                count == 0
                    ? "there is no \(what)" : "there is no \(what) \(number); there are 0 to \(count - 1)")
        }
    }
}
