/// The values of one variable along a row.
public enum RowVariable {
    /// The same value in the whole row.
    case uniform(Double)
    /// One value for each entry of the row.
    case values(UnsafePointer<Double>)
}

extension Expression {
    /// Entries that are evaluated together: small enough for the first-level cache, long enough for the
    /// interpretation of an instruction to cost nothing.
    private static let blockLength = 256

    /// Evaluates a whole row, an instruction at a time over blocks of entries; sub-expressions that are
    /// uniform along the row are evaluated once for each block.
    ///
    /// - Parameters:
    ///   - row: Where the values go.
    ///   - variables: One entry for each of ``variables``; arrays are as long as `row`. Further ones are ignored.
    public func evaluate(into row: UnsafeMutableBufferPointer<Double>, variables: [RowVariable]) {
        if let value = constantValue {
            row.update(repeating: value)
            return
        }
        let length = Self.blockLength
        withUnsafeTemporaryAllocation(of: Double.self, capacity: length * stackDepth) { scratch in
            withUnsafeTemporaryAllocation(of: Bool.self, capacity: stackDepth) { uniform in
                guard let values = scratch.baseAddress, let flags = uniform.baseAddress else { return }
                let stack = RowStack(values: values, uniform: flags, length: length)
                for start in stride(from: 0, to: row.count, by: length) {
                    let count = min(length, row.count - start)
                    run(stack, variables, from: start, count: count)
                    stack.spread(0, count)
                    for entry in 0..<count { row[start + entry] = values[entry] }
                }
            }
        }
    }

    private func run(_ stack: RowStack, _ variables: [RowVariable], from start: Int, count: Int) {
        var top = 0
        for instruction in program {
            switch instruction {
            case .constant(let value): stack.push(value, at: top)
            case .variable(let index):
                switch variables[index] {
                case .uniform(let value): stack.push(value, at: top)
                case .values(let values): stack.push(values + start, at: top, count)
                }
            case .unary(let operation): stack.apply(operation, at: top - 1, count)
            case .binary(let operation): stack.apply(operation, at: top - 2, count)
            case .select: stack.select(at: top - 3, count)
            }
            top += instruction.stackEffect
        }
    }
}

/// A stack of blocks. A uniform slot keeps its one value in the first entry until it meets a block.
private struct RowStack {
    let values: UnsafeMutablePointer<Double>
    let uniform: UnsafeMutablePointer<Bool>
    let length: Int

    private func slot(_ index: Int) -> UnsafeMutablePointer<Double> { values + index * length }

    func push(_ value: Double, at index: Int) {
        slot(index)[0] = value
        uniform[index] = true
    }

    func push(_ source: UnsafePointer<Double>, at index: Int, _ count: Int) {
        slot(index).update(from: source, count: count)
        uniform[index] = false
    }

    /// Fills the block of a uniform slot.
    func spread(_ index: Int, _ count: Int) {
        guard uniform[index] else { return }
        slot(index).update(repeating: slot(index)[0], count: count)
        uniform[index] = false
    }

    func apply(_ operation: UnaryOperation, at index: Int, _ count: Int) {
        let block = slot(index)
        let work = uniform[index] ? 1 : count
        switch operation {
        case .negate: for entry in 0..<work { block[entry] = -block[entry] }
        case .sqrt: for entry in 0..<work { block[entry] = block[entry].squareRoot() }
        case .abs: for entry in 0..<work { block[entry] = Swift.abs(block[entry]) }
        default: for entry in 0..<work { block[entry] = operation.apply(block[entry]) }
        }
    }

    func apply(_ operation: BinaryOperation, at index: Int, _ count: Int) {
        let work = meet(index, index + 1, count)
        let left = slot(index)
        let right = UnsafePointer(slot(index + 1))
        // The common operations are spelled out so that their loops vectorise.
        switch operation {
        case .add: for entry in 0..<work { left[entry] += right[entry] }
        case .subtract: for entry in 0..<work { left[entry] -= right[entry] }
        case .multiply: for entry in 0..<work { left[entry] *= right[entry] }
        case .divide: for entry in 0..<work { left[entry] /= right[entry] }
        case .less: for entry in 0..<work { left[entry] = left[entry] < right[entry] ? 1 : 0 }
        case .greater: for entry in 0..<work { left[entry] = left[entry] > right[entry] ? 1 : 0 }
        default: for entry in 0..<work { left[entry] = operation.apply(left[entry], right[entry]) }
        }
    }

    func select(at index: Int, _ count: Int) {
        let first = meet(index + 1, index + 2, count)
        let work = max(first, meet(index, index + 1, count))
        if work > 1 { spread(index + 2, count) }
        let (condition, value, otherwise) = (slot(index), slot(index + 1), slot(index + 2))
        for entry in 0..<work { condition[entry] = condition[entry] != 0 ? value[entry] : otherwise[entry] }
    }

    /// Brings two slots to the same form; returns how many entries each has then.
    private func meet(_ first: Int, _ second: Int, _ count: Int) -> Int {
        if uniform[first] && uniform[second] { return 1 }
        spread(first, count)
        spread(second, count)
        return count
    }
}
