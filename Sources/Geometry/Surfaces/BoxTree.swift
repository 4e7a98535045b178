/// A tree of boxes, eight to a node, over items that lie in the cube of a ``SurfaceFrame``.
struct BoxTree: Sendable {
    typealias Lane = SIMD8<Float>

    /// The bounds of eight children: boxes along the case's axes, and boxes along axes of their own, which a
    /// surface fills much better. A child that is absent has a box nothing is near to.
    struct Node: Sendable {
        /// The unit vectors of a child's own box and how far it reaches along them.
        var first = Slab(), second = Slab(), third = Slab()
        /// A node's index, or `~leaf` for a leaf.
        var children = SIMD8<Int32>(repeating: 0)
        /// How many of the eight there are.
        var count = 0
        var lowerX = Lane(repeating: .infinity), upperX = Lane(repeating: .infinity)
        var lowerY = Lane(repeating: .infinity), upperY = Lane(repeating: .infinity)
        var lowerZ = Lane(repeating: .infinity), upperZ = Lane(repeating: .infinity)

        /// The squares of lower bounds of the distances to what the children hold.
        @inline(__always)
        static func squaredDistances(
            _ node: UnsafePointer<Node>, _ x: Float, _ y: Float, _ z: Float
        ) -> Lane {
            let first = node.pointee.first.distance(x, y, z)
            let second = node.pointee.second.distance(x, y, z)
            let third = node.pointee.third.distance(x, y, z)
            return first * first + second * second + third * third
        }
    }

    /// The space between two planes, for eight children.
    struct Slab: Sendable {
        var x = Lane(repeating: 0), y = Lane(repeating: 0), z = Lane(repeating: 0)
        var lower = Lane(repeating: .infinity), upper = Lane(repeating: .infinity)

        /// How far a point is outside.
        @inline(__always)
        func distance(_ atX: Float, _ atY: Float, _ atZ: Float) -> Lane {
            let along = x * atX + y * atY + z * atZ
            let below = lower - along
            let above = along - upper
            let outside = below.replacing(with: above, where: below .< above)
            return outside.replacing(with: 0, where: outside .< 0)
        }

        mutating func set(_ lane: Int, _ axis: SIMD3<Float>, _ reach: ClosedRange<Double>) {
            (x[lane], y[lane], z[lane]) = (axis.x, axis.y, axis.z)
            lower[lane] = Float(reach.lowerBound) - 3 * BoxTree.margin
            upper[lane] = Float(reach.upperBound) + 3 * BoxTree.margin
        }
    }

    /// Parents come before their children; the first is the root.
    private(set) var nodes: [Node]
    /// The items of each leaf: at most eight, as a part of ``order``.
    let leaves: [Range<Int>]
    /// The items, sorted by leaf.
    let order: [Int]

    /// Items in a leaf at most.
    static let leafSize = 8
    /// Boxes are a little too large, by more than single precision loses in the cube.
    static let margin: Float = 4e-7
    /// A bound for the nodes that wait while one path is walked.
    static let stackSize = 512

    /// A tree over boxes within the cube.
    init(_ boxes: [Bounds]) {
        var builder = BoxTreeBuilder(boxes)
        builder.build()
        nodes = builder.nodes
        leaves = builder.leaves
        order = builder.items.map { Int($0.index) }
    }

    /// Gives every child a box along axes of its own.
    /// - Parameters:
    ///   - axes: three unit vectors across each other, for a set of items.
    ///   - extent: how far the items reach along a vector.
    mutating func fitBoxes(
        axes: (ArraySlice<Int>) -> (Point, Point, Point),
        extent: (ArraySlice<Int>, Point) -> ClosedRange<Double>
    ) {
        var held = Array(repeating: 0..<0, count: nodes.count)
        // Children come after their parents.
        for index in nodes.indices.reversed() {
            for lane in 0..<nodes[index].count {
                let child = Int(nodes[index].children[lane])
                let range = child < 0 ? leaves[~child] : held[child]
                held[index] = lane == 0 ? range : union(held[index], range)
                let items = order[range]
                let axes = axes(items)
                // Extents along the axes as they are stored: rounding must not tilt the box.
                let single = (SIMD3<Float>(axes.0), SIMD3<Float>(axes.1), SIMD3<Float>(axes.2))
                nodes[index].first.set(lane, single.0, extent(items, Point(single.0)))
                nodes[index].second.set(lane, single.1, extent(items, Point(single.1)))
                nodes[index].third.set(lane, single.2, extent(items, Point(single.2)))
            }
        }
    }

    private func union(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
        min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }
}
