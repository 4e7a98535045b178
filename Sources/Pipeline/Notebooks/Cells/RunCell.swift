import Archive
import Flow
import Foundation
import Notebooks
import Schema

/// Computes a case.
package struct RunCell: CellVerb {
    package let name = "run"
    package let version = 1
    private let make: ComputationMaker

    /// - Parameter make: How computations are made.
    package init(make: @escaping ComputationMaker = { try FlowSolverFactory.make($0) }) { self.make = make }

    private static let file = Key<String>.text("case", "The case file.").optional(otherwise: "`text`")
    private static let text = Key<String>.text("text", "The case itself, instead of a file.").optional(
        otherwise: "`case`")
    private static let sets = Field(
        "set",
        .namedValues(.oneOf([.text, .boolean, .number(.any), .list(.oneOf([.text, .number(.any)]), .any)])),
        "Keys of the case that differ, in quotes: `\"domain.cells\" = [100]`.")
    private static let storage = Key<String>.text("storage", "How numbers are kept.").optional(
        otherwise: "as the case says")
    private static let results = Field(
        "results", .list(.text, .any),
        "Results as in the case's `[expect]`, such as `error.density.l1`. The case is computed once, unless a result asks "
            + "for other grids or a reference in double precision.")

    package var schema: TableSchema {
        TableSchema(
            "Computes a case. Its values: `steps`, `time`, `cells`, of every stored field its least, largest and mean "
                + "value (`density.minimum`, …), totals (`mass`, …), forces (`BODY.drag`, …) and the `results` that "
                + "are asked for; `file` is the run file.",
            [Self.file, Self.text, Self.sets, Self.storage, Self.results])
    }

    package func inputs(_ body: CellBody) throws -> [String] {
        try body.existingFile("case").map(ReferencedFiles.of) ?? []
    }

    package func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let output = context.folder + "/run.h5"
        let verb = RunVerb(
            casePath: try casePath(body, context), output: output, overrides: overrides(body), resume: true)
        let plan = try RunPlan(verb)
        let results = try CellResults(plan.flowCase, names: names(body), make: make)
        let report = try RunSession(
            plan: plan, verb: verb, console: CellSupport.console, observers: results.observers, make: make
        ).run()
        try CellSupport.require(report.status, report.message)
        let reader = try RunFileReader(output)
        var values = [NamedValue.count("steps", reader.steps.last ?? report.steps)]
        values += [NamedValue.number("time", reader.times.last), .count("cells", report.cells)].compactMap {
            $0
        }
        values += try totals(reader) + extremes(reader) + forces(output)
        values += try results.values()
        values.append(NamedValue("seconds", .number(report.seconds), isVolatile: true))
        return CellResult(values: values, files: ["file": output, "run": output])
    }

    private func casePath(_ body: CellBody, _ context: CellContext) throws -> String {
        switch (body.path("case"), body[Self.text]) {
        case (let path?, nil): return path
        case (nil, let text?):
            let path = context.folder + "/case.toml"
            try AtomicOutput.write(text, to: path)
            return path
        default: throw ToolError("a run needs either case or text", advice: "case = \"Cases/sod.toml\"")
        }
    }

    private func overrides(_ body: CellBody) -> [String] {
        let sets = (body.document.root["set"]?.entries ?? []).map {
            "\($0.key)=\(TOMLWriter.inline($0.node))"
        }
        return sets + (body[Self.storage].map { ["numerics.storage=\"\($0)\""] } ?? [])
    }

    private func totals(_ reader: RunFileReader) throws -> [NamedValue] {
        let history = try reader.history()
        return ["mass", "energy", "kinetic_energy", "enstrophy"].compactMap {
            .number($0, history[$0]?.last)
        }
    }

    private func extremes(_ reader: RunFileReader) throws -> [NamedValue] {
        guard reader.snapshotCount > 0 else { return [] }
        return try reader.fieldNames.flatMap { name -> [NamedValue] in
            let stored: [Float] = try reader.field(name, snapshot: reader.snapshotCount - 1)
            let digest = SeriesDigest(name, stored.map { Double($0) })
            // Next to its own field such a value is rounding, which differs from machine to machine.
            let smallest = 1e-6 * max(abs(digest.minimum), abs(digest.maximum))
            return [("minimum", digest.minimum), ("maximum", digest.maximum), ("mean", digest.mean)].map {
                NamedValue("\(name).\($0)", .number($1), isVolatile: abs($1) < smallest)
            }
        }
    }

    private func forces(_ path: String) throws -> [NamedValue] {
        try BodyFacts.read(path).flatMap { body in
            [
                NamedValue.number("\(body.name).drag", body.lastDrag),
                .number("\(body.name).lift", body.lastLift),
                .number("\(body.name).drag.mean", body.meanDrag),
                .number("\(body.name).lift.mean", body.meanLift),
                .number("\(body.name).strouhal", body.strouhal),
            ].compactMap { $0 }
        }
    }

    private func names(_ body: CellBody) -> [String] {
        (body.document.root["results"]?.elements ?? []).compactMap(\.text)
    }
}
