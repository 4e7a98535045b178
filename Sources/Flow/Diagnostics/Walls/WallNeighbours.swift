import Geometry

/// A cell near a point of a wall, as a fit sees it.
struct WallNeighbour {
    /// The cell whose values are taken.
    var cell: Int
    /// From the wall point to the cell's centre, in cells along each axis.
    var offset: Point
    /// Bit a: the velocity along axis a changes sign, because the cell is seen in a mirror.
    var flips: UInt8
}

/// Finds the fluid cells in front of a wall point, around periodic sides and in the mirrors of slip walls.
struct WallNeighbours {
    private let domain: Domain
    private let fluid: FluidCells
    private let axes: [Axis]

    /// What lies beyond the ends of an axis.
    private struct Axis {
        var isPeriodic: Bool
        var lowerMirrors: Bool
        var upperMirrors: Bool

        init(_ boundaries: AxisBoundaries) {
            if case .periodic = boundaries.lower.kind { isPeriodic = true } else { isPeriodic = false }
            lowerMirrors = Self.isMirror(boundaries.lower)
            upperMirrors = Self.isMirror(boundaries.upper)
        }

        private static func isMirror(_ side: BoundarySpecification) -> Bool {
            if case .slipWall = side.kind { side.patches.isEmpty } else { false }
        }
    }

    init(_ flowCase: FlowCase, fluid: FluidCells) {
        domain = flowCase.domain
        self.fluid = fluid
        axes = flowCase.boundaries.map(Axis.init)
    }

    /// Cells within `radius` (in cells) of a wall point, on the side to which the normal points.
    func cells(near point: Point, normal: Point, radius: Double) -> [WallNeighbour] {
        var result: [WallNeighbour] = []
        let ranges = (0..<3).map { axis -> ClosedRange<Int> in
            guard axis < domain.rank else { return 0...0 }
            let place = (point[axis] - domain.lower[axis]) / domain.spacing(axis) - 0.5
            return Int((place - radius).rounded(.up))...Int((place + radius).rounded(.down))
        }
        for k in ranges[2] {
            for j in ranges[1] {
                for i in ranges[0] {
                    let indices = SIMD3(i, j, k)
                    let (offset, distance) = offset(of: indices, from: point, normal: normal)
                    guard (offset * offset).sum() < radius * radius, distance > 0,
                        let (cell, flips) = resolve(indices), fluid.contains(cell)
                    else { continue }
                    result.append(WallNeighbour(cell: cell, offset: offset, flips: flips))
                }
            }
        }
        return result
    }

    private func offset(of indices: SIMD3<Int>, from point: Point, normal: Point) -> (Point, Double) {
        var (offset, distance) = (Point(repeating: 0), 0.0)
        for axis in 0..<domain.rank {
            let away = domain.center(axis, indices[axis]) - point[axis]
            offset[axis] = away / domain.spacing(axis)
            distance += away * normal[axis]
        }
        return (offset, distance)
    }

    /// The cell inside of the domain that an index stands for; nil where nothing is known beyond a side.
    private func resolve(_ indices: SIMD3<Int>) -> (cell: Int, flips: UInt8)? {
        var (cell, flips, stride) = (0, UInt8(0), 1)
        for axis in 0..<domain.rank {
            let count = domain.cells[axis]
            var index = indices[axis]
            if index < 0 || index >= count {
                if axes[axis].isPeriodic {
                    index = (index % count + count) % count
                } else if index < 0 ? axes[axis].lowerMirrors : axes[axis].upperMirrors {
                    index = index < 0 ? -1 - index : 2 * count - 1 - index
                    flips ^= 1 << UInt8(axis)
                } else {
                    return nil
                }
            }
            guard index >= 0, index < count else { return nil }
            cell += index * stride
            stride *= count
        }
        return (cell, flips)
    }
}
