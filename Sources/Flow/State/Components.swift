/// The components of a vector along x, y and z; unused ones are zero.
package struct Components<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
    private var x: Scalar = 0
    private var y: Scalar = 0
    private var z: Scalar = 0

    @inline(__always) package init() {}

    @inline(__always) package subscript(_ direction: Int) -> Scalar {
        get { direction == 0 ? x : direction == 1 ? y : z }
        set {
            switch direction {
            case 0: x = newValue
            case 1: y = newValue
            default: z = newValue
            }
        }
    }
}
