import Fluids
import Schema

/// A known solution, from which error norms are computed.
public enum ExactSolution: Sendable {
    /// Two constant states that meet at `position` at t = 0, in one dimension.
    case riemann(left: RiemannState, right: RiemannState, position: Double)
    /// Expressions in x, y, z and t.
    case expressions(StateExpressions)
}
