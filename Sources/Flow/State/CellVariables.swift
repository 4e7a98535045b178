/// The numbering of what a decoded scratch plane holds per cell, as deviations from the reference state:
/// density, momentum per direction, energy (the conserved variables), velocity per direction, total pressure
/// p + Σ, the sound speed √(γ(p+Σ)/ρ) in full, Σ, and, for viscous flow, the temperature in full.
package struct CellVariables: Sendable {
    package let directions: Int
    package let viscous: Bool

    package init(directions: Int, viscous: Bool) {
        self.directions = directions
        self.viscous = viscous
    }

    package var density: Int { 0 }
    package func momentum(_ direction: Int) -> Int { 1 + direction }
    package var energy: Int { directions + 1 }
    package var conservedCount: Int { directions + 2 }
    package func velocity(_ direction: Int) -> Int { directions + 2 + direction }
    package var totalPressure: Int { 2 * directions + 2 }
    package var soundSpeed: Int { 2 * directions + 3 }
    package var entropicPressure: Int { 2 * directions + 4 }
    package var temperature: Int { 2 * directions + 5 }
    package var count: Int { 2 * directions + (viscous ? 6 : 5) }
}
