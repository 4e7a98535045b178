/// One stage of a strong-stability-preserving Runge–Kutta method (Shu & Osher 1988, doi:10.1016/0021-9991(88)90177-5; of
/// four stages and order 3: Spiteri & Ruuth 2002, doi:10.1137/S0036142901389025):
///
///     target = base·qⁿ + current·(q + share·Δt L(q)),   q the state that the stage reads.
///
/// Each is a mean of Euler steps, so a flux that keeps density and pressure positive in a step of share·Δt does in all.
///
/// Two copies of the state are enough: A holds qⁿ until the last stage overwrites it, B holds the rest; where
/// a stage reads and writes B it writes in place.
struct RungeKuttaStage: Sendable {
    /// Which of the two copies a stage reads or writes.
    enum Copy: Sendable { case a, b }

    let reads: Copy
    let writes: Copy
    let base: Double
    let current: Double
    /// The Euler step of the stage over Δt.
    var share = 1.0
    /// The time, as a share of Δt after tⁿ, at which the stage evaluates L.
    let time: Double

    /// The stages of each integrator: orders 1, 2, 3 and 3.
    static func stages(of integrator: TimeIntegrator) -> [RungeKuttaStage] {
        switch integrator {
        case .euler:
            [RungeKuttaStage(reads: .a, writes: .a, base: 0, current: 1, time: 0)]
        case .rk2:
            [
                RungeKuttaStage(reads: .a, writes: .b, base: 0, current: 1, time: 0),
                RungeKuttaStage(reads: .b, writes: .a, base: 0.5, current: 0.5, time: 1),
            ]
        case .rk3:
            [
                RungeKuttaStage(reads: .a, writes: .b, base: 0, current: 1, time: 0),
                RungeKuttaStage(reads: .b, writes: .b, base: 0.75, current: 0.25, time: 1),
                RungeKuttaStage(reads: .b, writes: .a, base: 1.0 / 3, current: 2.0 / 3, time: 0.5),
            ]
        case .ssp43:
            [
                RungeKuttaStage(reads: .a, writes: .b, base: 0, current: 1, share: 0.5, time: 0),
                RungeKuttaStage(reads: .b, writes: .b, base: 0, current: 1, share: 0.5, time: 0.5),
                RungeKuttaStage(reads: .b, writes: .b, base: 2.0 / 3, current: 1.0 / 3, share: 0.5, time: 1),
                RungeKuttaStage(reads: .b, writes: .a, base: 0, current: 1, share: 0.5, time: 0.5),
            ]
        }
    }
}
