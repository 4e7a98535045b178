/// The generalised winding number of triangles: the part of the full solid angle that they cover as seen from
/// a point, 1 inside a closed surface, 0 outside, and in between near a surface that is not closed (Jacobson,
/// Kavan & Sorkine-Hornung 2013, doi:10.1145/2461912.2461916).
///
/// Far parts of the tree are expanded to second order about their centres (Barill et al. 2018,
/// doi:10.1145/3197517.3201337): with r from the point to the centre, A = Σ a and M = Σ (c − centre) ⊗ a over
/// area vectors a and centroids c, the solid angle is A·r/r³ + tr M/r³ − 3 r·M r/r⁵.
struct WindingNumber: Sendable {
    typealias Lane = SIMD8<Float>

    /// The moments of eight children of a node.
    private struct Moments: Sendable {
        var x = Lane(repeating: 1e3), y = Lane(repeating: 1e3), z = Lane(repeating: 1e3)
        /// (Thrice the radius)²: nearer than that the children are opened.
        var reach = Lane(repeating: 0)
        var areaX = Lane(), areaY = Lane(), areaZ = Lane()
        var xx = Lane(), yy = Lane(), zz = Lane(), xy = Lane(), yz = Lane(), zx = Lane()
    }

    private let surface: TriangleTree
    private let moments: [Moments]

    init(_ surface: TriangleTree) {
        self.surface = surface
        var sums = Array(repeating: AreaMoments(), count: surface.tree.nodes.count)
        var moments = Array(repeating: Moments(), count: surface.tree.nodes.count)
        // Children come after their parents.
        for index in surface.tree.nodes.indices.reversed() {
            let node = surface.tree.nodes[index]
            var parts: [AreaMoments] = []
            for lane in 0..<node.count {
                let child = Int(node.children[lane])
                parts.append(child < 0 ? AreaMoments(surface.blocks[~child]) : sums[child])
                Self.store(parts[lane], in: &moments[index], lane)
            }
            sums[index] = AreaMoments(parts)
        }
        self.moments = moments
    }

    private static func store(_ part: AreaMoments, in moments: inout Moments, _ lane: Int) {
        moments.x[lane] = Float(part.center.x)
        moments.y[lane] = Float(part.center.y)
        moments.z[lane] = Float(part.center.z)
        // Rounded up: a part that was taken for smaller than it is would be expanded inside itself.
        moments.reach[lane] = Float(9 * part.radius * part.radius) * 1.00001 + 1e-12
        moments.areaX[lane] = Float(part.area.x)
        moments.areaY[lane] = Float(part.area.y)
        moments.areaZ[lane] = Float(part.area.z)
        moments.xx[lane] = Float(part.first.0.x)
        moments.yy[lane] = Float(part.first.1.y)
        moments.zz[lane] = Float(part.first.2.z)
        moments.xy[lane] = Float(part.first.0.y + part.first.1.x)
        moments.yz[lane] = Float(part.first.1.z + part.first.2.y)
        moments.zx[lane] = Float(part.first.2.x + part.first.0.z)
    }

    /// The winding number at a point of the case.
    func callAsFunction(at point: Point) -> Double {
        guard !surface.isEmpty else { return 0 }
        let place = surface.frame.enter(point)
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: BoxTree.stackSize) { stack in
            surface.tree.nodes.withUnsafeBufferPointer { nodes in
                moments.withUnsafeBufferPointer { moments in
                    solidAngle(at: place, nodes, moments, stack) / (4 * .pi)
                }
            }
        }
    }

    private func solidAngle(
        at place: Point, _ nodes: UnsafeBufferPointer<BoxTree.Node>, _ moments: UnsafeBufferPointer<Moments>,
        _ stack: UnsafeMutableBufferPointer<Int32>
    ) -> Double {
        let at = SIMD3<Float>(place)
        var sum = 0.0
        stack[0] = 0
        var count = 1
        while count > 0 {
            count -= 1
            let index = Int(stack[count])
            let opened = Self.expand(moments[index], at, &sum)
            for lane in 0..<nodes[index].count where opened[lane] {
                let child = nodes[index].children[lane]
                if child < 0 {
                    let block = surface.blocks[Int(~child)]
                    for triangle in 0..<block.count { sum += block[triangle].solidAngle(from: place) }
                } else {
                    stack[count] = child
                    count += 1
                }
            }
        }
        return sum
    }

    /// Adds the children that are far; says which ones are near.
    @inline(__always)
    private static func expand(
        _ part: Moments, _ at: SIMD3<Float>, _ sum: inout Double
    ) -> SIMDMask<SIMD8<Int32>> {
        let x = part.x - at.x, y = part.y - at.y, z = part.z - at.z
        let square = x * x + y * y + z * z
        let isNear = square .<= part.reach
        let inverse = 1 / square.replacing(with: 1, where: isNear)
        let dipole = part.areaX * x + part.areaY * y + part.areaZ * z + part.xx + part.yy + part.zz
        let diagonal = part.xx * x * x + part.yy * y * y + part.zz * z * z
        let mixed = part.xy * x * y + part.yz * y * z + part.zx * z * x
        let angle = (dipole - 3 * inverse * (diagonal + mixed)) * inverse * inverse.squareRoot()
        sum += Double(angle.replacing(with: 0, where: isNear).sum())
        return isNear
    }
}

/// Sums over triangles: where their area lies, how far they reach, and the first moments of area vectors.
private struct AreaMoments {
    var center = Point()
    var radius = 0.0
    /// Σ |a|.
    var size = 0.0
    /// Σ a.
    var area = Point()
    /// Σ (c − center) ⊗ a, one row a component of c − center.
    var first = (Point(), Point(), Point())

    init() {}

    init(_ block: TriangleBlock) {
        let triangles = (0..<block.count).map { block[$0] }
        let sizes = triangles.map { dot($0.areaVector, $0.areaVector).squareRoot() }
        setCenter(of: zip(triangles, sizes).map { ($0.centroid, $1) })
        for triangle in triangles {
            add(triangle.areaVector, at: triangle.centroid)
            for corner in [triangle.a, triangle.b, triangle.c] {
                radius = max(radius, dot(corner - center, corner - center).squareRoot())
            }
        }
    }

    init(_ parts: [AreaMoments]) {
        setCenter(of: parts.map { ($0.center, $0.size) })
        for part in parts {
            let away = part.center - center
            add(part.area, at: part.center)
            first.0 += part.first.0
            first.1 += part.first.1
            first.2 += part.first.2
            radius = max(radius, dot(away, away).squareRoot() + part.radius)
        }
    }

    private mutating func setCenter(of parts: [(place: Point, weight: Double)]) {
        size = parts.reduce(0) { $0 + $1.weight }
        let plain = parts.reduce(Point()) { $0 + $1.place } / Double(max(parts.count, 1))
        center = size > 0 ? parts.reduce(Point()) { $0 + $1.weight * $1.place } / size : plain
    }

    private mutating func add(_ vector: Point, at place: Point) {
        let away = place - center
        area += vector
        first.0 += away.x * vector
        first.1 += away.y * vector
        first.2 += away.z * vector
    }
}
