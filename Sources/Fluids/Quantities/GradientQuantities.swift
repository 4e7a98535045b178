// What is made of differences between neighbouring cells.

extension Quantity {
    /// The slopes of a component of the curl, (∂u_second/∂x_first, ∂u_first/∂x_second).
    private static func curl(_ component: Int) -> [Slope] {
        let (first, second) = ((component + 1) % 3, (component + 2) % 3)
        return [Slope(.velocity(second), along: first), Slope(.velocity(first), along: second)]
    }

    /// The components of the curl that a space of this dimension has.
    private static func components(_ rank: Int) -> Range<Int> { rank == 3 ? 0..<3 : 2..<3 }

    /// A component (0 x, 1 y, 2 z) of ∇×u; in two dimensions there is z alone.
    public static func vorticity(_ component: Int) -> Quantity {
        let formula = ["∂w/∂y − ∂v/∂z", "∂u/∂z − ∂w/∂x", "∂v/∂x − ∂u/∂y"]
        return Quantity(
            "vorticity_\(axes[component])", unit: "1/time", formula[component],
            leastRank: component == 2 ? 2 : 3, symmetry: .axialVector(component), isGalilean: true,
            needs: { _ in QuantityNeeds(slopes: curl(component)) },
            kernel: { row, values in
                let (gain, loss) = (row.slope(0), row.slope(1))
                for cell in 0..<row.cells { values[cell] = gain[cell] - loss[cell] }
            })
    }

    private static func vorticitySquared(_ row: QuantityRow, into values: UnsafeMutablePointer<Double>) {
        for component in 0..<components(row.rank).count {
            let (gain, loss) = (row.slope(2 * component), row.slope(2 * component + 1))
            for cell in 0..<row.cells {
                let value = gain[cell] - loss[cell]
                values[cell] = (component == 0 ? 0 : values[cell]) + value * value
            }
        }
    }

    /// |∇×u|.
    public static let vorticityMagnitude = Quantity(
        "vorticity_magnitude", unit: "1/time", "|∇×u|", leastRank: 2, isGalilean: true,
        needs: { QuantityNeeds(slopes: components($0).flatMap(curl)) },
        kernel: { row, values in
            vorticitySquared(row, into: values)
            for cell in 0..<row.cells { values[cell] = values[cell].squareRoot() }
        })

    /// ½|∇×u|².
    public static let enstrophy = Quantity(
        "enstrophy", unit: "1/time²", "½|∇×u|²", leastRank: 2, isGalilean: true,
        needs: { QuantityNeeds(slopes: components($0).flatMap(curl)) },
        kernel: { row, values in
            vorticitySquared(row, into: values)
            for cell in 0..<row.cells { values[cell] /= 2 }
        })

    /// ∇·u.
    public static let divergence = Quantity(
        "divergence", unit: "1/time", "∇·u", isGalilean: true,
        needs: { rank in QuantityNeeds(slopes: (0..<rank).map { Slope(.velocity($0), along: $0) }) },
        kernel: { row, values in
            values.update(from: row.slope(0), count: row.cells)
            for axis in 1..<max(row.rank, 1) {
                let slope = row.slope(axis)
                for cell in 0..<row.cells { values[cell] += slope[cell] }
            }
        })

    /// |∇ρ|, what a schlieren picture shows.
    public static let schlieren = Quantity(
        "schlieren", unit: "density/length", "|∇ρ|", isGalilean: true,
        needs: { rank in QuantityNeeds(slopes: (0..<rank).map { Slope(.density, along: $0) }) },
        kernel: { row, values in
            row.slopesSquared(row.rank, into: values)
            for cell in 0..<row.cells { values[cell] = values[cell].squareRoot() }
        })
}
