/// The inputs of a sample as a short list of numbers: every channel averaged onto a coarse grid, in units of its
/// deviation over the training samples.
struct InputFeatures: Sendable {
    private let channels: Int
    private let cells: [Int]
    private let coarse: [Int]
    private var mean: [Float] = []
    private var scale: [Float] = []

    /// - Parameters:
    ///   - cells: extents of the grid, x first.
    ///   - samples: the training inputs.
    init(channels: Int, cells: [Int], samples: [[Float]]) {
        self.channels = channels
        self.cells = cells
        coarse = cells.map { min($0, 16) }
        let plain = samples.map { pool($0) }
        let count = Float(max(1, plain.count))
        mean = (plain.first ?? []).indices.map { index in plain.reduce(0) { $0 + $1[index] } / count }
        let deviations = mean.indices.map { index in
            (plain.reduce(0) { $0 + ($1[index] - mean[index]) * ($1[index] - mean[index]) } / count)
                .squareRoot()
        }
        // All numbers of a channel in one unit: its largest deviation.
        let size = coarse.reduce(1, *)
        scale = deviations.indices.map { index in
            let channel = index / size
            let largest = deviations[channel * size..<(channel + 1) * size].max() ?? 0
            return largest > 0 ? 1 / (largest * Float(size).squareRoot()) : 0
        }
    }

    /// The features of a sample.
    func callAsFunction(_ inputs: [Float]) -> [Float] {
        let plain = pool(inputs)
        return plain.indices.map { (plain[$0] - mean[$0]) * scale[$0] }
    }

    private func pool(_ inputs: [Float]) -> [Float] {
        let (size, count) = (coarse.reduce(1, *), cells.reduce(1, *))
        var sums = [Float](repeating: 0, count: channels * size)
        var counts = [Float](repeating: 0, count: size)
        for cell in 0..<count {
            var (rest, target, stride) = (cell, 0, 1)
            for (extent, wide) in zip(cells, coarse) {
                target += rest % extent * wide / extent * stride
                rest /= extent
                stride *= wide
            }
            counts[target] += 1
            for channel in 0..<channels { sums[channel * size + target] += inputs[channel * count + cell] }
        }
        return sums.indices.map { sums[$0] / max(1, counts[$0 % size]) }
    }
}
