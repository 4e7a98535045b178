import Archive
import Flow
import Foundation

/// Fields of a snapshot: those in the file, and those that follow from them.
struct StoredFields {
    let reader: RunFileReader
    let snapshot: Int

    /// What can be derived, and the stored fields that it takes.
    private var derivable: [(name: String, needs: [String])] {
        let velocity = Array(["velocity_x", "velocity_y", "velocity_z"].prefix(reader.axes.count))
        return [
            ("speed", velocity), ("mach", velocity + ["density", "pressure"]),
            ("temperature", ["density", "pressure"]),
            ("schlieren", ["density"]),
        ] + (reader.axes.count == 2 ? [("vorticity_z", velocity)] : [])
    }

    /// Everything that can be asked for.
    var names: [String] {
        let derived = derivable.filter { $0.needs.allSatisfy(reader.fieldNames.contains) }.map(\.name)
        return reader.fieldNames + derived.filter { !reader.fieldNames.contains($0) }
    }

    /// The values of a field, C order, x fastest.
    ///
    /// - Throws: `ToolError` for a field that is neither stored nor follows from stored ones, `ArchiveError`.
    func values(_ name: String) throws -> [Float] {
        if reader.fieldNames.contains(name) { return try reader.field(name, snapshot: snapshot) }
        guard names.contains(name) else {
            let guess = nearestWord(to: name, among: names).map { "did you mean \"\($0)\"?" }
            throw ToolError(
                "\(reader.path) has no field \"\(name)\"; it has \(names.joined(separator: ", "))",
                advice: guess)
        }
        switch name {
        case "speed": return try speedSquared().map { $0.squareRoot() }
        case "mach":
            let (density, pressure) = (try values("density"), try values("pressure"))
            let gamma = Float(try gas().gamma)
            return try speedSquared().enumerated().map { index, square in
                (square * density[index] / (gamma * pressure[index])).squareRoot()
            }
        case "temperature":
            let inverse = Float(1 / (try gas().gasConstant))
            return zip(try values("pressure"), try values("density")).map { $0 / $1 * inverse }
        case "vorticity_z": return try vorticity()
        default: return try values("density")
        }
    }

    private func gas() throws -> Gas {
        try CaseReader.read(text: reader.caseText, file: reader.path).flowCase.gas
    }

    private func speedSquared() throws -> [Float] {
        var squares = [Float](repeating: 0, count: reader.fieldShape.reduce(1, *))
        for name in ["velocity_x", "velocity_y", "velocity_z"].prefix(reader.axes.count) {
            let component = try values(name)
            for index in squares.indices { squares[index] += component[index] * component[index] }
        }
        return squares
    }

    /// ∂v/∂x − ∂u/∂y by central differences, one-sided at the edges.
    private func vorticity() throws -> [Float] {
        let (u, v) = (try values("velocity_x"), try values("velocity_y"))
        let (x, y) = (reader.axes[0].centers, reader.axes[1].centers)
        var result = [Float](repeating: 0, count: u.count)
        for row in y.indices {
            let (low, high) = (max(row - 1, 0), min(row + 1, y.count - 1))
            for cell in x.indices {
                let (left, right) = (max(cell - 1, 0), min(cell + 1, x.count - 1))
                let alongX = (v[row * x.count + right] - v[row * x.count + left]) / Float(x[right] - x[left])
                let alongY = (u[high * x.count + cell] - u[low * x.count + cell]) / Float(y[high] - y[low])
                result[row * x.count + cell] = alongX - alongY
            }
        }
        return result
    }
}
