/// Triangles, sorted so that the nearest one to a point is found in logarithmic time.
struct TriangleTree: Sendable {
    /// The coordinates of the tree.
    let frame: SurfaceFrame
    /// The boxes.
    let tree: BoxTree
    /// The triangles of each leaf, in the frame.
    let blocks: [TriangleBlock]

    /// The nearest triangle's leaf, and the square of its distance in the frame.
    struct Hit {
        var block: Int
        var squared: Double
    }

    /// A tree over at least one finite triangle.
    init(_ triangles: [Triangle]) {
        let box = triangles.reduce(
            Bounds(lower: .init(repeating: .infinity), upper: .init(repeating: -.infinity))
        ) {
            $0.union($1.bounds)
        }
        let frame = SurfaceFrame(box)
        let framed = triangles.map {
            Triangle(a: frame.enter($0.a), b: frame.enter($0.b), c: frame.enter($0.c))
        }
        let tree = BoxTree(framed.map(\.bounds))
        self.frame = frame
        self.tree = tree
        blocks = tree.leaves.map { leaf in TriangleBlock(tree.order[leaf].map { framed[$0] }) }
    }

    /// Whether there are no triangles.
    var isEmpty: Bool { blocks.isEmpty }

    /// Calls `body` with what finds nearest triangles; the one allocation serves many points.
    func withSearch<Result>(_ body: (Search) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: Search.Waiting.self, capacity: BoxTree.stackSize) { stack in
            tree.nodes.withUnsafeBufferPointer { nodes in
                blocks.withUnsafeBufferPointer { blocks in
                    body(Search(nodes: nodes, blocks: blocks, stack: stack))
                }
            }
        }
    }

    /// The nearest point of all triangles, in the units of the case; nil where there are none.
    func closest(to point: Point) -> Point? {
        guard !isEmpty else { return nil }
        let place = frame.enter(point)
        let hit = withSearch { $0.nearest(to: place, startingWith: 0) }
        return frame.leave(closest(to: place, in: hit))
    }

    /// The distance to the nearest triangle in the units of the case; infinite where there are none.
    func distance(to point: Point) -> Double {
        guard !isEmpty else { return .infinity }
        let place = frame.enter(point)
        return frame.length(withSearch { $0.nearest(to: place, startingWith: 0) }.squared.squareRoot())
    }

    /// The nearest point of a leaf's triangles, in the frame.
    func closest(to place: Point, in hit: Hit) -> Point {
        let block = blocks[hit.block]
        var best = block[0].closest(to: place)
        for lane in 1..<max(block.count, 1) {
            let other = block[lane].closest(to: place)
            if dot(other - place, other - place) < dot(best - place, best - place) { best = other }
        }
        return best
    }
}

extension TriangleTree {
    /// Finds nearest triangles.
    struct Search {
        struct Waiting {
            var node: Int32
            var squared: Float
        }

        let nodes: UnsafeBufferPointer<BoxTree.Node>
        let blocks: UnsafeBufferPointer<TriangleBlock>
        let stack: UnsafeMutableBufferPointer<Waiting>

        /// The nearest triangle to a point of the frame. A leaf that is near makes the search short.
        func nearest(to place: Point, startingWith block: Int) -> Hit {
            var best = Hit(block: block, squared: blocks[block].squaredDistances(to: place).min())
            let (x, y, z) = (Float(place.x), Float(place.y), Float(place.z))
            var limit = Self.limit(best.squared)
            stack[0] = Waiting(node: 0, squared: 0)
            var count = 1
            while count > 0 {
                count -= 1
                let waiting = stack[count]
                if waiting.squared > limit { continue }
                let node = nodes[Int(waiting.node)]
                let distances = node.squaredDistances(x, y, z)
                let base = count
                for lane in 0..<node.count where distances[lane] <= limit {
                    let child = node.children[lane]
                    if child < 0 {
                        let squared = blocks[Int(~child)].squaredDistances(to: place).min()
                        if squared < best.squared {
                            best = Hit(block: Int(~child), squared: squared)
                            limit = Self.limit(squared)
                        }
                    } else {
                        insert(Waiting(node: child, squared: distances[lane]), above: base, &count)
                    }
                }
            }
            return best
        }

        /// The farthest is at the bottom.
        @inline(__always)
        private func insert(_ waiting: Waiting, above base: Int, _ count: inout Int) {
            var slot = count
            while slot > base, stack[slot - 1].squared < waiting.squared {
                stack[slot] = stack[slot - 1]
                slot -= 1
            }
            stack[slot] = waiting
            count += 1
        }

        /// What a box may be away: a little more than the best, by what single precision loses.
        @inline(__always)
        private static func limit(_ squared: Double) -> Float { Float(squared) * 1.00001 + 1e-37 }
    }
}
