import Flow
import Testing

/// One of the fluxes that a case can ask for. A new scheme asks for its row here by not compiling; reconstructions,
/// projections and Riemann solvers come of themselves.
struct FluxChoice: Sendable, CustomTestStringConvertible {
    let overrides: [String]

    var testDescription: String { overrides.map { $0.dropFirst("numerics.".count) }.joined(separator: " ") }

    init(_ scheme: SchemeKind, _ keys: [(String, String)] = []) {
        overrides = ([("scheme", "\"\(scheme.rawValue)\"")] + keys).map { "numerics.\($0)=\($1)" }
    }

    init(
        _ reconstruction: ReconstructionKind, _ projection: Projection = .component,
        _ solver: RiemannSolverKind = .hllc
    ) {
        let words = [
            ("reconstruction", reconstruction.rawValue), ("projection", projection.rawValue),
            ("riemann_solver", solver.rawValue),
        ]
        self.init(.godunov, words.map { ($0, "\"\($1)\"") })
    }

    static let all: [FluxChoice] = SchemeKind.allCases.flatMap { scheme -> [FluxChoice] in
        switch scheme {
        case .igr:
            [1, 3, 5].map { FluxChoice(.igr, [("order", "\($0)")]) }
                + FaceLimiter.allCases.filter { $0 != .none }.map {
                    FluxChoice(.igr, [("limiter", "\"\($0.rawValue)\"")])
                }
        case .wenoHLLC, .mp5HLLC: [FluxChoice(scheme)]
        case .godunov: godunov(RiemannSolverKind.allCases)
        }
    }

    /// Godunov fluxes of every reconstruction and projection.
    static func godunov(_ solvers: [RiemannSolverKind]) -> [FluxChoice] {
        ReconstructionKind.allCases.flatMap { reconstruction in
            Projection.allCases.flatMap { projection in
                solvers.map { FluxChoice(reconstruction, projection, $0) }
            }
        }
    }

    /// What a case with these keys asks for.
    func options() throws -> NumericsOptions {
        try CaseReader.read(text: InvarianceTests.wavy(rank: 1), overrides: overrides).flowCase.numerics
    }
}
