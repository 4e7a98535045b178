import Numerics

/// Where everything lies in the arena, in values from its start. Parameters lie elsewhere.
struct MemoryLayoutPlan: Sendable {
    /// Per value; 0 for parameters.
    var values: [Int]
    /// Per value where the second forward pass puts it, and the backward pass reads it.
    var valuesAgain: [Int]
    /// Per value; nil where no gradient is computed, and for parameters.
    var gradients: [Int?]
    /// Per operation.
    var saved: [Int]
    /// Per operation; for the forward pass, the second one and the backward pass.
    var workspaces: [[Int]]
    /// Per operation: whether it has a backward pass.
    var differentiates: [Bool]
    /// The gradient of the objective.
    var seed: Int?
    /// The length of the arena.
    var extent: Int
}

/// Finds out how long every block of a graph lives, in the steps of its schedule, and places them.
struct MemoryPlanner<Scalar: Real> {
    private let graph: Graph<Scalar>
    private let kept: Set<Int>
    private let objective: Value?
    private let workers: Int
    private let schedule: Schedule
    private let differentiates: [Bool]

    init(_ graph: Graph<Scalar>, _ schedule: Schedule, outputs: [Value], objective: Value?, workers: Int) {
        self.graph = graph
        self.schedule = schedule
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

    func plan() -> MemoryLayoutPlan {
        var arena = ArenaPlan()
        let values = graph.values.map { arena.add(count: count($0), life: life(of: $0)) }
        let again = zip(graph.values, values).map { value, block in
            secondLife(of: value).map { arena.add(count: count(value), life: $0) } ?? block
        }
        let gradients = graph.values.map { value in
            gradientLife(of: value).map { arena.add(count: value.shape.count, life: $0) }
        }
        let steps = graph.operations.indices
        let saved = steps.map { step in
            let count = differentiates[step] ? graph.operations[step].savedCount : 0
            return arena.add(count: count, life: schedule.again[step]...schedule.backward[step])
        }
        let scratch = steps.map { graph.operations[$0].workspaceCount(workers: workers) }
        let forward = steps.map { arena.add(count: scratch[$0], life: $0...$0) }
        let repeated = steps.map { step in
            let at = schedule.again[step]
            return schedule.repeats(step) ? arena.add(count: scratch[step], life: at...at) : forward[step]
        }
        let backward = steps.map { step in
            let at = schedule.backward[step]
            return arena.add(count: differentiates[step] ? scratch[step] : 0, life: at...at)
        }
        arena.place()
        let offset = { (block: Int) in arena.blocks[block].offset }
        return MemoryLayoutPlan(
            values: values.map(offset), valuesAgain: again.map(offset),
            gradients: gradients.map { $0.map(offset) }, saved: saved.map(offset),
            workspaces: [forward, repeated, backward].map { $0.map(offset) },
            differentiates: differentiates, seed: objective.flatMap { gradients[$0.index].map(offset) },
            extent: arena.extent)
    }

    private func count(_ value: Value) -> Int {
        if case .parameter = graph.origins[value.index] { return 0 }
        return value.shape.count
    }

    private func readers(of value: Value) -> [Int] {
        graph.operations.indices.filter { graph.operations[$0].inputs.contains(value) }
    }

    /// The maker of a value that only its own segment reads, which is made twice.
    private func inner(_ value: Value) -> Int? {
        guard case .operation(let maker) = graph.origins[value.index], !kept.contains(value.index),
            schedule.repeats(maker),
            readers(of: value).allSatisfy({ schedule.segment[$0] == schedule.segment[maker] })
        else { return nil }
        return maker
    }

    /// Inputs stay for good, so that a pass can be repeated.
    private func life(of value: Value) -> ClosedRange<Int> {
        guard case .operation(let maker) = graph.origins[value.index], !kept.contains(value.index) else {
            return 0...schedule.end
        }
        if inner(value) != nil { return maker...(readers(of: value).max() ?? maker) }
        return maker...lastUse(of: value, by: maker)
    }

    private func secondLife(of value: Value) -> ClosedRange<Int>? {
        inner(value).map { schedule.again[$0]...lastUse(of: value, by: $0) }
    }

    /// The last step that reads or writes a value.
    private func lastUse(of value: Value, by maker: Int) -> Int {
        var end = schedule.again[maker]
        for reader in readers(of: value) {
            let operation = graph.operations[reader]
            let returns =
                differentiates[reader]
                && operation.inputsReadBackward.contains { operation.inputs[$0] == value }
            end = max(end, returns ? schedule.backward[reader] : schedule.again[reader])
        }
        if differentiates[maker], graph.operations[maker].readsOutputBackward {
            end = max(end, schedule.backward[maker])
        }
        return end
    }

    private func gradientLife(of value: Value) -> ClosedRange<Int>? {
        guard objective != nil, graph.differentiable[value.index] else { return nil }
        let first = readers(of: value).filter { differentiates[$0] }.map { schedule.backward[$0] }.min()
        switch graph.origins[value.index] {
        case .parameter: return nil
        case .input: return first.map { $0...schedule.end }
        case .operation(let maker):
            guard differentiates[maker] else { return nil }
            let start = value == objective ? graph.operations.count - 1 : first
            return start.map { min($0, schedule.backward[maker])...schedule.backward[maker] }
        }
    }
}
