// What the state holds itself, and what needs no more than products of it.

extension Quantity {
    private static func velocities(_ rank: Int) -> [PrimitiveField] { (0..<rank).map { .velocity($0) } }

    private static func stored(
        _ field: PrimitiveField, unit: String, _ summary: String, leastRank: Int = 1,
        symmetry: Symmetry = .scalar, isGalilean: Bool = true
    ) -> Quantity {
        Quantity(
            field.name, unit: unit, summary, leastRank: leastRank, symmetry: symmetry, isGalilean: isGalilean,
            needs: { _ in QuantityNeeds(values: [field]) },
            kernel: { row, values in values.update(from: row.values(field), count: row.cells) })
    }

    /// ρ.
    public static let density = stored(.density, unit: "density", "ρ")
    /// p.
    public static let pressure = stored(.pressure, unit: "pressure", "p")
    /// Σ.
    public static let entropicPressure = stored(
        .entropicPressure, unit: "pressure", "Σ of the information geometric regularization")

    /// u_d, d = 0 x, 1 y, 2 z.
    public static func velocity(_ axis: Int) -> Quantity {
        stored(
            .velocity(axis), unit: "velocity", "\(["u", "v", "w"][axis])", leastRank: axis + 1,
            symmetry: .vector(axis), isGalilean: false)
    }

    /// ρu_d.
    public static func momentum(_ axis: Int) -> Quantity {
        Quantity(
            Variable(.momentum(axis)).name, unit: "density·velocity", "ρ\(["u", "v", "w"][axis])",
            leastRank: axis + 1, symmetry: .vector(axis), isGalilean: false,
            needs: { _ in QuantityNeeds(values: [.density, .velocity(axis)]) },
            kernel: { row, values in
                let (density, velocity) = (row.density, row.values(.velocity(axis)))
                for cell in 0..<row.cells { values[cell] = density[cell] * velocity[cell] }
            })
    }

    /// |u|.
    public static let speed = Quantity(
        "speed", unit: "velocity", "|u|", isGalilean: false,
        needs: { QuantityNeeds(values: velocities($0)) },
        kernel: { row, values in
            row.speedSquared(into: values)
            for cell in 0..<row.cells { values[cell] = values[cell].squareRoot() }
        })

    /// ½ρ|u|².
    public static let kineticEnergy = Quantity(
        "kinetic_energy", unit: "pressure", "½ρ|u|²", isGalilean: false,
        needs: { QuantityNeeds(values: [.density] + velocities($0)) },
        kernel: { row, values in
            let density = row.density
            row.speedSquared(into: values)
            for cell in 0..<row.cells { values[cell] = density[cell] * values[cell] / 2 }
        })

    /// E, the total energy of a unit of volume.
    public static let energy = Quantity(
        "energy", unit: "pressure", "E = h(p) + ½ρ|u|², h the internal energy of a unit of volume",
        isGalilean: false,
        needs: { QuantityNeeds(values: [.density, .pressure] + velocities($0), fluid: true) },
        kernel: { row, values in
            let density = row.density
            withScratch(row.cells) { square in
                row.speedSquared(into: square)
                row.law.rows.heat(row.pressure, density, values, row.cells)
                for cell in 0..<row.cells { values[cell] += density[cell] * square[cell] / 2 }
            }
        })
}

/// Room for one row.
func withScratch(_ cells: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cells) { buffer in
        guard let base = buffer.baseAddress else { return }
        base.initialize(repeating: 0, count: cells)
        body(base)
    }
}
