import Fluids
import Schema

/// The exact solution of a case on its grid.
enum ExactFields {
    /// A primitive field of the exact solution at the snapshot's time and cell centres; nil where the case
    /// has none.
    static func field(_ name: String, of run: RunEvidence) -> [Double]? {
        guard let exact = run.flowCase.exact else { return nil }
        let snapshot = run.final
        switch exact {
        case .riemann(let left, let right, let position):
            let solution = ExactRiemann(left: left, right: right, fluid: run.flowCase.gas.law)
            return (0..<snapshot.count).map { cell in
                let offset = snapshot.domain.center(0, cell) - position
                let state = solution.state(atSpeed: offset / snapshot.time)
                return name == "density"
                    ? state.density : name == "pressure" ? state.pressure : state.velocity
            }
        case .expressions(let state):
            let expression =
                name == "density"
                ? state.density : name == "pressure" ? state.pressure : velocity(name, state)
            return expression.map { expression in
                (0..<snapshot.count).map { expression.evaluate(snapshot.center($0) + [snapshot.time]) }
            }
        }
    }

    /// The exact pressure at a point, at the snapshot's time; NaN where the case has none.
    static func pressure(at point: SIMD3<Double>, of run: RunEvidence) -> Double {
        guard case .expressions(let state)? = run.flowCase.exact else { return .nan }
        return state.pressure.evaluate([point.x, point.y, point.z, run.final.time])
    }

    private static func velocity(_ name: String, _ state: StateExpressions) -> Expression? {
        state.velocity.indices.first { Variable(.velocity($0)).name == name }.map { state.velocity[$0] }
    }

    /// What a result says where the exact solution is absent.
    static func missing(_ flowCase: FlowCase) -> String? {
        flowCase.exact == nil ? "an [exact] solution" : nil
    }
}
