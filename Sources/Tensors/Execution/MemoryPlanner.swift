import Numerics

/// Where everything lies in the arena, in values from its start. Parameters lie elsewhere.
struct MemoryLayoutPlan: Sendable {
    /// Per value; 0 for parameters.
    var values: [Int]
    /// Per value; nil where no gradient is computed, and for parameters.
    var gradients: [Int?]
    /// Per operation.
    var saved: [Int]
    /// Per operation; the second is for the backward pass.
    var workspaces: [Int]
    /// Per operation: whether it has a backward pass.
    var differentiates: [Bool]
    /// The gradient of the objective.
    var seed: Int?
    /// The length of the arena.
    var extent: Int
}

/// Finds out how long every block of a graph lives, and places them.
///
/// Step i < n is the forward pass of operation i, step 2n − 1 − i its backward pass.
struct MemoryPlanner<Scalar: Real> {
    private let graph: Graph<Scalar>
    private let kept: Set<Int>
    private let objective: Value?
    private let workers: Int
    private let differentiates: [Bool]

    init(_ graph: Graph<Scalar>, outputs: [Value], objective: Value?, workers: Int) {
        self.graph = graph
        self.objective = objective
        self.workers = workers
        kept = Set((outputs + [objective].compactMap { $0 }).map(\.index))
        differentiates = Self.reachable(graph, from: objective)
    }

    /// Operations on a path from something differentiable to the objective.
    private static func reachable(_ graph: Graph<Scalar>, from objective: Value?) -> [Bool] {
        var wanted = Set([objective].compactMap { $0?.index })
        var reached = graph.operations.map { _ in false }
        for (value, origin) in zip(graph.values, graph.origins).reversed() {
            guard case .operation(let index) = origin, wanted.contains(value.index),
                graph.differentiable[value.index]
            else { continue }
            reached[index] = true
            wanted.formUnion(graph.operations[index].inputs.map(\.index))
        }
        return reached
    }

    private var last: Int { 2 * graph.operations.count }
    private func backwardStep(_ operation: Int) -> Int { last - 1 - operation }

    func plan() -> MemoryLayoutPlan {
        var arena = ArenaPlan()
        let values = graph.values.map { arena.add(count: count($0), life: life(of: $0)) }
        let gradients = graph.values.map { value in
            gradientLife(of: value).map { arena.add(count: value.shape.count, life: $0) }
        }
        let steps = graph.operations.indices
        let saved = steps.map { step in
            let count = differentiates[step] ? graph.operations[step].savedCount : 0
            return arena.add(count: count, life: step...backwardStep(step))
        }
        let scratch = steps.map { graph.operations[$0].workspaceCount(workers: workers) }
        let forward = steps.map { arena.add(count: scratch[$0], life: $0...$0) }
        let backward = steps.map { step in
            let step = (backwardStep(step), differentiates[step] ? scratch[step] : 0)
            return arena.add(count: step.1, life: step.0...step.0)
        }
        arena.place()
        let offset = { (block: Int) in arena.blocks[block].offset }
        return MemoryLayoutPlan(
            values: values.map(offset), gradients: gradients.map { $0.map(offset) }, saved: saved.map(offset),
            workspaces: (forward + backward).map(offset), differentiates: differentiates,
            seed: objective.flatMap { gradients[$0.index].map(offset) }, extent: arena.extent)
    }

    private func count(_ value: Value) -> Int {
        if case .parameter = graph.origins[value.index] { return 0 }
        return value.shape.count
    }

    private func readers(of value: Value) -> [Int] {
        graph.operations.indices.filter { graph.operations[$0].inputs.contains(value) }
    }

    /// Inputs stay for good, so that a pass can be repeated.
    private func life(of value: Value) -> ClosedRange<Int> {
        guard case .operation(let maker) = graph.origins[value.index], !kept.contains(value.index) else {
            return 0...last
        }
        var end = maker
        for reader in readers(of: value) {
            let operation = graph.operations[reader]
            let again =
                differentiates[reader]
                && operation.inputsReadBackward.contains { operation.inputs[$0] == value }
            end = max(end, again ? backwardStep(reader) : reader)
        }
        if differentiates[maker], graph.operations[maker].readsOutputBackward {
            end = max(end, backwardStep(maker))
        }
        return maker...end
    }

    private func gradientLife(of value: Value) -> ClosedRange<Int>? {
        guard objective != nil, graph.differentiable[value.index] else { return nil }
        let first = readers(of: value).filter { differentiates[$0] }.map(backwardStep).min()
        switch graph.origins[value.index] {
        case .parameter: return nil
        case .input: return first.map { $0...last }
        case .operation(let maker):
            guard differentiates[maker] else { return nil }
            let start = value == objective ? graph.operations.count - 1 : first
            return start.map { min($0, backwardStep(maker))...backwardStep(maker) }
        }
    }
}
