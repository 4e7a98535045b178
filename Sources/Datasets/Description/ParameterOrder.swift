import Schema

/// The order in which the values of parameters follow from each other.
struct ParameterOrder: Sendable {
    /// Parameters with an expression, each after those that it uses.
    private(set) var steps: [(index: Int, expression: Expression)] = []

    /// Finds the order; an expression that is wrong, or that leads back to itself, is reported.
    init(_ parameters: [CampaignParameter], _ section: Section?, _ diagnostics: inout [Diagnostic]) {
        let names = parameters.map(\.name)
        var waiting: [(index: Int, expression: Expression)] = []
        for (index, parameter) in parameters.enumerated() {
            guard case .expression(let text) = parameter.distribution else { continue }
            if let section, let node = Self.node(parameter.name, section) {
                let key = section.diagnostic(parameter.name, "").key
                if let read = ParameterExpression(node, key: key, names, &diagnostics) {
                    waiting.append((index, read.expression))
                }
            } else if let read = try? ParameterExpression(text, names) {
                waiting.append((index, read.expression))
            }
        }
        sort(&waiting, parameters)
        guard !waiting.isEmpty, let section else { return }
        let cycle = Self.cycle(waiting, parameters)
        let path = (cycle + cycle.prefix(1)).joined(separator: " → ")
        diagnostics.append(
            section.diagnostic(
                cycle.first, "needs its own value: \(path)", hint: "give one of them a distribution"))
    }

    private static func node(_ name: String, _ section: Section) -> Node? {
        let node = section.node?[name]
        return node?["expression"] ?? node?["value"] ?? node
    }

    /// Moves expressions that use none of those waiting to the steps, until no more can be moved.
    private mutating func sort(
        _ waiting: inout [(index: Int, expression: Expression)], _ parameters: [CampaignParameter]
    ) {
        while true {
            let symbols = waiting.map { parameters[$0.index].symbol }
            let ready = waiting.filter { entry in !symbols.contains { entry.expression.uses($0) } }
            guard !ready.isEmpty else { return }
            steps += ready
            let moved = Set(ready.map(\.index))
            waiting.removeAll { moved.contains($0.index) }
        }
    }

    /// The names of a circle among expressions that all wait for each other.
    private static func cycle(
        _ waiting: [(index: Int, expression: Expression)], _ parameters: [CampaignParameter]
    ) -> [String] {
        var path: [Int] = [0]
        while true {
            let current = waiting[path[path.count - 1]]
            guard
                let next = waiting.indices.first(where: {
                    current.expression.uses(parameters[waiting[$0].index].symbol)
                })
            else { return [] }
            if let start = path.firstIndex(of: next) {
                return path[start...].map { parameters[waiting[$0].index].name }
            }
            path.append(next)
        }
    }

    /// Fills in the values of expressions.
    func complete(_ values: inout [Double]) {
        for step in steps { values[step.index] = step.expression.evaluate(values) }
    }
}
