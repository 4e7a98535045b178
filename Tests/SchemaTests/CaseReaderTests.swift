import Flow
import Fluids
import Schema
import Testing

@Suite struct CaseReaderTests {
    @Test func absentKeysHaveTheirDefaults() throws {
        let read = try CaseReader.read(text: SampleCases.minimal, file: "folder/pulse.toml").flowCase
        #expect(read.title == "pulse" && read.tier == .quick && read.convergenceFactors.isEmpty)
        #expect(read.gas == (try CaseReader.read(text: SampleCases.sod).flowCase.gas))
        #expect(read.gas.fluid == .air && read.gas.viscosity == .inviscid)
        #expect(read.initial.base.velocity.map(\.constantValue) == [0])
        let numerics = read.numerics
        #expect(numerics.scheme == .igr && numerics.order == 5 && numerics.limiter == .none)
        #expect(numerics.alpha == 2 && numerics.sweeps == 5)
        #expect(
            numerics.initialSweeps == 100 && numerics.elliptic == .jacobi && numerics.source == .compressive)
        #expect(numerics.integrator == .rk3 && numerics.cfl == 0.4 && numerics.timeStep == nil)
        #expect(numerics.storage == .float32 && numerics.arithmetic == .float32 && numerics.threads == 0)
        let output = read.output
        #expect(
            output.every == nil && output.everySteps == nil && output.times.isEmpty && output.compression == 4
        )
        #expect(output.fields == ["density", "velocity", "pressure", "entropic_pressure"])
        #expect(output.historyEvery == 10 && output.checkpointEvery == 300)
        #expect(read.time.maximumSteps == nil && read.time.wallBudget == nil && read.exact == nil)
    }

    @Test func defaultsFollowTheLimiterAndTheIntegrator() throws {
        func numerics(_ overrides: String...) throws -> NumericsOptions {
            try CaseReader.read(text: SampleCases.minimal, overrides: overrides).flowCase.numerics
        }
        let limited = try numerics("numerics.limiter=mix")
        #expect(limited.alpha == 0.05 && limited.sweeps == 1 && limited.source == .gated)
        #expect(limited.integrator == .ssp43 && limited.cfl == 0.8)
        let mixed = try numerics("numerics.limiter=mix", "numerics.alpha=2", "numerics.integrator=rk3")
        #expect(mixed.alpha == 2 && mixed.integrator == .rk3 && mixed.cfl == 0.4)
    }

    @Test func float64StorageMeansFloat64Arithmetic() throws {
        func arithmetic(_ overrides: String...) throws -> ArithmeticFormat {
            try CaseReader.read(text: SampleCases.minimal, overrides: overrides).flowCase.numerics.arithmetic
        }
        #expect(try arithmetic("numerics.storage=float64") == .float64)
        #expect(try arithmetic("numerics.storage=float64", "numerics.arithmetic=float32") == .float32)
        #expect(try arithmetic("numerics.storage=float16", "numerics.arithmetic=float64") == .float64)
        #expect(try arithmetic("numerics.storage=scaled16") == .float32)
    }

    @Test func scalarKeysArriveWhereTheyBelong() throws {
        let read = try CaseReader.read(text: SampleCases.complete).flowCase
        #expect(read.title == "Jet" && read.reference == "none")
        #expect(read.gas.law.heatRatio == 1.3 && read.gas.prandtl == 0.7 && read.gas.fluid.gasConstant == 2)
        #expect(read.gas.viscosity == .sutherland(viscosity: 1e-3, temperature: 1, constant: 0.4))
        #expect(read.domain.cells == [64, 32] && read.domain.upper == [2, 2 * Double.pi])
        let numerics = read.numerics
        #expect(
            numerics.scheme == .wenoHLLC && numerics.order == 3 && numerics.alpha == 1.5
                && numerics.sweeps == 4)
        #expect(numerics.initialSweeps == 50 && numerics.elliptic == .redBlack && numerics.source == .full)
        #expect(numerics.integrator == .rk2 && numerics.cfl == 0.3 && numerics.timeStep == 1e-3)
        #expect(numerics.threads == 2)
        #expect(read.time.end == 4 && read.time.maximumSteps == 1000 && read.time.wallBudget == 60)
        let output = read.output
        #expect(output.every == 0.5 && output.everySteps == 10 && output.times == [0.1, 0.2])
        #expect(output.compression == 0 && output.historyEvery == 5 && output.checkpointEvery == 30)
        #expect(output.fields.contains("vorticity_z"))
        let probe = try #require(read.probes.first)
        #expect(probe.name == "wake" && probe.position == [1, 0] && probe.everySteps == 3)
    }

    @Test func theContractOfCaseFilesIsKept() throws {
        let read = try CaseReader.read(text: SampleCases.contract).flowCase
        #expect(read.domain.rank == 2 && read.gas.viscosity == .constant(1e-3) && read.output.every == 0.5)
        guard case .inflow(let state) = read.boundaries[0].lower.kind,
            case .outflow = read.boundaries[0].upper.kind,
            case .periodic = read.boundaries[1].lower.kind, case .periodic = read.boundaries[1].upper.kind
        else { return #expect(Bool(false), "boundaries") }
        #expect(state.velocity.map(\.constantValue) == [3, 0])
    }

    @Test func viscosityIsANumberOrALaw() throws {
        func law(_ value: String) throws -> ViscosityLaw {
            try CaseReader.read(text: SampleCases.minimal, overrides: ["gas.viscosity=\(value)"]).flowCase.gas
                .viscosity
        }
        #expect(try law("1e-3") == .constant(1e-3))
        #expect(try law("0.0") == .inviscid)
        #expect(try law("{ law = \"constant\", viscosity = 2.0 }") == .constant(2))
        #expect(try law("\"1/1600\"") == .constant(1 / 1600.0))
    }

    @Test func boundariesAreWordsOrTablesWithPatches() throws {
        let boundaries = try CaseReader.read(text: SampleCases.complete).flowCase.boundaries
        guard case .noSlipWall([0, 1], 2) = boundaries[0].lower.kind else {
            return #expect(Bool(false), "no-slip")
        }
        let patches = boundaries[0].lower.patches
        #expect(patches.count == 2 && patches[0].region.evaluate([0, 0.05, 0]) == 1)
        guard case .inflow(let state) = patches[0].kind else { return #expect(Bool(false), "inflow") }
        #expect(state.velocity[0].constantValue == 3 * 1.4.squareRoot())
        #expect(state.pressure.uses("t") && !state.pressure.uses("x"))
        guard case .slipWall = patches[1].kind, case .slipWall = boundaries[1].lower.kind,
            case .outflow = boundaries[1].upper.kind
        else { return #expect(Bool(false), "wall and outflow") }
    }

    @Test func aCharacteristicSideTakesWhatItLacksFromTheInitialState() throws {
        let read = try CaseReader.read(text: SampleCases.complete).flowCase
        guard case .characteristic(let state) = read.boundaries[0].upper.kind else {
            return #expect(Bool(false), "characteristic")
        }
        #expect(state.pressure.constantValue == 0.9)
        #expect(state.density == read.initial.base.density && state.velocity.count == 2)
    }

    @Test func oneConditionServesBothSides() throws {
        let x = "boundaries.x={ kind = \"no-slip\", velocity = [2.0] }"
        let read = try CaseReader.read(text: SampleCases.minimal, overrides: [x]).flowCase
        guard case .noSlipWall([2], nil) = read.boundaries[0].lower.kind,
            case .noSlipWall([2], nil) = read.boundaries[0].upper.kind
        else { return #expect(Bool(false), "no-slip") }
    }

    @Test func regionsKeepTheirOrderAndShape() throws {
        let initial = try CaseReader.read(text: SampleCases.complete).flowCase.initial
        #expect(initial.smoothingPasses == 2 && initial.regions.count == 5)
        #expect(abs(initial.base.density.evaluate([0.25, 0, 0]) - 1.2) < 1e-15)
        guard case .box([0, 0], [1, 1]) = initial.regions[0].shape,
            case .ball([0, 0], 0.5) = initial.regions[1].shape,
            case .ball([0, 0], 0.25) = initial.regions[2].shape,
            case .halfSpace([-1, 0], [1, 0]) = initial.regions[3].shape,
            case .expression(let condition) = initial.regions[4].shape
        else { return #expect(Bool(false), "shapes") }
        #expect(condition.evaluate([-2, 1, 0]) == 1)
        #expect(initial.regions[0].pressure == nil && initial.regions[0].density?.constantValue == 2)
        #expect(initial.regions[2].velocity?.count == 2)
    }

    @Test func exactSolutionsAndExpectationsAreRead() throws {
        let sod = try CaseReader.read(text: SampleCases.sod).flowCase
        guard case .riemann(let left, let right, 0.5) = sod.exact else {
            return #expect(Bool(false), "riemann")
        }
        #expect(left.density == 1 && right.density == 0.125 && right.velocity == 0)
        #expect(sod.tier == .long && sod.convergenceFactors == [1, 2, 4])
        #expect(sod.expectations.map(\.key) == ["error.density.l1", "total.mass", "density.minimum"])
        #expect(sod.expectations[0].value == 0.0028 && sod.expectations[0].tolerance == 0.1)
        #expect(sod.expectations[1].value == 0.5625 && sod.expectations[1].tolerance == 1e-3)
        #expect(
            sod.expectations[2].minimum == 0.12 && sod.expectations[2].absolute
                && sod.expectations[2].value == nil)
        guard case .expressions(let state) = try CaseReader.read(text: SampleCases.complete).flowCase.exact
        else {
            return #expect(Bool(false), "expression")
        }
        #expect(state.density.uses("t"))
    }

    @Test func aConstantSweepsThroughEverythingThatUsesIt() throws {
        let file = try CaseReader.read(text: SampleCases.complete, overrides: ["constants.mach=4"])
        guard case .inflow(let state) = file.flowCase.boundaries[0].lower.patches[0].kind else {
            return #expect(Bool(false), "inflow")
        }
        #expect(state.velocity[0].constantValue == 4 * 1.4.squareRoot())
        let again = try CaseReader.read(text: file.text)
        #expect(again.flowCase.initial.regions[3].density?.constantValue == 4 * 1.4.squareRoot())
        #expect(again.flowCase.initial.regions.count == 5 && again.text == file.text)
    }
}

@Suite struct ReferenceTests {
    /// Every key that a file holds, without indices and names of the user's choice.
    private func keys(_ node: Node, isNamed: Bool = false) -> Set<String> {
        let own = isNamed ? [] : node.entries.map(\.key)
        let tables = node.entries.map { keys($0.node, isNamed: $0.key == "constants" || $0.key == "expect") }
        return (tables + node.elements.map { keys($0) }).reduce(into: Set(own)) { $0.formUnion($1) }
    }

    @Test(arguments: [SampleCases.minimal, SampleCases.contract, SampleCases.sod, SampleCases.complete])
    func everyKeyOfTheSamplesIsDescribed(text: String) throws {
        let reference = CaseReader.reference
        for key in try keys(Document(text: text, file: "case.toml").root) {
            #expect(reference.contains("| `\(key)` |"), "\(key)")
        }
    }

    @Test func rowsShowUnitDefaultAndRange() {
        let row = "| `gamma` | a number > 1 | 1 | `1.4` | Ratio of specific heats. |"
        #expect(CaseReader.reference.contains(row))
        #expect(CaseReader.reference.contains("## `[[probe]]`"))
        #expect(CaseReader.reference.contains("`kind = \"no-slip\"`: The gas sticks to the wall."))
    }
}
