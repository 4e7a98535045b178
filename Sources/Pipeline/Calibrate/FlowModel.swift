import Calibration
import Flow
import Foundation
import Schema

/// The solver as a model: parameters are keys of a case, or its constants; outputs are what was observed of the flow.
///
/// - `NAME.pressure` (or density, velocity_x, …): the probe NAME at the time `t` of the observation.
/// - `field.pressure`: the last state at `x`, `y`, `z`.
/// - `surface.BODY.pressure`: the wall of a body in the last state, where it is nearest to those of `x`, `y`, `z` that the
///   observation has.
/// - Every name that `[expect]` knows, such as `body.wing.drag`.
struct FlowModel: Model {
    private let source: Document
    private let sites: [Study.Site]
    private let threads: Int

    /// - Parameter source: The case, which is read once: all evaluations are of the same one.
    /// - Throws: `InvalidInput` where the case is wrong, `ToolError` where parameters or outputs do not fit it.
    init(_ source: Document, study: Study) throws {
        self.source = source
        sites = study.sites
        threads = study.options.workers > 1 ? 1 : 0
        let start = study.space.values(at: study.space.initial)
        for site in sites {
            let own = site.bindings.map { (name: $0.name, value: start[$0.parameter]) } + site.settings
            let file = try CaseReader.read(source, overrides: overrides(own))
            for name in Set(site.observations.map(\.output)).sorted() {
                _ = try FlowOutput(name, of: file.flowCase)
            }
        }
    }

    func makeRunner(worker: Int) -> any ModelRunner { Runner(model: self) }

    /// A parameter as `--set` of `hugoniot run` takes it: a key of the case, or one of its constants.
    static func override(_ name: String, _ value: Double) -> String {
        "\(name.contains(".") ? name : "constants.\(name)")=\(value)"
    }

    private func overrides(_ parameters: [(name: String, value: Double)]) -> [String] {
        parameters.map(Self.override) + (threads > 0 ? ["numerics.threads=\(threads)"] : [])
    }

    private func compute(_ request: ModelRequest, _ isCancelled: () -> Bool) throws -> ModelReply {
        let flowCase = try CaseReader.read(source, overrides: overrides(request.parameters)).flowCase
        let observations = sites[request.site].observations
        let names = Set(observations.map(\.output))
        let outputs = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try FlowOutput($0, of: flowCase)) })
        var gauge: FlowGauge?
        let verifier = CaseVerifier(flowCase, results: Array(names))
        let evidence = try withoutActuallyEscaping(isCancelled) { isCancelled in
            try verifier.gather { part in
                let cancellation = StopWhen(.cancelled, isCancelled)
                guard part.isMain else { return [cancellation] }
                let main = FlowGauge(part.flowCase, outputs: Array(outputs.values))
                gauge = main
                return [cancellation, main]
            }
        }
        let results = verifier.values(evidence)
        var values: [String: [Double]] = [:]
        for observation in observations {
            let output = observation.output
            let value = outputs[output].flatMap {
                gauge?.value($0, at: observation.coordinates, evidence: evidence.main, results: results)
            }
            var list = values[output, default: []]
            while list.count <= observation.index { list.append(0) }
            list[observation.index] = value ?? .nan
            values[output] = list
        }
        return .outputs(values)
    }

    private final class Runner: ModelRunner {
        private let model: FlowModel
        init(model: FlowModel) { self.model = model }

        func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
            do {
                return try model.compute(request, isCancelled)
            } catch is SimulationStopped {
                return nil
            } catch {
                return .failed(ToolError(error).message)
            }
        }
    }
}

/// What an observation of a flow names.
enum FlowOutput {
    case probe(Int, String)
    case field(String)
    case surface(body: Int, String)
    case result(String)

