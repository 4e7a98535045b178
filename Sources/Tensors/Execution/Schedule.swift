/// When every operation runs: forward in order, then backward in reverse, segment after segment.
///
/// With one segment everything that the backward pass reads is kept from the forward pass. With more, only values that
/// cross from one segment to another are kept; before its backward pass a segment but the last runs forward once more
/// (Chen et al. 2016, arXiv:1604.06174). √n segments of √n operations keep the least.
struct Schedule: Sendable {
    /// Operations of each segment.
    let segments: [Range<Int>]
    /// The segment of each operation.
    let segment: [Int]
    /// Per operation the step of its second forward pass; that of the first where it has no second.
    let again: [Int]
    /// Per operation the step of its backward pass.
    let backward: [Int]
    /// After the last step.
    let end: Int

    init(operations count: Int, recomputes: Bool) {
        let parts = recomputes ? max(1, Int(Double(count).squareRoot())) : 1
        segments = (0..<parts).map { (count * $0 / parts)..<(count * ($0 + 1) / parts) }
        var (segment, again) = ([Int](repeating: 0, count: count), Array(0..<count))
        var (backward, step) = ([Int](repeating: 0, count: count), count)
        for (index, operations) in segments.enumerated().reversed() {
            for operation in operations {
                segment[operation] = index
                if index == parts - 1 { continue }
                again[operation] = step
                step += 1
            }
            for operation in operations.reversed() {
                backward[operation] = step
                step += 1
            }
        }
        (self.segment, self.again, self.backward, end) = (segment, again, backward, step)
    }

    /// Whether an operation runs forward twice.
    func repeats(_ operation: Int) -> Bool { again[operation] != operation }
}
