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

    /// ∂v/∂x − ∂u/∂y by central differences, one-sided at the edges and beside bodies; 0 inside of these.
    private func vorticity() throws -> [Float] {
        let (u, v) = (try values("velocity_x"), try values("velocity_y"))
        let (x, y) = (reader.axes[0].centers, reader.axes[1].centers)
        let isFluid = try fluidTest()
        var result = [Float](repeating: 0, count: u.count)
        for row in y.indices {
            for cell in x.indices where isFluid(row * x.count + cell) {
                let index = row * x.count + cell
                let alongX = slope(v, x, index, cell, stride: 1, isFluid)
                let alongY = slope(u, y, index, row, stride: x.count, isFluid)
                result[index] = alongX - alongY
            }
        }
        return result
    }

    /// Whether a cell holds gas at this time.
    private func fluidTest() throws -> (Int) -> Bool {
        if reader.fieldNames.contains(FlowField.signedDistance.name) {
            let distance = try values(FlowField.signedDistance.name)
            return { distance[$0] >= 0 }
        }
        guard let mask = try reader.geometry()?.mask else { return { _ in true } }
        return { mask[$0] != 0 }
    }

    /// φ of the bodies at this time; nil where there are none.
    func signedDistance() throws -> [Float]? {
        reader.fieldNames.contains(FlowField.signedDistance.name)
            ? try values(FlowField.signedDistance.name) : try reader.geometry()?.signedDistance
    }

    /// The difference over the neighbours that hold gas, at `position` along a line.
    private func slope(
        _ values: [Float], _ centers: [Double], _ index: Int, _ position: Int, stride: Int,
        _ isFluid: (Int) -> Bool
    ) -> Float {
        let low = position > 0 && isFluid(index - stride) ? 1 : 0
        let high = position + 1 < centers.count && isFluid(index + stride) ? 1 : 0
        guard low + high > 0 else { return 0 }
        let distance = centers[position + high] - centers[position - low]
        return (values[index + high * stride] - values[index - low * stride]) / Float(distance)
    }
}
