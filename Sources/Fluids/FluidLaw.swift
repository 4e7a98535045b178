import Numerics

/// The formulas of a fluid in double precision, whatever its type: for diagnostics, checks and whatever looks at
/// results. Made where the type is known, so that what is behind each closure is specialised.
public struct FluidLaw: Sendable {
    /// cp/cv.
    public let heatRatio: Double
    /// cp.
    public let heatCapacity: Double
    /// ∂h/∂p; h is linear in p.
    public let heatPerPressure: Double
    /// The formulas for whole rows of cells.
    public let rows: FluidRows
    private let pressureOfHeat: @Sendable (Double) -> Double
    private let heatOfPressure: @Sendable (Double) -> Double
    private let reserveOfPressure: @Sendable (Double) -> Double
    private let speedOfSound: @Sendable (Double, Double) -> Double
    private let temperatureOf: @Sendable (Double, Double) -> Double
    private let densityOf: @Sendable (Double, Double) -> Double
    private let convertRow: @Sendable (UnsafeMutablePointer<Double>, Int, Int) -> Void

    /// The formulas of a fluid.
    @inlinable public init<F: Fluid>(_ fluid: F) where F.Scalar == Double {
        self.init(
            heatRatio: fluid.heatRatio, heatCapacity: fluid.heatCapacity,
            heatPerPressure: fluid.heatChange(pressure: 1), rows: FluidRows(fluid),
            pressureOfHeat: { fluid.pressure(heat: $0) }, heatOfPressure: { fluid.heat(pressure: $0) },
            reserveOfPressure: { fluid.reserve(pressure: $0) },
            speedOfSound: { fluid.soundSpeed(pressure: $0, density: $1) },
            temperatureOf: { fluid.temperature(pressure: $0, density: $1) },
            densityOf: { fluid.density(pressure: $0, temperature: $1) },
            convertRow: { values, directions, cells in
                for cell in 0..<cells {
                    let density = values[cell]
                    var kinetic = 0.0
                    for direction in 1...directions {
                        let velocity = values[direction * cells + cell] / density
                        values[direction * cells + cell] = velocity
                        kinetic += velocity * velocity
                    }
                    let energy = (directions + 1) * cells + cell
                    values[energy] = fluid.pressure(heat: values[energy] - density * kinetic / 2)
                }
            })
    }

    @usableFromInline init(
        heatRatio: Double, heatCapacity: Double, heatPerPressure: Double, rows: FluidRows,
        pressureOfHeat: @escaping @Sendable (Double) -> Double,
        heatOfPressure: @escaping @Sendable (Double) -> Double,
        reserveOfPressure: @escaping @Sendable (Double) -> Double,
        speedOfSound: @escaping @Sendable (Double, Double) -> Double,
        temperatureOf: @escaping @Sendable (Double, Double) -> Double,
        densityOf: @escaping @Sendable (Double, Double) -> Double,
        convertRow: @escaping @Sendable (UnsafeMutablePointer<Double>, Int, Int) -> Void
    ) {
        self.heatRatio = heatRatio
        self.heatCapacity = heatCapacity
        self.heatPerPressure = heatPerPressure
        self.rows = rows
        self.pressureOfHeat = pressureOfHeat
        self.heatOfPressure = heatOfPressure
        self.reserveOfPressure = reserveOfPressure
        self.speedOfSound = speedOfSound
        self.temperatureOf = temperatureOf
        self.densityOf = densityOf
        self.convertRow = convertRow
    }

    /// p from the heat h = E − ½ρ|u|².
    public func pressure(heat: Double) -> Double { pressureOfHeat(heat) }
    /// The heat h from p.
    public func heat(pressure: Double) -> Double { heatOfPressure(pressure) }
    /// p above the least pressure that the fluid bears.
    public func reserve(pressure: Double) -> Double { reserveOfPressure(pressure) }
    /// c from p and ρ.
    public func soundSpeed(pressure: Double, density: Double) -> Double { speedOfSound(pressure, density) }
    /// T from p and ρ.
    public func temperature(pressure: Double, density: Double) -> Double { temperatureOf(pressure, density) }
    /// ρ from p and T.
    public func density(pressure: Double, temperature: Double) -> Double { densityOf(pressure, temperature) }
    /// (h + p)/ρ, the enthalpy of a unit of mass without its kinetic energy.
    public func enthalpy(pressure: Double, density: Double) -> Double {
        (heatOfPressure(pressure) + pressure) / density
    }

    /// Turns a row of conserved variables into primitive ones in place: u = (ρu)/ρ, p from E − ½ρ|u|².
    ///
    /// - Parameters:
    ///   - values: ρ, ρu per direction, E; each `cells` long, one after the other.
    ///   - directions: 1, 2 or 3.
    public func makePrimitive(_ values: UnsafeMutablePointer<Double>, directions: Int, cells: Int) {
        convertRow(values, directions, cells)
    }

    /// Density, velocity per direction, pressure → density, momentum per direction, total energy per volume.
    public func conserved(primitive: [Double]) -> [Double] {
        let density = primitive[0]
        let velocity = primitive[1..<primitive.count - 1]
        let kinetic = velocity.reduce(0) { $0 + density * $1 * $1 / 2 }
        return [density] + velocity.map { density * $0 } + [
            heat(pressure: primitive[primitive.count - 1]) + kinetic
        ]
    }

    /// Density, momentum per direction, total energy per volume → density, velocity per direction, pressure.
    public func primitive(conserved: [Double]) -> [Double] {
        var values = conserved
        let directions = conserved.count - 2
        values.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            makePrimitive(start, directions: directions, cells: 1)
        }
        return values
    }
}
