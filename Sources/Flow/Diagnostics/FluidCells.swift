import Geometry

/// Which cells of a case hold gas: those with φ ≥ 0 at their centre for every body.
struct FluidCells: Sendable {
    /// One entry per cell, x fastest; empty where the case has no bodies, and all cells are fluid.
    let mask: [Bool]

    init(_ flowCase: FlowCase) {
        let domain = flowCase.domain
        guard !flowCase.bodies.isEmpty else {
            mask = []
            return
        }
        var mask = [Bool](repeating: true, count: domain.cells.reduce(1, *))
        for body in flowCase.bodies { Self.remove(body.shape, domain, from: &mask) }
        self.mask = mask
    }

    /// Whether a cell holds gas.
    func contains(_ cell: Int) -> Bool { mask.isEmpty || mask[cell] }

    /// The values of fluid cells, in their order.
    func select(_ values: [Double]) -> [Double] {
        mask.isEmpty ? values : zip(values, mask).compactMap { $1 ? $0 : nil }
    }

    /// Only the shape's box is looked at.
    private static func remove(_ shape: any Shape, _ domain: Domain, from mask: inout [Bool]) {
        let bounds = shape.bounds
        let ranges = (0..<3).map { axis -> Range<Int> in
            guard axis < domain.rank else { return 0..<1 }
            let index = { (place: Double) in
                Int(
                    min(
                        max((place - domain.lower[axis]) / domain.spacing(axis), 0),
                        Double(domain.cells[axis])))
            }
            return index(bounds.lower[axis])..<min(index(bounds.upper[axis]) + 1, domain.cells[axis])
        }
        let counts = domain.cells + [1, 1]
        for k in ranges[2] {
            for j in ranges[1] {
                for i in ranges[0] {
                    let indices = [i, j, k]
                    var point = Point(repeating: 0)
                    for axis in 0..<domain.rank { point[axis] = domain.center(axis, indices[axis]) }
                    if shape.distance(to: point) < 0 { mask[(k * counts[1] + j) * counts[0] + i] = false }
                }
            }
        }
    }
}

extension Domain {
    /// The cell centres, for sampling shapes.
    var sampleGrid: SampleGrid { SampleGrid(cells: cells, lower: lower, upper: upper) }
}