    /// - Throws: `ToolError` with the names that there are.
    init(_ name: String, of flowCase: FlowCase) throws {
        let quantities = FlowSnapshot.primitiveNames(rank: flowCase.domain.rank)
        let parts = name.split(separator: ".", maxSplits: 2).map(String.init)
        if parts.count == 2, let probe = flowCase.probes.firstIndex(where: { $0.name == parts[0] }) {
            self = .probe(probe, try Self.known(parts[1], quantities, name))
        } else if parts.count == 2, parts[0] == "field" {
            self = .field(try Self.known(parts[1], FlowSnapshot.fieldNames(rank: flowCase.domain.rank), name))
        } else if parts.count == 3, parts[0] == "surface",
            let body = flowCase.bodies.firstIndex(where: { $0.name == parts[1] })
        {
            self = .surface(body: body, parts[2])
        } else {
            let results = ResultRegistry.results(of: flowCase).filter { $0.missing == nil }.map(\.name)
            guard results.contains(name) else {
                let probes = flowCase.probes.flatMap { probe in quantities.map { "\(probe.name).\($0)" } }
                let guess = Spelling.closest(to: name, among: probes + results)
                throw ToolError(
                    "the case has no output \"\(name)\"",
                    advice: (guess.map { "did you mean \"\($0)\"? " } ?? "")
                        + "Outputs are PROBE.pressure, field.pressure, surface.BODY.pressure, and what [expect] knows"
                )
            }
            self = .result(name)
        }
    }

    private static func known(_ quantity: String, _ names: [String], _ name: String) throws -> String {
        guard names.contains(quantity) else {
            throw ToolError(
                "\"\(name)\": there is no quantity \"\(quantity)\"; there are \(names.joined(separator: ", "))"
            )
        }
        return quantity
    }
}

/// Records what probes see while a flow is computed, and looks at its last state.
private final class FlowGauge: SimulationObserver {
    private let flowCase: FlowCase
    private let sampler: FlowSampler
    private let probes: Set<Int>
    private var times: [Double] = []
    /// Per probe and quantity, one value a recorded time.
    private var series: [Int: [String: [Double]]] = [:]
    private var surfaces: [BodySurface]?

    init(_ flowCase: FlowCase, outputs: [FlowOutput]) {
        self.flowCase = flowCase
        sampler = FlowSampler(flowCase)
        probes = Set(
            outputs.compactMap { output in
                if case .probe(let index, _) = output { index } else { nil }
            })
    }

    func observe(_ moment: SimulationMoment) {
        guard !probes.isEmpty, !moment.isFirst else { return }
        let computation = moment.computation
        times.append(computation.time)
        for probe in probes {
            for (name, value) in sampler.state(at: flowCase.probes[probe].position, of: computation) {
                series[probe, default: [:]][name, default: []].append(value)
            }
        }
    }

    func value(
        _ output: FlowOutput, at coordinates: [String: Double], evidence: RunEvidence,
        results: [String: Double]
    ) -> Double {
        let position = ["x", "y", "z"].prefix(flowCase.domain.rank).map { coordinates[$0] ?? 0 }
        switch output {
        case .result(let name): return results[name] ?? .nan
        case .probe(let probe, let quantity):
            return interpolate(series[probe]?[quantity] ?? [], at: coordinates["t"] ?? flowCase.time.end)
        case .field(let name): return evidence.final.value(of: name, at: position)
        case .surface(let body, let column): return wall(body, column, near: coordinates, evidence)
        }
    }

    /// Linear between the steps; the first and last values beyond them.
    private func interpolate(_ values: [Double], at time: Double) -> Double {
        guard let first = values.first, let last = values.last, values.count == times.count else {
            return .nan
        }
        guard let upper = times.firstIndex(where: { $0 >= time }) else { return last }
        guard upper > 0 else { return first }
        let share = (time - times[upper - 1]) / (times[upper] - times[upper - 1])
        return values[upper - 1] + share * (values[upper] - values[upper - 1])
    }

    private func wall(
        _ body: Int, _ column: String, near coordinates: [String: Double], _ evidence: RunEvidence
    ) -> Double {
        let surfaces = surfaces ?? BodyForces(evidence.flowCase).surface(of: evidence.final)
        self.surfaces = surfaces
        let columns = Dictionary(surfaces[body].columns) { first, _ in first }
        guard let values = columns[column], !values.isEmpty else { return .nan }
        var distances = [Double](repeating: 0, count: values.count)
        for name in ["x", "y", "z"] {
            guard let place = columns[name], let wanted = coordinates[name] else { continue }
            for index in distances.indices {
                distances[index] += (place[index] - wanted) * (place[index] - wanted)
            }
        }
        // The two nearest elements, by their distances.
        let order = distances.indices.sorted { distances[$0] < distances[$1] }
        guard order.count > 1 else { return values[0] }
        let (near, far) = (distances[order[0]].squareRoot(), distances[order[1]].squareRoot())
        let share = near + far > 0 ? near / (near + far) : 0
        return values[order[0]] * (1 - share) + values[order[1]] * share
    }
}
