import Flow

/// A case given as text, run to its end.
final class Computation {
    let flowCase: FlowCase
    let solver: any FlowComputation

    convenience init(_ text: String, _ overrides: String...) throws {
        try self.init(text, overrides: overrides)
    }

    init(_ text: String, overrides: [String]) throws {
        flowCase = try CaseReader.read(text: text, overrides: overrides).flowCase
        solver = try FlowSolverFactory.make(flowCase)
    }

    func run(steps: Int = .max) throws {
        while solver.time < flowCase.time.end * (1 - 1e-12), solver.step < steps {
            try solver.advance(by: min(solver.stableTimeStep(), flowCase.time.end - solver.time))
        }
    }

    /// Conserved variables, then Σ: `fields[variable][cell]`, x fastest.
    var fields: [[Double]] {
        let cells = flowCase.domain.cells
        let rows = cells.dropFirst().reduce(1, *)
        let variables = cells.count + 3
        var result = [[Double]](repeating: [], count: variables)
        var row = [Double](repeating: 0, count: variables * cells[0])
        for index in 0..<rows {
            solver.conservedRow(index, into: &row)
            for variable in 0..<variables {
                result[variable] += row[variable * cells[0]..<(variable + 1) * cells[0]]
            }
        }
        return result
    }
}
