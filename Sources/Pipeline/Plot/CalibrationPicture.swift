import Archive
import Figures
import Foundation

/// A calibration's result as figures.
struct CalibrationPicture {
    /// What is drawn.
    enum Subject: String, CaseIterable {
        /// The cost of every point and the best so far.
        case convergence
        /// Observations beside the model at the best point.
        case fit
        /// Parameters within their bounds.
        case parameters
        /// The posterior's draws, every parameter against every other one.
        case corner
        /// What the observations determine: singular values of the Jacobian.
        case spectrum
        /// The least cost with each parameter held.
        case profiles
    }

    let record: CalibrationRecord
    let path: String
    let look: PlotVerb.Look

    /// A figure. Throws `ToolError` where the result lacks what it shows, `FigureError` where it cannot be drawn.
    func figure(_ subject: Subject) throws -> Figure {
        let panels: [Panel]
        switch subject {
        case .convergence: panels = [try convergence()]
        case .fit: panels = try fit()
        case .parameters: panels = [try parameters()]
        case .corner: return try corner()
        case .spectrum: panels = [try spectrum()]
        case .profiles: panels = try profiles()
        }
        return Figure(
            title: title, panels: panels, columns: columns(panels.count), size: try look.figureSize())
    }

    /// Few panels stand in up to three columns, many in about as many columns as rows.
    private func columns(_ count: Int) -> Int {
        count < 3 ? 1 : count == 4 ? 2 : max(3, Int(Double(count).squareRoot().rounded(.up)))
    }

    private var title: String { look.title ?? record.attributes["title"]?.text ?? "calibration" }

    private func convergence() throws -> Panel {
        guard !record.costs.isEmpty else { throw missing("evaluated points") }
        var best: [Double] = []
        for cost in record.costs { best.append(min(best.last ?? .infinity, cost.isNaN ? .infinity : cost)) }
        let numbers = record.costs.indices.map { Double($0 + 1) }
        let isPositive = record.costs.allSatisfy { $0.isNaN || $0 > 0 }
        var layers: [any Layer] = [
            try ScatterLayer(
                x: numbers, y: record.costs, marker: Marker(.circle, color: .grey(0.7), size: 2.5),
                label: "points"),
            try LineLayer(x: numbers, y: best.map { $0.isFinite ? $0 : .nan }, label: "best so far"),
        ]
        let failed = record.costs.indices.filter { record.costs[$0].isNaN }
        if !failed.isEmpty, let floor = best.last {
            layers.append(
                try ScatterLayer(
                    x: failed.map { Double($0 + 1) }, y: failed.map { _ in floor },
                    marker: Marker(.cross, color: .series(1), size: 4), label: "failed"))
        }
        return Panel(
            xAxis: Axis("points evaluated"),
            yAxis: Axis("cost", scale: isPositive ? .logarithmic : .linear, margin: 0.06), layers: layers)
    }

    /// A panel for each output: over its one coordinate that varies, else observed against predicted.
    private func fit() throws -> [Panel] {
        let columns = Dictionary(record.observations.map { ($0.name, $0.values) }) { first, _ in first }
        let texts = Dictionary(record.observationTexts.map { ($0.name, $0.values) }) { first, _ in first }
        guard let value = columns["value"], let predicted = columns["predicted"],
            let sigma = columns["sigma"],
            let outputs = texts["output"], let sites = texts["site"]
        else { throw missing("observations") }
        let heldOut = columns["held_out"] ?? value.map { _ in 0 }
        let names = outputs.indices.map { row in
            let name = sites[row].isEmpty ? outputs[row] : "\(sites[row]): \(outputs[row])"
            return heldOut[row] == 1 ? "\(name) (held out)" : name
        }
        // Where nothing is known of the parameters' errors, those of the observations are left.
        let lower = columns["lower"] ?? value.map { _ in .nan }
        let upper = columns["upper"] ?? value.map { _ in .nan }
        let hasIntervals = zip(lower, upper).allSatisfy { $0.isFinite && $1.isFinite }
        let band = { (row: Int) in
            hasIntervals
                ? (lower[row], upper[row])
                : (predicted[row] - 2 * sigma[row], predicted[row] + 2 * sigma[row])
        }
        var order: [String] = []
        for name in names where !order.contains(name) { order.append(name) }
        return try order.enumerated().map { number, name in
            let rows = names.indices.filter { names[$0] == name }
            let pick = { (values: [Double]) in rows.map { values[$0] } }
            guard let axis = ["t", "x", "y", "z"].first(where: { varies(pick(columns[$0] ?? [])) }),
                let coordinates = columns[axis]
            else {
                return try parity(name, pick(value), pick(predicted), pick(sigma), isLabelled: number == 0)
            }
            let sorted = rows.sorted { coordinates[$0] < coordinates[$1] }
            let x = sorted.map { coordinates[$0] }
            return Panel(
                title: order.count > 1 ? name : "", xAxis: Axis(axis, margin: 0.02),
                yAxis: Axis(order.count > 1 ? "" : name, margin: 0.06),
                layers: [
                    try BandLayer(
                        x: x, lower: sorted.map { band($0).0 }, upper: sorted.map { band($0).1 },
                        label: number == 0 ? (hasIntervals ? "90 % predictive" : "± 2σ") : nil),
                    try LineLayer(
                        x: x, y: sorted.map { predicted[$0] }, label: number == 0 ? "fitted" : nil),
                    try ScatterLayer(
                        x: x, y: sorted.map { value[$0] }, marker: Marker(color: .series(1), size: 3.5),
                        label: number == 0 ? "observed" : nil),
                ])
        }
    }

