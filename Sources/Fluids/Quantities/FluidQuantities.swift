import Foundation

// What the fluid decides.

extension Quantity {
    private static func velocities(_ rank: Int) -> [PrimitiveField] { (0..<rank).map { .velocity($0) } }

    /// T.
    public static let temperature = Quantity(
        "temperature", unit: "temperature", "T(p, ρ)", isGalilean: true,
        needs: { _ in QuantityNeeds(values: [.density, .pressure], fluid: true) },
        kernel: { row, values in row.law.rows.temperature(row.pressure, row.density, values, row.cells) })

    /// c.
    public static let soundSpeed = Quantity(
        "sound_speed", unit: "velocity", "c(p, ρ)", isGalilean: true,
        needs: { _ in QuantityNeeds(values: [.density, .pressure], fluid: true) },
        kernel: { row, values in row.law.rows.soundSpeed(row.pressure, row.density, values, row.cells) })

    /// |u|/c.
    public static let mach = Quantity(
        "mach", unit: "1", "|u|/c", isGalilean: false,
        needs: { QuantityNeeds(values: [.density, .pressure] + velocities($0), fluid: true) },
        kernel: { row, values in
            withScratch(row.cells) { sound in
                row.law.rows.soundSpeed(row.pressure, row.density, sound, row.cells)
                row.speedSquared(into: values)
                for cell in 0..<row.cells { values[cell] = values[cell].squareRoot() / sound[cell] }
            }
        })

    /// ln((p + p∞)/ρ^γ), the entropy of a unit of mass over cv, but for a constant.
    public static let entropy = Quantity(
        "entropy", unit: "1", "s/cv = ln((p + p∞)/ρ^γ); 0 where density and p + p∞ are 1", isGalilean: true,
        needs: { _ in QuantityNeeds(values: [.density, .pressure], fluid: true) },
        kernel: { row, values in
            let (density, ratio) = (row.density, row.law.heatRatio)
            row.law.rows.reserve(row.pressure, density, values, row.cells)
            for cell in 0..<row.cells { values[cell] = log(values[cell]) - ratio * log(density[cell]) }
        })

    /// The pressure of the fluid brought to rest without loss.
    public static let totalPressure = Quantity(
        "total_pressure", unit: "pressure",
        "p₀ of the fluid brought to rest without loss: (p₀ + p∞)/(p + p∞) = (1 + ½(γ − 1)M²)^{γ/(γ−1)}",
        isGalilean: false,
        needs: { QuantityNeeds(values: [.density, .pressure] + velocities($0), fluid: true) },
        kernel: { row, values in
            let (pressure, ratio) = (row.pressure, row.law.heatRatio)
            withScratch(row.cells) { reserve in
                mach.evaluate(row, into: values)
                row.law.rows.reserve(pressure, row.density, reserve, row.cells)
                for cell in 0..<row.cells {
                    let rise = IsentropicFlow.pressureRatio(mach: values[cell], heatRatio: ratio) - 1
                    values[cell] = pressure[cell] + reserve[cell] * rise
                }
            }
        })
}
