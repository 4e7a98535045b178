import Datasets
import Flow
import Foundation
import Geometry
import Schema
import Testing

@Suite("Tasks of samples")
struct TaskTests {
    static let stream = """
        [domain]
        cells = [40, 30]
        lower = [0.0, 0.0]
        upper = [4.0, 3.0]
        [boundaries]
        x = "periodic"
        y = "periodic"
        [initial]
        density = "1 + 0.3*sin(pi*x/2)"
        velocity = [0.5, 0.0]
        pressure = 1.0
        [numerics]
        storage = "float64"
        arithmetic = "float64"
        threads = 1
        [time]
        end = 0.5
        """

    static func flowCase(_ text: String = stream, _ overrides: [String] = []) throws -> FlowCase {
        try CaseReader.read(text: text, overrides: overrides).flowCase
    }

    static func task(
        _ kind: SampleTask.Kind, cells: [Int] = [20, 10], inputs: [String] = ["mask"],
        outputs: [String] = ["density"]
    ) -> SampleTask {
        SampleTask(kind: kind, cells: cells, inputs: inputs, outputs: outputs)
    }

    @Test(
        "Averages on a coarser grid keep the integral over the fluid",
        arguments: [[12, 8], [5, 3], [7, 8], [1, 1]])
    func conservation(coarse: [Int]) {
        let isSolid = (0..<96).map { ($0 * 7) % 11 == 0 }
        let values = (0..<96).map { Double(($0 * 37) % 19) }
        let resampler = ConservativeResampler(from: [12, 8], to: coarse, isSolid: isSolid)
        let result = resampler.resample(values[...])
        let fine = zip(values, isSolid).reduce(0) { $0 + ($1.1 ? 0 : $1.0) } / 96
        let sum = zip(result, resampler.fluidShare).reduce(0) { $0 + $1.0 * $1.1 } / Double(result.count)
        #expect(abs(sum - fine) < 1e-12 * fine)
    }

    @Test("A cell is fluid where at least half of it is")
    func mask() {
        let isSolid = [true, true, false, false, true, false, false, true]
        let resampler = ConservativeResampler(from: [4, 2], to: [2, 1], isSolid: isSolid)
        #expect(resampler.fluidShare == [0.25, 0.75])
        #expect(resampler.mask == [0, 1])
    }

    @Test("A trajectory has the initial state at time 0, keeps mass, and stops at its times")
    func rollout() throws {
        let task = Self.task(.rollout(times: [0, 0.1, 0.25]), inputs: ["initial_density"])
        let result = try SampleRunner.run(Self.flowCase(), task: task, constants: [:])
        #expect(result.ending == .completed)
        #expect(result.time == 0.25)
        #expect(result.outputs.count == 3 * 200)
        #expect(Array(result.outputs[..<200]) == result.inputs)
        for state in 0..<3 {
            let mass = result.outputs[state * 200..<(state + 1) * 200].reduce(0) { $0 + Double($1) } / 200
            #expect(abs(mass - 1) < 1e-6)
        }
    }

    @Test("A uniform stream is steady at the second look")
    func steady() throws {
        let flowCase = try Self.flowCase(Self.stream, ["initial.density=1.0"])
        let result = try SampleRunner.run(
            flowCase, task: Self.task(.steady(SteadyOptions(tolerance: 1e-6, checkEvery: 2))), constants: [:])
        #expect(result.ending == .converged)
        #expect(result.steps == 4)
        #expect(result.residual.map { $0 < 1e-6 } == true)
    }

    @Test("A flow that does not become steady is averaged, or its last state is kept, and that is said")
    func unsteady() throws {
        let last = try SampleRunner.run(
            Self.flowCase(), task: Self.task(.steady(SteadyOptions(tolerance: 1e-6))), constants: [:])
        #expect(last.ending == .ended)
        // In 8 time units the wave goes round once: its mean is 1 everywhere.
        let flowCase = try Self.flowCase(Self.stream, ["time.end=8.0"])
        let mean = try SampleRunner.run(
            flowCase, task: Self.task(.steady(SteadyOptions(tolerance: 1e-6, averagingTime: 8))),
            constants: [:])
        #expect(mean.ending == .averaged)
        #expect(mean.outputs.allSatisfy { abs($0 - 1) < 0.01 })
    }

    @Test(
        "Inputs are coordinates, constants, distances of the coarse grid and its mask; bodies are 0 in outputs"
    )
    func channels() throws {
        let body = "\n[[body]]\nname = \"b\"\nshape = \"circle\"\ncenter = [2.0, 1.5]\nradius = 0.6\n"
        let task = Self.task(
            .rollout(times: [0.05]), inputs: ["x", "gas.gamma", "sdf", "mask"],
            outputs: ["density", "pressure"])
        let result = try SampleRunner.run(
            Self.flowCase(Self.stream + body), task: task, constants: ["gas.gamma": 1.25])
        #expect(abs(result.inputs[3] - 0.7) < 1e-6)
        #expect(result.inputs[200..<400].allSatisfy { $0 == 1.25 })
        let grid = SampleGrid(cells: [20, 10], lower: [0, 0], upper: [4, 3])
        for cell in 0..<200 {
            let point = grid.center(cell)
            let exact = ((point.x - 2) * (point.x - 2) + (point.y - 1.5) * (point.y - 1.5)).squareRoot() - 0.6
            #expect(abs(Double(result.signedDistance[cell]) - exact) < 1e-5)
            #expect((result.outputs[cell] == 0) == (result.mask[cell] == 0))
        }
        #expect(Array(result.inputs[400..<600]) == result.signedDistance)
        #expect(result.mask.contains(0))
    }

    @Test("A flow that is lost is a divergence; a wrong description is not")
    func problems() throws {
        let wild = try Self.flowCase(
            Self.stream, ["numerics.time_step=0.5", "time.end=50.0", "initial.pressure=0.01"])
        let lost = #expect(throws: SampleProblem.self) {
            try SampleRunner.run(wild, task: Self.task(.rollout(times: [50])), constants: [:])
        }
        #expect(lost?.isDivergence == true)
        let flowCase = try Self.flowCase()
        for (task, word) in [
            (Self.task(.rollout(times: [0.1]), outputs: ["colour"]), "colour"),
            (Self.task(.rollout(times: [0.1]), inputs: ["z"]), "\"z\""),
            (Self.task(.rollout(times: [0.1]), cells: [80, 10]), "[80, 10]"),
            (Self.task(.rollout(times: [0.2, 0.1])), "ascend"),
        ] {
            let problem = #expect(throws: SampleProblem.self) {
                try SampleRunner.run(flowCase, task: task, constants: [:])
            }
            #expect(problem?.isDivergence == false)
            #expect(problem?.description.contains(word) == true)
        }
    }

    @Test("A sample can be stopped between steps")
    func stopped() throws {
        struct Stop: Error {}
        let flowCase = try Self.flowCase()
        #expect(throws: Stop.self) {
            try SampleRunner.run(flowCase, task: Self.task(.rollout(times: [0.4])), constants: [:]) {
                step, _ in
                if step == 3 { throw Stop() }
            }
        }
    }
}
