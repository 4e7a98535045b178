import Flow
import Foundation

/// How much memory a case takes, known before any is taken.
struct MemoryEstimate {
    /// Bytes of all fields that the solver stores: two states and Σ.
    let fieldBytes: Int
    /// Bytes of the initial state in double precision, there only while the solver is made.
    let initialBytes: Int

    init(_ flowCase: FlowCase) {
        let cells = flowCase.domain.cells.reduce(1, *)
        let variables = flowCase.domain.rank + 2
        let hasEntropicPressure = flowCase.numerics.hasEntropicPressure
        let width =
            switch flowCase.numerics.storage {
            case .float64: 8
            case .float32: 4
            case .scaled16, .float16: 2
            }
        fieldBytes = cells * width * (2 * variables + (hasEntropicPressure ? 1 : 0))
        initialBytes = cells * variables * 8
    }

    /// Throws `ToolError` where this machine does not have the memory.
    func requireRoom() throws {
        let machine = ProcessLimits.memory
        guard fieldBytes + initialBytes > Int(clamping: machine) else { return }
        throw ToolError(
            "the case needs \(ProgressText.bytes(fieldBytes + initialBytes)) of memory, "
                + "this process may have \(ProgressText.bytes(Int(clamping: machine)))",
            advice: "fewer cells (--set domain.cells=[…]), or less per cell (--storage scaled16)",
            status: .failed)
    }
}
