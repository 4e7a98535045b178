import Flow
import Geometry

/// Takes what was observed from predicted fields: every observation is a weighted sum of cells of one channel.
struct SurrogateSampler {
    /// A weighted sum of cells of a channel.
    struct Row {
        var channel: Int
        var cells: [(cell: Int, weight: Double)]
    }

    /// One for each place of each output.
    private(set) var rows: [String: [Row]] = [:]

    /// - Parameters:
    ///   - flowCase: The case on the grid of the fields.
    ///   - mask: 1 where a cell is fluid.
    ///   - channels: The predicted channels.
    init(_ flowCase: FlowCase, places: [SurrogatePlace], mask: [UInt8], channels: [String]) {
        let walls =
            places.contains { if case .surface = $0.output { true } else { false } }
            ? BodyForces(flowCase) : nil
        for place in places {
            guard let channel = channels.firstIndex(of: place.channel) else { continue }
            var cells: [(cell: Int, weight: Double)] = []
            switch place.output {
            case .surface(let body, _):
                cells = walls.map { Self.wall($0.pressureWeights(body: body), near: place.coordinates) } ?? []
            case .probe(let probe, _):
                cells = Self.field(flowCase.domain, flowCase.probes[probe].position, mask)
            default:
                let position = ["x", "y", "z"].prefix(flowCase.domain.rank).map { place.coordinates[$0] ?? 0 }
                cells = Self.field(flowCase.domain, position, mask)
            }
            var list = rows[place.name, default: []]
            while list.count <= place.index { list.append(Row(channel: channel, cells: [])) }
            list[place.index] = Row(channel: channel, cells: cells)
            rows[place.name] = list
        }
    }

    /// The outputs of predicted fields: channel, (z,) y, x. NaN where no fluid is near.
    func outputs(_ fields: [Float], points: Int) -> [String: [Double]] {
        rows.mapValues { rows in
            rows.map { row in
                guard !row.cells.isEmpty else { return .nan }
                return row.cells.reduce(0) { $0 + $1.weight * Double(fields[row.channel * points + $1.cell]) }
            }
        }
    }

    /// What the fields' cotangents are for those of outputs.
    func cotangents(_ outputs: [String: [Double]], channels: Int, points: Int) -> [Float] {
        var result = [Float](repeating: 0, count: channels * points)
        for (name, values) in outputs {
            for (row, value) in zip(rows[name] ?? [], values) {
                for (cell, weight) in row.cells {
                    result[row.channel * points + cell] += Float(weight * value)
                }
            }
        }
        return result
    }

    /// Linear between the centres of the fluid cells around a point.
    private static func field(
        _ domain: Domain, _ position: [Double], _ mask: [UInt8]
    ) -> [(cell: Int, weight: Double)] {
        var corners = [(cell: 0, weight: 1.0)]
        var stride = 1
        for axis in 0..<domain.rank {
            let count = domain.cells[axis]
            let place = (position[axis] - domain.lower[axis]) / domain.spacing(axis) - 0.5
            let inside = min(max(place, 0), Double(count - 1))
            let lower = min(Int(inside), max(0, count - 2))
            let share = inside - Double(lower)
            let upper = min(lower + 1, count - 1)
            let below = corners.map { (cell: $0.cell + lower * stride, weight: $0.weight * (1 - share)) }
            let above = corners.map { (cell: $0.cell + upper * stride, weight: $0.weight * share) }
            corners = below + above
            stride *= count
        }
        let fluid = corners.filter { $0.weight > 0 && mask[$0.cell] == 1 }
        let total = fluid.reduce(0) { $0 + $1.weight }
        return fluid.map { ($0.cell, $0.weight / total) }
    }

    /// Between the two surface elements nearest to those of x, y, z that are given, by their distances.
    private static func wall(
        _ elements: [(center: Point, cells: [(cell: Int, weight: Double)])],
        near coordinates: [String: Double]
    ) -> [(cell: Int, weight: Double)] {
        let wanted: [Double?] = ["x", "y", "z"].map { coordinates[$0] }
        let distances = elements.map { element -> Double in
            var sum = 0.0
            for (axis, place) in wanted.enumerated() {
                guard let place else { continue }
                sum += (element.center[axis] - place) * (element.center[axis] - place)
            }
            return sum
        }
        let order = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(2)
        guard order.count == 2 else { return elements.first?.cells ?? [] }
        let (near, far) = (distances[order[0]].squareRoot(), distances[order[1]].squareRoot())
        let share = near + far > 0 ? near / (near + far) : 0
        var cells = elements[order[0]].cells.map { (cell: $0.cell, weight: $0.weight * (1 - share)) }
        cells += elements[order[1]].cells.map { (cell: $0.cell, weight: $0.weight * share) }
        return cells
    }
}

/// An observation as an operator's fields show it.
struct SurrogatePlace {
    /// The output's name, and which number of it.
    var name: String
    var index: Int
    /// What it is of the case.
    var output: FlowOutput
    /// The predicted channel.
    var channel: String
    /// x, y, z.
    var coordinates: [String: Double]
}