    private func parity(
        _ name: String, _ value: [Double], _ predicted: [Double], _ sigma: [Double], isLabelled: Bool
    ) throws -> Panel {
        let ends = [(value + predicted).min() ?? 0, (value + predicted).max() ?? 1]
        return Panel(
            title: name, xAxis: Axis("observed", margin: 0.05), yAxis: Axis("fitted", margin: 0.06),
            layers: [
                try LineLayer(x: ends, y: ends, stroke: Stroke(.grey(0.6), width: 1, dash: .dashed)),
                try ScatterLayer(
                    x: value, y: predicted, marker: Marker(color: .series(0), size: 3.5),
                    label: isLabelled ? "observations" : nil),
            ], shape: .ratio(0.8))
    }

    private func varies(_ values: [Double]) -> Bool {
        guard let first = values.first, values.allSatisfy(\.isFinite) else { return false }
        return values.contains { $0 != first }
    }

    /// Each parameter as a point on its range, with two standard deviations.
    private func parameters() throws -> Panel {
        let columns = Dictionary(record.parameters.map { ($0.name, $0.values) }) { first, _ in first }
        guard let best = columns["best"], let lower = columns["lower"], let upper = columns["upper"],
            let deviation = columns["standard_deviation"]
        else { throw missing("parameters") }
        let free = best.indices.filter { lower[$0].isFinite && upper[$0] > lower[$0] }
        guard !free.isEmpty else { throw missing("free parameters") }
        var layers: [any Layer] = []
        for (row, index) in free.enumerated() {
            let y = Double(free.count - row)
            let isLogarithmic = columns["is_logarithmic"]?[index] == 1 && lower[index] > 0
            let place = { (value: Double) in
                let share =
                    isLogarithmic
                    ? log(max(value, lower[index]) / lower[index]) / log(upper[index] / lower[index])
                    : (value - lower[index]) / (upper[index] - lower[index])
                return min(1, max(0, share))
            }
            // The deviation holds at the best value, along the scale of the parameter.
            let half = isLogarithmic ? 2 * deviation[index] / best[index] : 0
            let ends =
                isLogarithmic
                ? [best[index] * exp(-half), best[index] * exp(half)]
                : [best[index] - 2 * deviation[index], best[index] + 2 * deviation[index]]
            layers.append(try LineLayer(x: [0, 1], y: [y, y], stroke: Stroke(.grey(0.85), width: 5)))
            if deviation[index].isFinite {
                layers.append(
                    try LineLayer(
                        x: ends.map(place), y: [y, y], stroke: Stroke(.series(0), width: 5)))
            }
            layers.append(
                try ScatterLayer(
                    x: [place(best[index])], y: [y], marker: Marker(color: .series(1), size: 6)))
            layers.append(
                TextLayer(
                    "\(record.parameterNames[index]) = \(significant(best[index]))"
                        + (isLogarithmic ? " (logarithmic)" : ""), x: 0.02, y: y + 0.42))
        }
        return Panel(
            xAxis: Axis("share of the range; blue: ± 2 standard deviations", range: 0...1),
            yAxis: Axis("", range: 0.6...(Double(free.count) + 0.9), showsLabels: false), layers: layers,
            shape: .ratio(max(0.3, min(1.4, 0.09 * Double(free.count) + 0.1))), showsGrid: false)
    }

    private func corner() throws -> Figure {
        guard !record.samples.isEmpty else {
            throw missing("draws of the posterior", "set sampler in [posterior]")
        }
        return try CornerPicture(names: record.parameterNames, draws: record.samples).figure(
            title: title, size: try look.figureSize())
    }

    private func spectrum() throws -> Panel {
        guard !record.spectrum.isEmpty else { throw missing("derivatives at the best point") }
        let numbers = record.spectrum.indices.map { Double($0 + 1) }
        let values = record.spectrum.map { max($0, 1e-12) }
        // The line at 2 belongs to the picture wherever the values lie.
        let range = 0.5 * min(2, values.min() ?? 2)...2 * max(2, values.max() ?? 2)
        return Panel(
            xAxis: Axis("direction", margin: 0.05),
            yAxis: Axis("singular value", scale: .logarithmic, range: range, margin: 0.06),
            layers: [
                try LineLayer(
                    x: numbers, y: values,
                    stroke: Stroke(.series(0), width: 1),
                    marker: Marker(color: .series(0), size: 4), label: "determined where above 2"),
                GuideLayer(.horizontal(2)),
            ])
    }

    private func profiles() throws -> [Panel] {
        guard !record.profiles.isEmpty else {
            throw missing("profiles", "set profiles = true in [posterior]")
        }
        return try record.profiles.map { profile in
            let least = profile.costs.min() ?? 0
            return Panel(
                xAxis: Axis(profile.name, margin: 0.04), yAxis: Axis("rise of the cost", margin: 0.06),
                layers: [
                    try LineLayer(
                        x: profile.values, y: profile.costs.map { $0 - least },
                        marker: Marker(color: .series(0), size: 3.5)), GuideLayer(.horizontal(2.706)),
                ])
        }
    }

    private func missing(_ what: String, _ advice: String? = nil) -> ToolError {
        ToolError("\(path) has no \(what) to draw", advice: advice)
    }
}
