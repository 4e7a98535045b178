import Archive
import Datasets
import Flow
import Fluids
import Foundation
import Numerics
import Pipeline
import Testing

/// Rows of a computation, a snapshot in double precision, channels of a sample and fields that follow from a run file: each
/// has a way of its own through the cells, and none a formula.
@Suite("One value for each quantity") struct QuantityConsistencyTests {
    private let place: Workplace
    private let flowCase: FlowCase
    private let isFluid: [Bool]

    /// A flow around a disc, periodic along x.
    init() throws {
        place = try Workplace()
        flowCase = try CaseReader.read(text: Self.text).flowCase
        let solid = SolidCells(flowCase, workers: Workers(count: 1))
        isFluid = (0..<flowCase.domain.cells.reduce(1, *)).map { !solid.isSolid($0) }
    }

    private static let text = """
        [gas]
        kind = "stiffened"
        gamma = 3.0
        stiffness = 0.2
        gas_constant = 0.8
        [domain]
        cells = [24, 16]
        lower = [0.0, 0.0]
        upper = [1.5, 1.0]
        [boundaries]
        x = "periodic"
        y = "outflow"
        [initial]
        density = "2 + 0.5*sin(2*pi*x/1.5) + 0.3*y"
        velocity = ["cos(3*y) + 0.2", "0.7*sin(2*pi*x/1.5)"]
        pressure = "3 + 0.4*cos(2*pi*x/1.5)*y"
        [[body]]
        name = "disc"
        shape = "circle"
        center = [0.7, 0.45]
        radius = 0.2
        [numerics]
        storage = "float64"
        threads = 2
        [time]
        end = 0.01
        """

    @Test("rows of a computation, snapshots, channels and stored fields agree in every quantity")
    func agreement() throws {
        let computation = try FlowSolverFactory.make(flowCase)
        let sampler = FlowSampler(flowCase)
        // Σ is there from the first look at the flow on.
        _ = try computation.stableTimeStep()
        let snapshot = FlowSnapshot(computation, of: flowCase)
        let names = QuantityRegistry.names(rank: 2)
        let channels = try channels(names)
        let stored = try storedFields(sampler, computation)
        #expect(stored.names.sorted() == names.sorted())
        for (number, name) in names.enumerated() {
            let expected = snapshot.field(name)
            let scale = zip(expected, isFluid).map { $1 ? abs($0) : 0 }.max() ?? 0
            let rows = sampler.values(try #require(QuantityRegistry.named(name)), of: computation)
            let derived = try stored.values(name)
            for cell in expected.indices where isFluid[cell] {
                let tolerance = 1e-6 * (scale + 1)
                #expect(abs(Double(rows[cell]) - expected[cell]) < tolerance, "\(name), rows")
                #expect(abs(Double(channels[number][cell]) - expected[cell]) < tolerance, "\(name), channels")
                // Differences of single precision over a cell of 1/16.
                #expect(abs(Double(derived[cell]) - expected[cell]) < 20 * tolerance, "\(name), stored")
            }
        }
    }

    /// The channels of a sample at its start.
    private func channels(_ names: [String]) throws -> [[Float]] {
        let task = SampleTask(
            kind: .rollout(times: [0]), cells: flowCase.domain.cells, inputs: [], outputs: names)
        let outputs = try SampleRunner.run(flowCase, task: task, constants: [:]).outputs
        return names.indices.map { Array(outputs[$0 * isFluid.count..<($0 + 1) * isFluid.count]) }
    }

    /// A run file that holds nothing but the primitive fields.
    private func storedFields(
        _ sampler: FlowSampler, _ computation: any FlowComputation
    ) throws -> StoredFields {
        let domain = flowCase.domain
        let axes = (0..<2).map {
            RunAxis.uniform(
                name: ["x", "y"][$0], cells: domain.cells[$0], lower: domain.lower[$0],
                upper: domain.upper[$0])
        }
        let fields: [Quantity] = [.density, .velocity(0), .velocity(1), .pressure, .entropicPressure]
        let description = RunFileDescription(
            caseText: Self.text, storage: "float64", toolVersion: "0", attributes: [:], axes: axes,
            fields: fields.map(\.name),
            geometry: RunGeometry(
                signedDistance: sampler.values(.signedDistance, of: computation),
                mask: isFluid.map { $0 ? 1 : 0 }))
        let writer = try RunFileWriter(creating: place.file("run.h5"), description)
        try writer.appendSnapshot(
            time: 0, step: 0, fields: fields.map { ($0.name, sampler.values($0, of: computation)) })
        try writer.finish(sidecar: false)
        return StoredFields(reader: try RunFileReader(place.file("run.h5")), snapshot: 0)
    }

    @Test("checks, output and channels know every quantity")
    func names() throws {
        let results = Set(ResultRegistry.results(of: flowCase).map(\.name))
        for name in QuantityRegistry.names(rank: 2) {
            #expect(
                results.isSuperset(of: ["minimum.\(name)", "maximum.\(name)", "mean.\(name)"]), "\(name)")
            #expect(ChannelNames.outputs(rank: 2).contains(name))
            let text = Self.text + "\n[output]\nfields = [\"\(name)\"]"
            #expect(try CaseReader.read(text: text).flowCase.output.fields == [name])
        }
    }

    @Test("what the fluid decides is not offered where the case does not tell the fluid")
    func unknownFluid() throws {
        let axes = [RunAxis.uniform(name: "x", cells: 3, lower: 0, upper: 1)]
        let description = RunFileDescription(
            caseText: "", storage: "float32", toolVersion: "0", attributes: [:], axes: axes,
            fields: ["density", "pressure", "velocity_x"])
        let writer = try RunFileWriter(creating: place.file("foreign.h5"), description)
        try writer.appendSnapshot(
            time: 0, step: 0, fields: description.fields.map { ($0, [Float](repeating: 1, count: 3)) })
        try writer.finish(sidecar: false)
        let stored = StoredFields(reader: try RunFileReader(place.file("foreign.h5")), snapshot: 0)
        #expect(stored.names.contains("speed") && stored.names.contains("schlieren"))
        #expect(!stored.names.contains("mach") && !stored.names.contains("temperature"))
    }
}
