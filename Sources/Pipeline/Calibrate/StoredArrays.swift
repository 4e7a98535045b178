import Archive
import Calibration
import Flow
import Foundation
import Schema

/// Reads observations from HDF5 files: runs of this program by the outputs that the solver has as a model, other files by
/// the paths of their datasets.
struct StoredArrays: ArraySource {
    func array(_ path: String, dataset: String) throws -> (shape: [Int], values: [Double]) {
        do { return try ArrayFile.readDoubles(path, dataset: dataset) } catch { throw Described(error) }
    }

    func run(
        _ path: String, output: String, points: [[Double]], time: Double?
    ) throws -> [ArchivedValue] {
        do { return try values(try RunFileReader(path), output, points, time) } catch {
            throw Described(error)
        }
    }

    private func values(
        _ run: RunFileReader, _ output: String, _ points: [[Double]], _ time: Double?
    ) throws -> [ArchivedValue] {
        let parts = output.split(separator: ".", maxSplits: 2).map(String.init)
        switch (parts.first, parts.count) {
        case ("field", 2): return try field(run, parts[1], points, time)
        case ("surface", 3): return try surface(run, parts[1], parts[2])
        case ("body", 3):
            let columns = try run.forces(try known(parts[1], run.forceNames, "body with forces", run))
            let values = try column(parts[2], columns, output, run)
            return values.last.map { [ArchivedValue($0, at: [:])] } ?? []
        case (let name?, 2):
            let columns = try run.probe(try known(name, run.probeNames, "probe", run))
            let times = try column("time", columns, output, run)
            return zip(try column(parts[1], columns, output, run), times).map {
                ArchivedValue($0, at: ["t": $1])
            }
        default:
            throw ToolError(
                "\"\(output)\" is no output of a run",
                advice: "use PROBE.pressure, field.pressure, surface.BODY.pressure, body.BODY.drag")
        }
    }

    private func surface(_ run: RunFileReader, _ body: String, _ name: String) throws -> [ArchivedValue] {
        let columns = try run.surface(try known(body, run.surfaceNames, "body with a surface", run))
        let values = try column(name, columns, "surface.\(body).\(name)", run)
        return values.indices.map { index in
            var place: [String: Double] = [:]
            for axis in ["x", "y", "z"] { place[axis] = columns[axis]?[index] }
            return ArchivedValue(values[index], at: place)
        }
    }

    private func field(
        _ run: RunFileReader, _ name: String, _ points: [[Double]], _ time: Double?
    ) throws -> [ArchivedValue] {
        guard !points.isEmpty else {
            throw ToolError(
                "field.\(name) does not say where it is looked at", advice: "set points = [[x, y], …]")
        }
        guard let snapshot = time.map(run.snapshot(nearest:)) ?? run.times.indices.last else {
            throw ToolError("\(run.path) has no snapshot")
        }
        let values = try run.field(name, snapshot: snapshot, as: Double.self)
        let mask = try run.geometry()?.mask
        return try points.map { point in
            guard point.count == run.axes.count else {
                throw ToolError(
                    "a point of \(point.count) coordinates in a run of \(run.axes.count) dimensions")
            }
            let names = ["x", "y", "z"].prefix(point.count)
            for (axis, value) in zip(run.axes, point)
            where value < (axis.faces.first ?? value) || value > (axis.faces.last ?? value) {
                throw ToolError(
                    "the point \(point) lies outside of the run",
                    advice: "\(axis.name) goes from \(significant(axis.faces.first ?? 0)) to "
                        + "\(significant(axis.faces.last ?? 0))")
            }
            let value = interpolate(values, mask, run.axes, point)
            guard value.isFinite else {
                throw ToolError("the point \(point) lies in a body", advice: "move it into the fluid")
            }
            var place = Dictionary(zip(names, point)) { first, _ in first }
            place["t"] = run.times[snapshot]
            return ArchivedValue(value, at: place)
        }
    }

    /// Linear between the centres of the fluid cells around a point; NaN where there is none.
    private func interpolate(
        _ values: [Double], _ mask: [UInt8]?, _ axes: [RunAxis], _ point: [Double]
    ) -> Double {
        var corners = [(cell: 0, weight: 1.0)]
        var stride = 1
        for (axis, place) in zip(axes, point) {
            let centers = axis.centers
            let upper = centers.firstIndex { $0 >= place } ?? centers.count - 1
            let lower = max(0, upper - 1)
            let width = centers[upper] - centers[lower]
            let share = width > 0 ? min(1, max(0, (place - centers[lower]) / width)) : 0
            let below = corners.map { (cell: $0.cell + lower * stride, weight: $0.weight * (1 - share)) }
            let above = corners.map { (cell: $0.cell + upper * stride, weight: $0.weight * share) }
            corners = below + above
            stride *= centers.count
        }
        let fluid = corners.filter { $0.weight > 0 && (mask?[$0.cell] ?? 1) == 1 }
        let total = fluid.reduce(0) { $0 + $1.weight }
        return total > 0 ? fluid.reduce(0) { $0 + $1.weight * values[$1.cell] } / total : .nan
    }

    private func known(
        _ name: String, _ names: [String], _ what: String, _ run: RunFileReader
    ) throws -> String {
        guard names.contains(name) else {
            throw ToolError(
                "\(run.path) has no \(what) \"\(name)\"",
                advice: names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")
        }
        return name
    }

    private func column(
        _ name: String, _ columns: [String: [Double]], _ output: String, _ run: RunFileReader
    ) throws -> [Double] {
        guard let values = columns[name] else {
            throw ToolError(
                "\(run.path) has no \"\(output)\"",
                advice: "there are \(columns.keys.sorted().joined(separator: ", "))")
        }
        return values
    }
}

/// An error as one sentence.
private struct Described: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        let problem = ToolError(error)
        description = [problem.message, problem.advice].compactMap { $0 }.joined(separator: "; ")
    }
}
