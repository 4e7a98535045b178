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

    /// The frames of the first forward pass of operations that run forward twice: nothing is kept.
    func passingFrames() -> [Frame<Scalar>] {
        graph.operations.indices.map { index in
            let operation = graph.operations[index]
            return frame(index, operation, operation.inputs.map { _ in nil }, isAgain: false)
        }
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
            frames.append(frame(index, operation, gradients, isAgain: true))
        }
        return frames.reversed()
    }

    private func frame(
        _ index: Int, _ operation: any Operation<Scalar>, _ gradients: [GradientPlace<Scalar>?], isAgain: Bool
    ) -> Frame<Scalar> {
        let values = isAgain ? layout.valuesAgain : layout.values
        let output = graph.values.first {
            if case .operation(index) = graph.origins[$0.index] { true } else { false }
        }
        let place = output?.index ?? 0
        return Frame(
            inputs: operation.inputs.map { pointer(of: $0, values) }, gradients: gradients,
            output: base + values[place],
            outputGradient: base + (layout.gradients[place] ?? 0), saved: base + layout.saved[index],
            workspace: base + layout.workspaces[isAgain ? 1 : 0][index],
            backwardWorkspace: base + layout.workspaces[2][index], workers: workers,
            isDifferentiating: isAgain && layout.differentiates[index])
    }

    private func pointer(of value: Value, _ values: [Int]) -> UnsafeMutablePointer<Scalar> {
        if case .parameter(let index) = graph.origins[value.index] {
            return graph.parameters.values + graph.parameters.parameters[index].offset
        }
        return base + values[value.index]
    }

    private func gradient(of value: Value) -> UnsafeMutablePointer<Scalar>? {
        if case .parameter(let index) = graph.origins[value.index] {
            return graph.parameters.gradients + graph.parameters.parameters[index].offset
        }
        return layout.gradients[value.index].map { base + $0 }
    }
}
