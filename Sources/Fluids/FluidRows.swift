/// The formulas of a fluid for whole rows of cells in double precision. Made where the type is known, so that the loop
/// behind each closure is specialised: one call a row, none a cell.
public struct FluidRows: Sendable {
    /// Fills a row of results from rows of pressures and densities.
    public typealias Formula =
        @Sendable (
            _ pressure: UnsafePointer<Double>, _ density: UnsafePointer<Double>,
            _ result: UnsafeMutablePointer<Double>, _ cells: Int
        ) -> Void

    /// h from p.
    public let heat: Formula
    /// c from p and ρ; 0 where the fluid is not admissible.
    public let soundSpeed: Formula
    /// T from p and ρ.
    public let temperature: Formula
    /// p above the least admissible pressure.
    public let reserve: Formula

    /// The formulas of a fluid.
    @inlinable public init<F: Fluid>(_ fluid: F) where F.Scalar == Double {
        self.init(
            heat: { pressure, _, result, cells in
                for cell in 0..<cells { result[cell] = fluid.heat(pressure: pressure[cell]) }
            },
            soundSpeed: { pressure, density, result, cells in
                for cell in 0..<cells {
                    result[cell] = fluid.soundSpeed(pressure: pressure[cell], density: density[cell])
                }
            },
            temperature: { pressure, density, result, cells in
                for cell in 0..<cells {
                    result[cell] = fluid.temperature(pressure: pressure[cell], density: density[cell])
                }
            },
            reserve: { pressure, _, result, cells in
                for cell in 0..<cells { result[cell] = fluid.reserve(pressure: pressure[cell]) }
            })
    }

    @usableFromInline init(
        heat: @escaping Formula, soundSpeed: @escaping Formula, temperature: @escaping Formula,
        reserve: @escaping Formula
    ) {
        self.heat = heat
        self.soundSpeed = soundSpeed
        self.temperature = temperature
        self.reserve = reserve
    }
}
