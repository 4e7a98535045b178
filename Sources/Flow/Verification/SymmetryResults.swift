/// The largest deviation of the final state from a symmetry, over cells that hold gas as their images do, relative to the largest magnitude of the field
/// (all velocity components share one scale): `symmetry.mirror_x` …, `symmetry.swap` (x↔y),
/// `symmetry.swap_yz`, `symmetry.swap_xz`, `symmetry.rotate` (by 90° about z). The centre is that of the
/// domain.
enum SymmetryResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let cells = flowCase.domain.cells
        var results = Array(["mirror_x", "mirror_y", "mirror_z"].prefix(cells.count)).enumerated().map {
            axis, name in
            CaseResult("symmetry.\(name)") { deviation($0.main.final, .mirror(axis)) }
        }
        let swaps = [("swap", 0, 1), ("swap_yz", 1, 2), ("swap_xz", 0, 2)].filter { $0.2 < cells.count }
        for (name, first, second) in swaps {
            let missing = cells[first] == cells[second] ? nil : "as many cells along both axes"
            results.append(
                CaseResult("symmetry.\(name)", missing: missing) {
                    deviation($0.main.final, .swap(first, second))
                })
        }
        if cells.count > 1 {
            let missing = cells[0] == cells[1] ? nil : "as many cells along both axes"
            results.append(
                CaseResult("symmetry.rotate", missing: missing) { deviation($0.main.final, .rotation) })
        }
        return results
    }

    /// A symmetry as a signed permutation of axes: axis `a` of the image is axis `source[a]`, reversed where
    /// `sign[a]` < 0.
    private struct Symmetry {
        var source = [0, 1, 2]
        var sign = [1.0, 1.0, 1.0]

        static func mirror(_ axis: Int) -> Symmetry {
            var result = Symmetry()
            result.sign[axis] = -1
            return result
        }

        static func swap(_ first: Int, _ second: Int) -> Symmetry {
            var result = Symmetry()
            result.source.swapAt(first, second)
            return result
        }

        /// (x, y) → (−y, x).
        static let rotation = Symmetry(source: [1, 0, 2], sign: [-1, 1, 1])
    }

    private static func deviation(_ snapshot: FlowSnapshot, _ symmetry: Symmetry) -> Double {
        let rank = snapshot.domain.rank
        let names = FlowSnapshot.primitiveNames(rank: rank)
        let fields = names.map(snapshot.field)
        let image = imageCells(snapshot.domain.cells, symmetry)
        let largest = { (field: [Double]) in maximum(snapshot.fluid.select(field).map(abs)) }
        let speed = fields[1...rank].map(largest).max() ?? 0
        let cells = fields[0].indices.filter {
            snapshot.fluid.contains($0) && snapshot.fluid.contains(image[$0])
        }
        var worst = 0.0
        for (variable, field) in fields.enumerated() {
            let isVelocity = variable > 0 && variable <= rank
            let other = isVelocity ? fields[1 + symmetry.source[variable - 1]] : field
            let sign = isVelocity ? symmetry.sign[variable - 1] : 1
            let scale = isVelocity ? speed : largest(field)
            guard scale > 0 else { continue }
            worst = max(
                worst, maximum(cells.map { abs(field[image[$0]] - sign * other[$0]) }) / scale)
        }
        return worst
    }

    /// Where each cell goes.
    private static func imageCells(_ cells: [Int], _ symmetry: Symmetry) -> [Int] {
        (0..<cells.reduce(1, *)).map { cell in
            var rest = cell
            let index = cells.map { count in
                defer { rest /= count }
                return rest % count
            }
            return cells.indices.reversed().reduce(0) { result, axis in
                let from = index[symmetry.source[axis]]
                return result * cells[axis] + (symmetry.sign[axis] < 0 ? cells[axis] - 1 - from : from)
            }
        }
    }
}
