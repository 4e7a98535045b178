import Numerics

/// The exact Euclidean distance transform of a set of cells, for any spacing along each axis, in linear time.
///
/// One pass an axis takes the lower envelope of parabolas (Felzenszwalb & Huttenlocher 2012,
/// doi:10.4086/toc.2012.v008a019). A cell is a box, not a point: its parabolas stand on both of its faces and
/// on its centre, that is on a lattice of half the spacing, and the envelope is read at centres.
enum DistanceTransform {
    /// The distance from every cell's centre to the nearest box of a cell in the set: 0 inside the set,
    /// infinite where the set is empty.
    static func distances(
        toCellsWhere isMember: (Int) -> Bool, on grid: SampleGrid, workers: Workers
    ) -> [Double] {
        var squares = (0..<grid.count).map { isMember($0) ? 0 : Double.infinity }
        var stride = 1
        for axis in 0..<grid.rank {
            squares.withUnsafeMutableBufferPointer { buffer in
                let lines = Lines(
                    values: buffer.baseAddress, total: buffer.count, cells: grid.cells[axis],
                    stride: stride, spacing: grid.spacing(axis))
                workers.run { worker in
                    var envelope = Envelope(cells: lines.cells, spacing: lines.spacing)
                    for line in workers.share(of: lines.count, worker: worker) {
                        lines.transform(line, &envelope)
                    }
                }
            }
            stride *= grid.cells[axis]
        }
        return squares.map { $0.squareRoot() }
    }

    /// The lines of an array along one axis.
    private struct Lines: @unchecked Sendable {
        let values: UnsafeMutablePointer<Double>?
        let total: Int
        let cells: Int
        let stride: Int
        let spacing: Double

        var count: Int { cells == 0 ? 0 : total / cells }

        func transform(_ line: Int, _ envelope: inout Envelope) {
            guard let values else { return }
            let first = values + (line / stride * stride * cells + line % stride)
            envelope.build { first[$0 * stride] }
            envelope.read { first[$0 * stride] = $1 }
        }
    }

    /// The lower envelope of parabolas of one line; positions are in half cells, centres odd, faces even.
    private struct Envelope {
        let cells: Int
        /// The square of half the spacing.
        let unit: Double
        private var sites: [Int]
        private var heights: [Double]
        private var starts: [Double]
        private var count = 0

        init(cells: Int, spacing: Double) {
            self.cells = cells
            unit = 0.25 * spacing * spacing
            sites = Array(repeating: 0, count: 2 * cells + 1)
            heights = Array(repeating: 0, count: 2 * cells + 1)
            starts = Array(repeating: 0, count: 2 * cells + 1)
        }

        mutating func build(_ value: (Int) -> Double) {
            count = 0
            for cell in 0..<cells {
                let here = value(cell)
                insert(2 * cell, cell > 0 ? min(here, value(cell - 1)) : here)
                insert(2 * cell + 1, here)
            }
            if cells > 0 { insert(2 * cells, value(cells - 1)) }
        }

        private mutating func insert(_ site: Int, _ height: Double) {
            guard height < .infinity else { return }
            var start = -Double.infinity
            while count > 0 {
                start = crossing(count - 1, site, height)
                if start > starts[count - 1] { break }
                count -= 1
            }
            sites[count] = site
            heights[count] = height
            starts[count] = count == 0 ? -.infinity : start
            count += 1
        }

        /// Where the parabola on `site` falls below an earlier one.
        private func crossing(_ index: Int, _ site: Int, _ height: Double) -> Double {
            let rise = (height - heights[index]) / unit
            let apart = Double(site - sites[index])
            return 0.5 * (rise / apart + Double(site + sites[index]))
        }

        func read(_ store: (Int, Double) -> Void) {
            guard count > 0 else { return }
            var index = 0
            for cell in 0..<cells {
                let position = Double(2 * cell + 1)
                while index + 1 < count, starts[index + 1] <= position { index += 1 }
                let away = position - Double(sites[index])
                store(cell, heights[index] + unit * away * away)
            }
        }
    }
}
