import Archive
import Flow
import Foundation
import Schema

/// A run before it begins: what is computed, and where everything goes.
struct RunPlan: Sendable {
    let casePath: String
    let file: CaseFile
    /// The run file.
    let output: String
    /// The stored fields, in their order.
    let fields: [FlowField]

    var flowCase: FlowCase { file.flowCase }
    var cells: Int { flowCase.domain.cells.reduce(1, *) }
    /// What an interrupted run goes on from; lies beside the run file.
    var checkpoint: String { output.withoutEnding + ".checkpoint" }

    /// What is written, and what of.
    var result: Output {
        Output(
            output, .data, from: [casePath],
            with: [checkpoint, output + ".tmp", output.withoutEnding + ".xdmf"])
    }

    /// Reads the case. Throws `InvalidInput` with everything that is wrong in it.
    init(_ verb: RunVerb) throws {
        if let output = verb.output { try Output.checkName(output) }
        casePath = verb.casePath
        file = try CaseReader.read(path: verb.casePath, overrides: verb.overrides)
        if let problem = OutputSchedule.problem(file.flowCase, file: casePath) { throw InvalidInput(problem) }
        let name = verb.casePath.stem
        output = verb.output ?? name + ".h5"
        let asked = FlowField.named(file.flowCase.output.fields, rank: file.flowCase.domain.rank)
        // Where bodies move, every snapshot tells where they are.
        fields =
            file.flowCase.hasMovingBodies && !asked.contains(.signedDistance)
            ? asked + [.signedDistance] : asked
    }

    /// The run file as it begins.
    func description(started: Date) -> RunFileDescription {
        let domain = flowCase.domain
        let axes = (0..<domain.rank).map { axis in
            RunAxis.uniform(
                name: ["x", "y", "z"][axis], cells: domain.cells[axis], lower: domain.lower[axis],
                upper: domain.upper[axis])
        }
        return RunFileDescription(
            caseText: file.text, storage: flowCase.numerics.storage.rawValue,
            toolVersion: ToolVersion.current, started: started,
            attributes: ["title": .text(flowCase.title), "case_path": .text(casePath)], axes: axes,
            fields: fields.map(\.name), geometry: BodyGeometry.make(flowCase),
            deflateLevel: flowCase.output.compression)
    }

    /// The run as the registry lists it.
    func record(started: Date) -> RunRecord {
        RunRecord(
            verb: "run", title: flowCase.title, started: started, inputPath: casePath,
            inputSHA256: Fingerprint.sha256(of: file.text),
            outputPath: URL(fileURLWithPath: output).standardizedFileURL.path,
            toolVersion: ToolVersion.current, cells: cells)
    }
}
