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
            Bounds.nothing
        ) {
            $0.union($1.bounds)
        }
        let frame = SurfaceFrame(box)
        let framed = triangles.map {
            Triangle(a: frame.enter($0.a), b: frame.enter($0.b), c: frame.enter($0.c))
        }
        var tree = BoxTree(framed.map(\.bounds))
        tree.fitBoxes {
            Self.axes(of: $0, framed)
        } extent: {
            Self.extent(of: $0, framed, along: $1)
        }
        self.frame = frame
        self.tree = tree
        blocks = tree.leaves.map { leaf in TriangleBlock(tree.order[leaf].map { framed[$0] }) }
    }

    /// The mean normal of triangles (across the mean direction where they are segments in the plane), and two
    /// directions across it, the first along the sum of their edges.
    private static func axes(of part: ArraySlice<Int>, _ triangles: [Triangle]) -> (Point, Point, Point) {
        var area = Point()
        var along = Point()
        for index in part {
            area += triangles[index].areaVector
            along += triangles[index].b - triangles[index].a
        }
        let normal = unit(area) ?? unit(Point(-along.y, along.x, 0)) ?? Point(0, 0, 1)
        let across = unit(along - dot(along, normal) * normal)
        let tangent = across ?? unit(cross(normal, abs(normal.x) < 0.6 ? Point(1, 0, 0) : Point(0, 1, 0)))
        guard let tangent else { return (Point(1, 0, 0), Point(0, 1, 0), Point(0, 0, 1)) }
        // Where `along` was nearly the normal what is left of it need not be across.
        let second = unit(tangent - dot(tangent, normal) * normal) ?? tangent
        return (normal, second, cross(normal, second))
    }

    private static func unit(_ vector: Point) -> Point? {
        guard vector.reach > 0 else { return nil }
        let scaled = vector / vector.reach
        return scaled / dot(scaled, scaled).squareRoot()
    }

    private static func extent(
        of part: ArraySlice<Int>, _ triangles: [Triangle], along normal: Point
    ) -> ClosedRange<Double> {
        var (low, high) = (Double.infinity, -Double.infinity)
        for index in part {
            let triangle = triangles[index]
            let (a, b, c) = (dot(triangle.a, normal), dot(triangle.b, normal), dot(triangle.c, normal))
            low = min(low, min(a, min(b, c)))
            high = max(high, max(a, max(b, c)))
        }
        return low...high
    }

    /// Whether there are no triangles.
    var isEmpty: Bool { blocks.isEmpty }

    /// Calls `body` with what finds nearest triangles; the one allocation serves many points.
    func withSearch<Result>(_ body: (Search) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: Search.Waiting.self, capacity: BoxTree.stackSize) { stack in
            tree.nodes.withUnsafeBufferPointer { nodes in
                blocks.withUnsafeBufferPointer { blocks in
                    // Nothing is searched where there are no triangles.
                    body(
                        Search(
                            nodes: nodes.baseAddress.unsafelyUnwrapped,
                            blocks: blocks.baseAddress.unsafelyUnwrapped,
                            stack: stack.baseAddress.unsafelyUnwrapped))
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

        let nodes: UnsafePointer<BoxTree.Node>
        let blocks: UnsafePointer<TriangleBlock>
        let stack: UnsafeMutablePointer<Waiting>

        /// The nearest triangle to a point of the frame. A leaf that is near makes the search short.
        func nearest(to place: Point, startingWith block: Int) -> Hit {
            var best = Hit(block: block, squared: squared(to: place, block))
            let (x, y, z) = (Float(place.x), Float(place.y), Float(place.z))
            var limit = Self.limit(best.squared)
            stack[0] = Waiting(node: 0, squared: 0)
            var count = 1
            while count > 0 {
                count -= 1
                if stack[count].squared > limit { continue }
                let node = nodes + Int(stack[count].node)
                let distances = BoxTree.Node.squaredDistances(node, x, y, z)
                let base = count
                for lane in 0..<node.pointee.count where distances[lane] <= limit {
                    let child = node.pointee.children[lane]
                    if child >= 0 {
                        insert(Waiting(node: child, squared: distances[lane]), above: base, &count)
                        continue
                    }
                    let squared = squared(to: place, Int(~child))
                    guard squared < best.squared else { continue }
                    best = Hit(block: Int(~child), squared: squared)
                    limit = Self.limit(squared)
                }
            }
            return best
        }

        @inline(__always)
        private func squared(to place: Point, _ block: Int) -> Double {
            let all = TriangleBlock.squaredDistances(blocks + block, to: place)
            let four = all.lowHalf.replacing(with: all.highHalf, where: all.highHalf .< all.lowHalf)
            return min(min(four.x, four.y), min(four.z, four.w))
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
