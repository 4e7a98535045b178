import Numerics

/// From values of cells to values at faces, one variable (or characteristic wave) at a time.
package protocol Reconstruction: Sendable {
    /// The value at the face between c and d from five cells, upwind first: a b c | d e.
    ///
    /// The other side of the face is the same formula on the mirrored cells, so a mirrored flow is computed to the bit.
    static func face<V: Lanes>(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V
}

/// The scratch rows of the states on both sides of a few faces, in full values: density, normal velocity, pressure, then
/// transverse velocities.
struct SideRows<Scalar: Real> {
    typealias V = Scalar.Vector
    typealias Row = UnsafeMutablePointer<Scalar>

    /// Rows of one side take no more than this, so that the stack holds them without asking.
    static var bytes: Int { 1024 }
    /// How many numbers of scratch a side needs.
    static var capacity: Int { bytes / MemoryLayout<Scalar>.size }

    let left: Row
    let right: Row
    /// Faces that are computed together: whole vectors.
    let width: Int
    private let variables: CellVariables
    private let reference: ReferenceState<Scalar>
    private let direction: Int

    @inline(__always) init(
        left: Row, right: Row, variables: CellVariables, reference: ReferenceState<Scalar>, direction: Int
    ) {
        self.left = left
        self.right = right
        self.variables = variables
        self.reference = reference
        self.direction = direction
        width = Self.bytes / (MemoryLayout<V>.size * variables.conservedCount) * V.count
    }

    /// How many rows a side has.
    @inline(__always) var count: Int { variables.conservedCount }

    /// The direction that row 3, 4 is the velocity along.
    @inline(__always) func transverse(_ row: Int) -> Int { (direction + row - 2) % variables.directions }

    /// The number of a row's variable in a decoded plane.
    @inline(__always) func variable(_ row: Int) -> Int {
        switch row {
        case 0: variables.density
        case 1: variables.velocity(direction)
        case 2: variables.totalPressure
        default: variables.velocity(transverse(row))
        }
    }

    /// What a row's variable is in the reference state.
    @inline(__always) func mean(_ row: Int) -> Scalar {
        switch row {
        case 0: reference.density
        case 1: reference.velocity[direction]
        case 2: reference.pressure
        default: reference.velocity[transverse(row)]
        }
    }
}
