import Geometry

/// Values of a snapshot between cell centres, linearly interpolated along each axis.
struct FlowInterpolation {
    let domain: Domain
    let fluid: FluidCells
    let values: [Double]

    init(_ snapshot: FlowSnapshot, _ field: String) {
        domain = snapshot.domain
        fluid = snapshot.fluid
        values = snapshot.field(field)
    }

    /// The value at a point, from those cells around it that hold gas; nil where none does. Beyond the outermost
    /// centres the outermost value holds.
    func value(at point: Point) -> Double? {
        var lower = [0, 0, 0]
        var share = [0.0, 0.0, 0.0]
        for axis in 0..<domain.rank {
            let place = (point[axis] - domain.lower[axis]) / domain.spacing(axis) - 0.5
            let inside = min(max(place, 0), Double(domain.cells[axis] - 1))
            lower[axis] = min(Int(inside), domain.cells[axis] - 2)
            share[axis] = inside - Double(lower[axis])
        }
        var (sum, total) = (0.0, 0.0)
        for corner in 0..<1 << domain.rank {
            var (cell, weight, stride) = (0, 1.0, 1)
            for axis in 0..<domain.rank {
                let upper = corner >> axis & 1
                cell += (lower[axis] + upper) * stride
                weight *= upper == 1 ? share[axis] : 1 - share[axis]
                stride *= domain.cells[axis]
            }
            guard weight > 0, fluid.contains(cell) else { continue }
            sum += weight * values[cell]
            total += weight
        }
        return total > 0 ? sum / total : nil
    }

    /// Values every quarter of a cell from a point along a unit vector while it is in the domain and in the gas.
    func line(from start: Point, along direction: Point) -> [(place: Double, value: Double)] {
        let step = (domain.spacings.min() ?? 1) / 4
        var result: [(place: Double, value: Double)] = []
        for index in 0... {
            let point = start + Double(index) * step * direction
            let isInside = (0..<domain.rank).allSatisfy {
                point[$0] >= domain.lower[$0] - 1e-12 && point[$0] <= domain.upper[$0] + 1e-12
            }
            guard isInside, let value = value(at: point) else { break }
            result.append((Double(index) * step, value))
        }
        return result
    }
}

/// The first place on a line where a value is passed, by linear interpolation; nil where it never is.
func firstCrossing(of level: Double, in line: [(place: Double, value: Double)]) -> Double? {
    for (before, after) in zip(line, line.dropFirst()) where (before.value < level) != (after.value < level) {
        return before.place + (level - before.value) / (after.value - before.value)
            * (after.place - before.place)
    }
    return nil
}
