import Numerics

/// The solid inside closed lines, a prism without ends along z.
///
/// |φ| is the exact distance to the nearest segment; φ < 0 where the lines wind around a point, counted by
/// the segments that cross the half-line from the point along x.
public struct OutlineShape: Shape {
    /// The lines.
    public let outline: Outline
    /// The box of the lines, without end along z.
    public let bounds: Bounds
    private let segments: TriangleTree

    /// The solid inside an outline.
    public init(_ outline: Outline) {
        self.outline = outline
        bounds = outline.bounds
        segments = TriangleTree(
            outline.loops.flatMap { loop in
                loop.indices.map { index in
                    let next = loop[(index + 1) % loop.count]
                    return Triangle(a: loop[index], b: next, c: next)
                }
            })
    }

    /// The signed distance to the lines.
    public func distance(to point: Point) -> Double {
        let flat = Point(point.x, point.y, 0)
        let distance = segments.distance(to: flat)
        return isInside(flat) ? -distance : distance
    }

    /// Always.
    public var isExact: Bool { true }

    /// How often the lines wind around a point.
    public func windingNumber(at point: Point) -> Int {
        let place = segments.frame.enter(Point(point.x, point.y, 0))
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: BoxTree.stackSize) { stack in
            segments.crossings(rightOf: place, stack)
        }
    }

    private func isInside(_ point: Point) -> Bool { windingNumber(at: point) != 0 }

    /// φ at all cells; a cell has the sign of its neighbour where the lines are farther away than that.
    public func distances(on grid: SampleGrid, workers: Workers) -> [Float] {
        guard grid.rank == 2 else { return ShapeSampler.pointwise(self, on: grid, workers: workers) }
        let step = Float(grid.spacing(0) * 1.000_01)
        let box = bounds
        return TriangleSweep(tree: segments, grid: grid).fill(workers: workers) { cell, output in
            let distance = Float(cell.distance)
            if cell.column > 0, abs(output[cell.index - 1]) > step {
                return output[cell.index - 1] < 0 ? -distance : distance
            }
            return box.contains(cell.point) && isInside(cell.point) ? -distance : distance
        }
    }
}

extension TriangleTree {
    /// Segments that cross the half-line along x from a point of the frame: +1 upwards, −1 downwards.
    fileprivate func crossings(rightOf place: Point, _ stack: UnsafeMutableBufferPointer<Int32>) -> Int {
        let (x, y) = (Float(place.x), Float(place.y))
        var sum = 0
        stack[0] = 0
        var count = 1
        while count > 0 {
            count -= 1
            let node = tree.nodes[Int(stack[count])]
            // Beyond the cube single precision may lose the point; nothing is there to be crossed.
            let isMet = (node.lowerY .<= y) .& (node.upperY .>= y) .& (node.upperX .>= x)
            for lane in 0..<node.count where isMet[lane] {
                let child = node.children[lane]
                if child >= 0 {
                    stack[count] = child
                    count += 1
                } else {
                    let block = blocks[Int(~child)]
                    for index in 0..<block.count { sum += block[index].crossing(rightOf: place) }
                }
            }
        }
        return sum
    }
}

extension Triangle {
    /// Of the segment from a to b: +1, −1, or 0 where it does not cross.
    fileprivate func crossing(rightOf point: Point) -> Int {
        guard (a.y <= point.y) != (b.y <= point.y) else { return 0 }
        let rises = b.y > a.y
        let side = cross(b - a, point - a).z
        if rises { return side > 0 ? 1 : 0 }
        return side < 0 ? -1 : 0
    }
}
