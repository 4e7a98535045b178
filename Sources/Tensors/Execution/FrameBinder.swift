import Numerics

/// Turns places into pointers, once, when a graph is compiled.
struct FrameBinder<Scalar: Real> {
    private let graph: Graph<Scalar>
    private let layout: MemoryLayoutPlan
    private let base: UnsafeMutablePointer<Scalar>
    private let objective: Value?
    private let workers: Workers

    init(
        _ graph: Graph<Scalar>, _ layout: MemoryLayoutPlan, _ base: UnsafeMutablePointer<Scalar>,
        _ objective: Value?, _ workers: Workers
    ) {
        self.graph = graph
        self.layout = layout
        self.base = base
        self.objective = objective
        self.workers = workers
    }

    /// One frame an operation. Gradients are first written by the last reader of a value, and added to by the others.
    func frames(accumulatesParameters: Bool) -> [Frame<Scalar>] {
        var written = Set<Int>()
        var frames: [Frame<Scalar>] = []
        for index in graph.operations.indices.reversed() {
            let operation = graph.operations[index]
            let gradients = operation.inputs.map { input -> GradientPlace<Scalar>? in
                guard layout.differentiates[index], let place = gradient(of: input) else { return nil }
                let isParameter = layout.gradients[input.index] == nil
                let again = !written.insert(input.index).inserted
                return GradientPlace(base: place, accumulates: again || isParameter && accumulatesParameters)
            }
            frames.append(frame(index, operation, gradients))
        }
        return frames.reversed()
    }

    private func frame(
        _ index: Int, _ operation: any Operation<Scalar>, _ gradients: [GradientPlace<Scalar>?]
    ) -> Frame<Scalar> {
        let output = graph.values.first {
            if case .operation(index) = graph.origins[$0.index] { true } else { false }
        }
        let place = output?.index ?? 0
        return Frame(
            inputs: operation.inputs.map(pointer), gradients: gradients, output: base + layout.values[place],
            outputGradient: base + (layout.gradients[place] ?? 0), saved: base + layout.saved[index],
            workspace: base + layout.workspaces[index],
            backwardWorkspace: base + layout.workspaces[graph.operations.count + index],
            workers: workers, isDifferentiating: layout.differentiates[index])
    }

    private func pointer(of value: Value) -> UnsafeMutablePointer<Scalar> {
        if case .parameter(let index) = graph.origins[value.index] {
            return graph.parameters.values + graph.parameters.parameters[index].offset
        }
        return base + layout.values[value.index]
    }

    private func gradient(of value: Value) -> UnsafeMutablePointer<Scalar>? {
        if case .parameter(let index) = graph.origins[value.index] {
            return graph.parameters.gradients + graph.parameters.parameters[index].offset
        }
        return layout.gradients[value.index].map { base + $0 }
    }
}
