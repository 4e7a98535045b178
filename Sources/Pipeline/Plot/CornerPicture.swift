import Figures
import Foundation

/// Draws of a posterior: histograms on the diagonal, every parameter against every other one below it, and their
/// correlation above it.
struct CornerPicture {
    /// Parameters that are shown at most, and draws in one panel.
    private static let (mostParameters, mostDraws) = (6, 1500)

    private let names: [String]
    /// One list a parameter.
    private let columns: [[Double]]

    /// - Parameter draws: one row a draw, the values of all parameters; draws that are not finite, and parameters that
    ///   never change, are left out.
    init(names: [String], draws: [[Double]]) {
        let draws = draws.filter { $0.count == names.count && $0.allSatisfy(\.isFinite) }
        let moving = names.indices.filter { column in draws.contains { $0[column] != draws[0][column] } }
        let shown = moving.prefix(Self.mostParameters)
        self.names = shown.map { names[$0] }
        columns = shown.map { column in draws.map { $0[column] } }
    }

    /// Throws `FigureError` where nothing can be drawn.
    func figure(title: String, size: FigureSize) throws -> Figure {
        guard !names.isEmpty else { throw FigureError.emptyData(what: "a corner plot") }
        let panels = try names.indices.flatMap { row in try names.indices.map { try panel(row, $0) } }
        return Figure(title: title, panels: panels, columns: names.count, size: size)
    }

    private func panel(_ row: Int, _ column: Int) throws -> Panel {
        if row == column { return try histogram(row) }
        return row > column ? try scatter(row, column) : correlation(row, column)
    }

    private func scatter(_ row: Int, _ column: Int) throws -> Panel {
        let stride = max(1, columns[row].count / Self.mostDraws)
        let picked = Swift.stride(from: 0, to: columns[row].count, by: stride)
        return Panel(
            xAxis: xAxis(column, isLast: row == names.count - 1),
            yAxis: Axis(column == 0 ? names[row] : "", margin: 0.04, showsLabels: column == 0),
            layers: [
                try ScatterLayer(
                    x: picked.map { columns[column][$0] }, y: picked.map { columns[row][$0] },
                    marker: Marker(.circle, color: .series(0).opacity(0.35), size: 1.5))
            ], shape: .ratio(0.8))
    }

    /// The share of draws in each of about √n bins of equal width, as steps.
    private func histogram(_ index: Int) throws -> Panel {
        let values = columns[index]
        let (least, most) = (values.min() ?? 0, values.max() ?? 1)
        let count = max(8, min(40, Int(Double(values.count).squareRoot())))
        var shares = [Double](repeating: 0, count: count)
        for value in values {
            // By halves: the difference of the largest numbers is none.
            let bin = Int(Double(count) * (value / 2 - least / 2) / (most / 2 - least / 2))
            shares[min(count - 1, max(0, bin))] += 1 / Double(values.count)
        }
        let edges = (0...count).map { least + (most - least) * Double($0) / Double(count) }
        let x = (0..<count).flatMap { [edges[$0], edges[$0 + 1]] }
        let y = shares.flatMap { [$0, $0] }
        return Panel(
            xAxis: xAxis(index, isLast: index == names.count - 1),
            yAxis: Axis(
                index == 0 ? names[0] : "", range: 0...(1.1 * (shares.max() ?? 1)), ticks: [],
                showsLabels: false),
            layers: [try BandLayer(x: x, lower: x.map { _ in 0 }, upper: y, color: .series(0).opacity(0.5))],
            shape: .ratio(0.8), showsGrid: false)
    }

    private func xAxis(_ column: Int, isLast: Bool) -> Axis {
        Axis(isLast ? names[column] : "", margin: 0.04, showsLabels: isLast)
    }

    private func correlation(_ row: Int, _ column: Int) -> Panel {
        let (a, b) = (centred(columns[row]), centred(columns[column]))
        let product = { (one: [Double], other: [Double]) in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }
        let value = product(a, b) / max(.leastNormalMagnitude, (product(a, a) * product(b, b)).squareRoot())
        let text = String(format: "%+.2f", value).replacing("-", with: "−")
        return Panel(
            xAxis: Axis(range: 0...1, ticks: [], showsLabels: false),
            yAxis: Axis(range: 0...1, ticks: [], showsLabels: false),
            layers: [TextLayer(text, x: 0.5, y: 0.45, alignment: .middle)], shape: .ratio(0.8),
            showsGrid: false)
    }

    private func centred(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        return values.map { $0 - mean }
    }
}
