import Geometry
import Numerics

/// All bodies of a case as one solid, with what the solver asks of its surface.
struct BodySet: Sendable {
    let bodies: [Body]
    /// The smallest cell size: what "near" means.
    let width: Double
    let rank: Int

    init(_ flowCase: FlowCase) {
        bodies = flowCase.bodies
        width = flowCase.domain.spacings.min() ?? 1
        rank = flowCase.domain.rank
    }

    /// φ of the union.
    func distance(to point: Point) -> Double {
        var least = Double.infinity
        for body in bodies { least = min(least, body.shape.distance(to: point)) }
        return least
    }

    /// The body whose surface is nearest to a point of the union's surface.
    func owner(of point: Point) -> Int {
        var owner = 0
        var least = Double.infinity
        for (index, body) in bodies.enumerated() {
            let distance = body.shape.distance(to: point)
            if distance < least { (owner, least) = (index, distance) }
        }
        return owner
    }

    /// ∇φ, by central differences over a small part of a cell.
    func gradient(at point: Point) -> Point {
        let step = 1e-4 * width
        var gradient = Point(repeating: 0)
        for axis in 0..<rank {
            var (below, above) = (point, point)
            below[axis] -= step
            above[axis] += step
            gradient[axis] = (distance(to: above) - distance(to: below)) / (2 * step)
        }
        return gradient
    }

    /// A point of the surface and the unit normal there, out of the solid.
    struct SurfacePoint {
        var position: Point
        var normal: Point
    }

    /// The surface point that the gradient leads to; the nearest one where φ is a distance.
    /// - Returns: nil where the gradient leads nowhere.
    func surfacePoint(from start: Point) -> SurfacePoint? {
        var position = start
        for _ in 0..<40 {
            let value = distance(to: position)
            if abs(value) < 1e-9 * width { break }
            let slope = gradient(at: position)
            let square = (slope * slope).sum()
            guard square > 1e-6 else { return nil }
            position -= slope * (value / square)
        }
        guard abs(distance(to: position)) < 1e-3 * width else { return nil }
        return normal(at: position).map { SurfacePoint(position: position, normal: $0) }
    }

    /// Where the surface crosses the line from a point in the fluid to one in the solid.
    /// - Returns: nil where φ does not change its sign in between.
    func crossing(from outside: Point, to inside: Point) -> SurfacePoint? {
        var (out, within) = (outside, inside)
        guard distance(to: out) >= 0, distance(to: within) < 0 else { return nil }
        for _ in 0..<40 {
            let middle = (out + within) / 2
            if distance(to: middle) < 0 { within = middle } else { out = middle }
        }
        return normal(at: out).map { SurfacePoint(position: out, normal: $0) }
    }

    /// The unit normal at a surface point, seen from outside, where a sharp edge has one too.
    private func normal(at position: Point) -> Point? {
        let slope = gradient(at: position)
        let length = (slope * slope).sum().squareRoot()
        return length > 0.1 ? slope / length : nil
    }

    /// The second derivatives of φ just outside a surface point: the curvature of the wall. Zero at corners,
    /// which have none.
    func curvature(at surface: SurfacePoint) -> SymmetricTensor {
        var tensor = SymmetricTensor()
        let centre = surface.position + width * surface.normal
        let step = width / 2
        for axis in 0..<rank {
            var (below, above) = (centre, centre)
            below[axis] -= step
            above[axis] += step
            let change = (gradient(at: above) - gradient(at: below)) / (2 * step)
            for other in 0..<rank { tensor.add(change[other] / 2, axis, other) }
        }
        return tensor.largest * width > 0.5 ? SymmetricTensor() : tensor
    }
}

/// A symmetric tensor of rank two in up to three dimensions.
package struct SymmetricTensor: Sendable {
    private var diagonal = SIMD3<Double>(repeating: 0)
    /// xy, xz, yz.
    private var mixed = SIMD3<Double>(repeating: 0)

    package init() {}

    /// Adds to component (i, j); a mixed one is the sum of both halves.
    package mutating func add(_ value: Double, _ i: Int, _ j: Int) {
        if i == j { diagonal[i] += 2 * value } else { mixed[i + j - 1] += value }
    }

    /// The magnitude of the largest component.
    var largest: Double {
        max(abs(diagonal.x), abs(diagonal.y), abs(diagonal.z), abs(mixed.max()), abs(mixed.min()))
    }

    /// vᵀ H v.
    @inline(__always) func quadratic<Scalar: Real>(_ v: Components<Scalar>) -> Scalar {
        let x = v[0].double
        let y = v[1].double
        let z = v[2].double
        let sum =
            diagonal.x * x * x + diagonal.y * y * y + diagonal.z * z * z
            + 2 * (mixed.x * x * y + mixed.y * x * z + mixed.z * y * z)
        return Scalar(double: sum)
    }
}
