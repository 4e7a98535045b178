import Foundation
import Geometry

/// The grid that a person asks for, as far as it is said.
struct GridRequest {
    /// Cells along each axis, x first.
    let cells: [Int]
    /// The lower corner of the box; nil: from the shape's own box.
    let lower: [Double]?
    /// The upper corner.
    let upper: [Double]?
    /// The room around the shape's own box, as a share of its longest side.
    let padding: Double

    /// Reads "256x256", "-1,2" and so on.
    ///
    /// - Throws: `ToolError` for what is no grid or no corner, and for boxes without volume.
    init(grid: String, lower: String?, upper: String?, padding: Double) throws {
        cells = try Self.cells(grid)
        self.padding = padding
        self.lower = try lower.map { [cells] in try Self.corner($0, "--lower", count: cells.count) }
        self.upper = try upper.map { [cells] in try Self.corner($0, "--upper", count: cells.count) }
        guard (self.lower == nil) == (self.upper == nil) else {
            throw ToolError("give both --lower and --upper, or neither")
        }
        guard padding.isFinite, (0...100).contains(padding) else {
            throw ToolError("--padding is \(padding); allowed: 0 to 100")
        }
        guard zip(self.lower ?? [], self.upper ?? []).allSatisfy({ $0 < $1 }) else {
            throw ToolError("--lower has to be less than --upper along every axis")
        }
    }

    private static func cells(_ text: String) throws -> [Int] {
        let counts = text.split(whereSeparator: { "x×X,".contains($0) }).map {
            Int($0.trimmingCharacters(in: .whitespaces)) ?? 0
        }
        guard (2...3).contains(counts.count), counts.allSatisfy({ (2...65_536).contains($0) }) else {
            throw ToolError(
                "--grid \(text) is no grid; allowed: two or three counts from 2 to 65536, as in 256x256")
        }
        let total = counts.reduce(1.0) { $0 * Double($1) }
        guard total <= 4e9, 40 * total < Double(ProcessInfo.processInfo.physicalMemory) else {
            throw ToolError(
                "--grid \(text) has \(ProgressText.count(total)) cells, more than this machine's memory holds",
                advice: "fewer cells")
        }
        return counts
    }

    private static func corner(_ text: String, _ option: String, count: Int) throws -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let values = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard values.count == parts.count, values.allSatisfy(\.isFinite), values.count == count else {
            throw ToolError("\(option) \(text) is no corner; allowed: \(count) numbers, as in -1.5,2")
        }
        return values
    }

    /// The grid over the box that was asked for, or over the shape's own with room around it.
    ///
    /// - Throws: `ToolError` where the shape has no end along an axis and no box was given.
    func grid(around bounds: Geometry.Bounds) throws -> SampleGrid {
        if let lower, let upper { return SampleGrid(cells: cells, lower: lower, upper: upper) }
        let axes = 0..<cells.count
        let isBounded = axes.allSatisfy { bounds.lower[$0].isFinite && bounds.upper[$0].isFinite }
        guard isBounded else {
            throw ToolError(
                "the shape has no end along every axis of the grid",
                advice: "give the box with --lower and --upper")
        }
        let longest = axes.map { bounds.upper[$0] - bounds.lower[$0] }.max() ?? 0
        guard longest > 0 else { throw ToolError("the shape has no size") }
        let room = padding * longest
        return SampleGrid(
            cells: cells, lower: axes.map { bounds.lower[$0] - room },
            upper: axes.map { bounds.upper[$0] + room })
    }
}
