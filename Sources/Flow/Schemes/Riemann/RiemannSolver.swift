import Fluids
import Numerics

/// The fluid on one side of a face, in full values, as it moves along the face's normal.
package struct SideState<V: Lanes> {
    /// ρ
    package let density: V
    /// u along the normal.
    package let velocity: V
    /// p
    package let pressure: V
    /// c
    package let soundSpeed: V
    /// h + ½ρu², the energy per volume without that of transverse motion.
    package let energy: V

    /// A state of a fluid.
    @inline(__always) package init<F: Fluid>(_ density: V, _ velocity: V, _ pressure: V, _ fluid: F)
    where F.Scalar == V.Element {
        self.density = density
        self.velocity = velocity
        self.pressure = pressure
        soundSpeed = fluid.soundSpeedSquared(pressure: pressure, inverseDensity: V(1) / density).root
        energy = fluid.heat(pressure: pressure) + density * velocity * velocity * V(0.5)
    }
}

/// What passes through a face per area and time.
package struct FaceSolution<V: Lanes> {
    /// Mass that comes from either side. What is carried along, φ per mass (transverse velocities, their kinetic
    /// energy), passes as fromLeft·φ_L + fromRight·φ_R.
    package let fromLeft: V
    package let fromRight: V
    /// Of normal momentum.
    package let momentum: V
    /// Of h + ½ρu² and the work of the pressure.
    package let energy: V
}

/// An approximate solution of Riemann's problem at a face: from the states on both sides to what passes through. Written
/// for any fluid: what it needs of one is in ``SideState``.
///
/// Sums are ordered so that a mirrored problem has the mirrored solution to the bit.
package protocol RiemannSolver: Sendable {
    /// The solution at rest with the face.
    static func solve<V: Lanes>(_ left: SideState<V>, _ right: SideState<V>) -> FaceSolution<V>
}
