/// The numbering of what a decoded scratch plane holds per cell, as deviations from the reference state:
/// density, momentum per direction, energy (the conserved variables), velocity per direction, total pressure p + Σ,
/// the sound speed √(γ(p+Σ)/ρ) in full, Σ, and, for viscous flow, the temperature in full.
struct CellVariables: Sendable {
    let directions: Int
    let viscous: Bool

    var density: Int { 0 }
    func momentum(_ direction: Int) -> Int { 1 + direction }
    var energy: Int { directions + 1 }
    var conservedCount: Int { directions + 2 }
    func velocity(_ direction: Int) -> Int { directions + 2 + direction }
    var totalPressure: Int { 2 * directions + 2 }
    var soundSpeed: Int { 2 * directions + 3 }
    var entropicPressure: Int { 2 * directions + 4 }
    var temperature: Int { 2 * directions + 5 }
    var count: Int { 2 * directions + (viscous ? 6 : 5) }
}
