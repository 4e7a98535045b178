/// Eight triangles side by side; a block that is not full repeats its last one.
struct TriangleBlock: Sendable {
    typealias Lane = SIMD8<Double>

    private var ax = Lane(), ay = Lane(), az = Lane()
    private var bx = Lane(), by = Lane(), bz = Lane()
    private var cx = Lane(), cy = Lane(), cz = Lane()
    /// How many triangles there are, from 1 to 8.
    let count: Int

    init(_ triangles: some Collection<Triangle>) {
        count = triangles.count
        for (lane, triangle) in triangles.enumerated() {
            for target in lane..<(lane == triangles.count - 1 ? 8 : lane + 1) { set(target, triangle) }
        }
    }

    private mutating func set(_ lane: Int, _ triangle: Triangle) {
        (ax[lane], ay[lane], az[lane]) = (triangle.a.x, triangle.a.y, triangle.a.z)
        (bx[lane], by[lane], bz[lane]) = (triangle.b.x, triangle.b.y, triangle.b.z)
        (cx[lane], cy[lane], cz[lane]) = (triangle.c.x, triangle.c.y, triangle.c.z)
    }

    /// One triangle.
    subscript(lane: Int) -> Triangle {
        Triangle(
            a: Point(ax[lane], ay[lane], az[lane]), b: Point(bx[lane], by[lane], bz[lane]),
            c: Point(cx[lane], cy[lane], cz[lane]))
    }

    /// The squares of the distances from a point to the eight triangles: to the plane where the point's foot
    /// lies within, to the nearest edge elsewhere, also for triangles without area.
    ///
    /// Static and over a pointer, for a block is too large to be copied around.
    @inline(__always)
    static func squaredDistances(_ block: UnsafePointer<TriangleBlock>, to point: Point) -> Lane {
        let ax = block.pointee.ax, ay = block.pointee.ay, az = block.pointee.az
        let bx = block.pointee.bx, by = block.pointee.by, bz = block.pointee.bz
        let cx = block.pointee.cx, cy = block.pointee.cy, cz = block.pointee.cz
        let px = point.x - ax, py = point.y - ay, pz = point.z - az
        let qx = point.x - bx, qy = point.y - by, qz = point.z - bz
        let rx = point.x - cx, ry = point.y - cy, rz = point.z - cz
        let ux = bx - ax, uy = by - ay, uz = bz - az
        let vx = cx - bx, vy = cy - by, vz = cz - bz
        let wx = ax - cx, wy = ay - cy, wz = az - cz
        let nx = uz * wy - uy * wz, ny = ux * wz - uz * wx, nz = uy * wx - ux * wy

        let uu = ux * ux + uy * uy + uz * uz
        let vv = vx * vx + vy * vy + vz * vz
        let ww = wx * wx + wy * wy + wz * wz
        let nn = nx * nx + ny * ny + nz * nz
        var nearest = toSegment(ux, uy, uz, uu, px, py, pz)
        nearest = smaller(nearest, toSegment(vx, vy, vz, vv, qx, qy, qz))
        nearest = smaller(nearest, toSegment(wx, wy, wz, ww, rx, ry, rz))

        let besideU = triple(ux, uy, uz, nx, ny, nz, px, py, pz)
        let besideV = triple(vx, vy, vz, nx, ny, nz, qx, qy, qz)
        let besideW = triple(wx, wy, wz, nx, ny, nz, rx, ry, rz)
        let height = px * nx + py * ny + pz * nz
        let longest = larger(uu, larger(vv, ww))
        // Slivers a thousand-millionth as high as they are long have no normal to speak of.
        let isFlat = nn .<= 1e-18 * longest * longest
        let isAbove = (besideU .<= 0) .& (besideV .<= 0) .& (besideW .<= 0) .& .!isFlat
        return nearest.replacing(with: height * height / nn, where: isAbove)
    }

    /// The square of the distance to a segment along (ux, uy, uz) from its start, from which (x, y, z) leads.
    @inline(__always)
    private static func toSegment(
        _ ux: Lane, _ uy: Lane, _ uz: Lane, _ uu: Lane, _ x: Lane, _ y: Lane, _ z: Lane
    ) -> Lane {
        let along = ux * x + uy * y + uz * z
        let divisor = uu.replacing(with: 1, where: uu .<= 0)
        let t = smaller(larger(along / divisor, Lane(repeating: 0)), Lane(repeating: 1))
        let dx = x - t * ux, dy = y - t * uy, dz = z - t * uz
        return dx * dx + dy * dy + dz * dz
    }

    /// (u × n) · p: positive outside of the edge u of a triangle with normal n.
    @inline(__always)
    private static func triple(
        _ ux: Lane, _ uy: Lane, _ uz: Lane, _ nx: Lane, _ ny: Lane, _ nz: Lane,
        _ x: Lane, _ y: Lane, _ z: Lane
    ) -> Lane {
        (uy * nz - uz * ny) * x + (uz * nx - ux * nz) * y + (ux * ny - uy * nx) * z
    }
}

@inline(__always)
private func smaller(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
    a.replacing(with: b, where: b .< a)
}

@inline(__always)
private func larger(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
    a.replacing(with: b, where: a .< b)
}
