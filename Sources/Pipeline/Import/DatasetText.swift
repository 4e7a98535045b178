import Archive

/// The samples of a dataset as tables.
struct DatasetText {
    private let summary: DatasetSummary

    init(_ summary: DatasetSummary) { self.summary = summary }

    func text(on terminal: Terminal) -> String {
        [samples, failures, parameters, channels].compactMap { $0?.rendered(on: terminal) }
            .joined(separator: "\n\n")
    }

    private var samples: Table? {
        var table = Table([.init(""), .init("")])
        var counts = "\(summary.samples): \(summary.completed) completed, \(summary.failed) failed"
        if summary.pending > 0 { counts += ", \(summary.pending) pending" }
        table.add(["samples", counts])
        table.add(["cells", summary.cells.reversed().map(String.init).joined(separator: " × ")])
        if let first = summary.times.first, let last = summary.times.last {
            table.add([
                "times", "\(summary.times.count), from t = \(significant(first)) to \(significant(last))",
            ])
        }
        if !summary.endings.isEmpty { table.add(["endings", list(summary.endings)]) }
        if summary.geometries > 0 { table.add(["geometries", "\(summary.geometries)"]) }
        if !summary.families.isEmpty { table.add(["families", list(summary.families)]) }
        table.add(["splits", summary.splits.isEmpty ? "none" : list(summary.splits)])
        return table
    }

    private func list(_ counts: [DatasetSummary.Count]) -> String {
        counts.map { "\($0.name) \($0.samples)" }.joined(separator: ", ")
    }

    private var failures: Table? {
        guard !summary.failures.isEmpty else { return nil }
        var table = Table([.init("failed", .right), .init("samples"), .init("reason")])
        for failure in summary.failures {
            let shown = failure.samples.prefix(6).map(String.init).joined(separator: ", ")
            table.add([
                "\(failure.samples.count)", failure.samples.count > 6 ? shown + ", …" : shown, failure.reason,
            ])
        }
        return table
    }

    private var parameters: Table? {
        guard !summary.parameters.isEmpty else { return nil }
        var table = Table([
            .init("parameter"), .init("unit"), .init("minimum", .right), .init("maximum", .right),
        ])
        for range in summary.parameters {
            table.add([
                range.parameter.name, range.parameter.unit, number(range.minimum), number(range.maximum),
            ])
        }
        return table
    }

    private var channels: Table? {
        var table = Table([
            .init("channel"), .init(""), .init("mean", .right), .init("deviation", .right),
            .init("minimum", .right), .init("maximum", .right),
        ])
        for (kind, channels) in [("input", summary.inputs), ("output", summary.outputs)] {
            for channel in channels {
                table.add([
                    channel.name, kind, number(channel.mean), number(channel.standardDeviation),
                    number(channel.minimum), number(channel.maximum),
                ])
            }
        }
        return table
    }

    private func number(_ value: Double?) -> String { value.map(significant) ?? "–" }
}
