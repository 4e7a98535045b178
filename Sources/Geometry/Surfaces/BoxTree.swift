/// A tree of boxes, eight to a node, over items that lie in the cube of a ``SurfaceFrame``.
struct BoxTree: Sendable {
    typealias Lane = SIMD8<Float>

    /// The boxes of eight children; a child that is absent has a box nothing is near to.
    struct Node: Sendable {
        var lowerX = Lane(repeating: .infinity), upperX = Lane(repeating: .infinity)
        var lowerY = Lane(repeating: .infinity), upperY = Lane(repeating: .infinity)
        var lowerZ = Lane(repeating: .infinity), upperZ = Lane(repeating: .infinity)
        /// A node's index, or `~leaf` for a leaf.
        var children = SIMD8<Int32>(repeating: 0)
        /// How many of the eight there are.
        var count = 0

        /// The squares of lower bounds of the distances to what the boxes hold.
        @inline(__always)
        func squaredDistances(_ x: Float, _ y: Float, _ z: Float) -> Lane {
            let zero = Lane(repeating: 0)
            let dx = larger(larger(lowerX - x, x - upperX), zero)
            let dy = larger(larger(lowerY - y, y - upperY), zero)
            let dz = larger(larger(lowerZ - z, z - upperZ), zero)
            return dx * dx + dy * dy + dz * dz
        }

        @inline(__always)
        private func larger(_ a: Lane, _ b: Lane) -> Lane { a.replacing(with: b, where: a .< b) }
    }

    /// Parents come before their children; the first is the root.
    let nodes: [Node]
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
}
