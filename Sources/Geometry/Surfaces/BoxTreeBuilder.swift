/// Splits items by the surface-area heuristic over bins of their centres (Wald 2007,
/// doi:10.1109/RT.2007.4342588), eight parts to a node.
struct BoxTreeBuilder {
    struct Item {
        var lower: SIMD4<Float>
        var upper: SIMD4<Float>
        var index: Int32

        var center: SIMD4<Float> { lower + upper }
    }

    /// A box in single precision.
    struct Box {
        var lower = SIMD4<Float>(repeating: .infinity)
        var upper = SIMD4<Float>(repeating: -.infinity)

        mutating func include(_ lower: SIMD4<Float>, _ upper: SIMD4<Float>) {
            self.lower.replace(with: lower, where: lower .< self.lower)
            self.upper.replace(with: upper, where: upper .> self.upper)
        }

        var halfArea: Float {
            let edge = upper - lower
            return edge.x * edge.y + edge.y * edge.z + edge.z * edge.x
        }
    }

    struct Part {
        var range: Range<Int>
        var box: Box
        var cost: Float { box.halfArea * Float(range.count) }
    }

    private(set) var items: [Item]
    private(set) var nodes: [BoxTree.Node] = []
    private(set) var leaves: [Range<Int>] = []

    private static let bins = 16
    /// Below this depth the surface-area heuristic gives way to halves, so that the depth is bounded.
    private static let deepest = 24

    init(_ boxes: [Bounds]) {
        items = boxes.enumerated().map { index, box in
            Item(
                lower: SIMD4(SIMD3<Float>(box.lower), 0), upper: SIMD4(SIMD3<Float>(box.upper), 0),
                index: Int32(truncatingIfNeeded: index))
        }
    }

    mutating func build() {
        guard !items.isEmpty else { return }
        _ = buildNode(Part(range: items.indices, box: box(of: items.indices)), depth: 0)
    }

    private mutating func buildNode(_ whole: Part, depth: Int) -> Int {
        let index = nodes.count
        nodes.append(BoxTree.Node())
        var node = BoxTree.Node()
        for part in parts(of: whole, depth: depth) {
            let child: Int
            if part.range.count <= BoxTree.leafSize {
                leaves.append(part.range)
                child = ~(leaves.count - 1)
            } else {
                child = buildNode(part, depth: depth + 1)
            }
            add(child, part.box, to: &node)
        }
        nodes[index] = node
        return index
    }

    private func add(_ child: Int, _ box: Box, to node: inout BoxTree.Node) {
        let lane = node.count
        node.lowerX[lane] = box.lower.x - BoxTree.margin
        node.lowerY[lane] = box.lower.y - BoxTree.margin
        node.lowerZ[lane] = box.lower.z - BoxTree.margin
        node.upperX[lane] = box.upper.x + BoxTree.margin
        node.upperY[lane] = box.upper.y + BoxTree.margin
        node.upperZ[lane] = box.upper.z + BoxTree.margin
        node.children[lane] = Int32(truncatingIfNeeded: child)
        node.count += 1
    }

    /// Splits the costliest part until there are eight or all are small.
    private mutating func parts(of whole: Part, depth: Int) -> [Part] {
        var parts = [whole]
        while parts.count < 8 {
            let large = parts.indices.filter { parts[$0].range.count > BoxTree.leafSize }
            guard let costliest = large.max(by: { parts[$0].cost < parts[$1].cost }) else { break }
            let halves = split(parts[costliest], byHalves: depth > Self.deepest)
            parts[costliest] = halves.0
            parts.append(halves.1)
        }
        return parts
    }

    private func box(of range: Range<Int>) -> Box {
        var box = Box()
        for index in range { box.include(items[index].lower, items[index].upper) }
        return box
    }

    private mutating func split(_ part: Part, byHalves: Bool) -> (Part, Part) {
        var centers = Box()
        for index in part.range { centers.include(items[index].center, items[index].center) }
        let edge = centers.upper - centers.lower
        let axis = edge.x >= edge.y && edge.x >= edge.z ? 0 : edge.y >= edge.z ? 1 : 2
        guard edge[axis] > 0, !byHalves else { return halve(part, axis) }
        let origin = centers.lower[axis]
        let factor = Float(Self.bins) * 0.9999 / edge[axis]
        guard factor.isFinite, let limit = cheapestBin(part.range, axis, origin, factor) else {
            return halve(part, axis)
        }
        let middle = items[part.range].partition {
            Int(($0.center[axis] - origin) * factor) >= limit
        }
        guard middle > part.range.lowerBound, middle < part.range.upperBound else {
            return halve(part, axis)
        }
        return parts(part.range, cutAt: middle)
    }

    private mutating func halve(_ part: Part, _ axis: Int) -> (Part, Part) {
        items[part.range].sort { $0.center[axis] < $1.center[axis] }
        return parts(part.range, cutAt: (part.range.lowerBound + part.range.upperBound) / 2)
    }

    private func parts(_ range: Range<Int>, cutAt middle: Int) -> (Part, Part) {
        let left = range.lowerBound..<middle
        let right = middle..<range.upperBound
        return (Part(range: left, box: box(of: left)), Part(range: right, box: box(of: right)))
    }

    /// The first bin of the right half where the sum of areas times counts is least.
    private func cheapestBin(_ range: Range<Int>, _ axis: Int, _ origin: Float, _ factor: Float) -> Int? {
        var boxes = Array(repeating: Box(), count: Self.bins)
        var counts = Array(repeating: 0, count: Self.bins)
        for index in range {
            let bin = min(max(Int((items[index].center[axis] - origin) * factor), 0), Self.bins - 1)
            boxes[bin].include(items[index].lower, items[index].upper)
            counts[bin] += 1
        }
        let fromLeft = Self.costs(boxes, counts, order: Array(0..<Self.bins))
        let fromRight = Self.costs(boxes, counts, order: (0..<Self.bins).reversed())
        let sums = (1..<Self.bins).map { ($0, fromLeft[$0 - 1] + fromRight[$0]) }
        return sums.filter { $0.1.isFinite }.min { $0.1 < $1.1 }?.0
    }

    /// The cost of all bins up to each one, in the given order; infinite where there is nothing yet.
    private static func costs(_ boxes: [Box], _ counts: [Int], order: [Int]) -> [Float] {
        var result = Array(repeating: Float.infinity, count: bins)
        var box = Box()
        var count = 0
        for bin in order {
            box.include(boxes[bin].lower, boxes[bin].upper)
            count += counts[bin]
            if count > 0 { result[bin] = box.halfArea * Float(count) }
        }
        return result
    }
}
