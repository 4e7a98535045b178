import Numerics

/// A compiled graph: every value has its place in one arena, and passes allocate nothing.
///
/// The life of a value runs from the operation that makes it to the last that reads it, in the forward pass or, where
/// an operation says so, in the backward pass; a gradient lives from its last reader to its maker. Blocks whose lives do
/// not meet share memory.
public final class Program<Scalar: Real>: @unchecked Sendable {
    /// The parameters that passes read, and whose gradients they write.
    public let parameters: ParameterSet<Scalar>
    /// Bytes of the arena.
    public var arenaBytes: Int { arena.bytes }

    private let arena: AlignedMemory
    private let operations: [any Operation<Scalar>]
    private let schedule: Schedule
    private let passingFrames: [Frame<Scalar>]
    private let frames: [Frame<Scalar>]
    private let accumulatingFrames: [Frame<Scalar>]
    private let layout: MemoryLayoutPlan

    /// Compiles a graph.
    ///
    /// - Parameters:
    ///   - outputs: Values that are read after the forward pass.
    ///   - objective: The value of one number whose gradients are wanted; nil for predictions alone.
    ///   - recomputes: Whether the backward pass computes values again instead of keeping all of them: less memory for
    ///     more time, and the same gradients to the bit.
    public init(
        _ graph: Graph<Scalar>, outputs: [Value], objective: Value? = nil, workers: Workers,
        recomputes: Bool = false
    ) {
        parameters = graph.parameters
        operations = graph.operations
        schedule = Schedule(
            operations: graph.operations.count, recomputes: recomputes && objective != nil)
        let planner = MemoryPlanner(
            graph, schedule, outputs: outputs, objective: objective, workers: workers.count)
        layout = planner.plan()
        arena = AlignedMemory(bytes: layout.extent * MemoryLayout<Scalar>.stride)
        let binder = FrameBinder(graph, layout, arena.values(of: Scalar.self), objective, workers)
        passingFrames = binder.passingFrames()
        frames = binder.frames(accumulatesParameters: false)
        accumulatingFrames = binder.frames(accumulatesParameters: true)
    }

    /// The memory of an input, to be written before a pass, or of an output, to be read after it.
    public func values(of value: Value) -> UnsafeMutableBufferPointer<Scalar> {
        UnsafeMutableBufferPointer(
            start: arena.values(of: Scalar.self) + layout.values[value.index], count: value.shape.count)
    }

    /// The gradient of the objective with respect to a differentiable input; nil for other values.
    public func gradient(of value: Value) -> UnsafeMutableBufferPointer<Scalar>? {
        layout.gradients[value.index].map {
            UnsafeMutableBufferPointer(start: arena.values(of: Scalar.self) + $0, count: value.shape.count)
        }
    }

    /// Computes the outputs.
    public func forward() {
        for index in operations.indices {
            operations[index].forward(schedule.repeats(index) ? passingFrames[index] : frames[index])
        }
    }

    /// Computes the gradients of the objective, after a forward pass.
    ///
    /// - Parameters:
    ///   - accumulating: Whether gradients of parameters are added to what the set holds.
    ///   - factor: What the objective is multiplied by: its share in a sum over several passes.
    public func backward(accumulating: Bool = false, factor: Scalar = 1) {
        guard let seed = layout.seed else { return }
        (arena.values(of: Scalar.self) + seed).pointee = factor
        let frames = accumulating ? accumulatingFrames : frames
        for segment in schedule.segments.reversed() {
            for index in segment where schedule.repeats(index) { operations[index].forward(frames[index]) }
            for index in segment.reversed() where layout.differentiates[index] {
                operations[index].backward(frames[index])
            }
        }
    }
}
