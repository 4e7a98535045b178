import CAllocationCounter
import Flow
import Testing

@Suite("Allocation", .serialized) struct AllocationTests {
    /// Allocations of the third step on one thread.
    static func allocations(rank: Int, cells: Int, _ overrides: [String]) throws -> Int {
        let text = InvarianceTests.wavy(rank: rank, boundary: "outflow", cells: cells)
        let flowCase = try CaseReader.read(text: text, overrides: ["numerics.threads=1"] + overrides).flowCase
        let solver = try FlowSolverFactory.make(flowCase)
        for _ in 0..<2 { try solver.advance(by: solver.stableTimeStep()) }
        hugoniot_count_allocations_start()
        let result = Result { try solver.advance(by: solver.stableTimeStep()) }
        let count = hugoniot_count_allocations_stop()
        try result.get()
        return count
    }

    @Test("a step allocates the same few blocks on any grid", arguments: 1...3, FluxChoice.all)
    func independentOfGrid(rank: Int, choice: FluxChoice) throws {
        let small = try Self.allocations(rank: rank, cells: 12, choice.overrides)
        let large = try Self.allocations(rank: rank, cells: 24, choice.overrides)
        #expect(small == large)
        #expect(small < 100)
    }

    @Test("bodies cost no allocation that grows with the grid", arguments: 2...3) func bodies(rank: Int)
        throws
    {
        let counts = try [16, 32].map { cells in
            let text = BodyConformanceTests.stream(rank: rank, cells: cells)
            let flowCase = try CaseReader.read(text: text, overrides: ["numerics.threads=1"]).flowCase
            let solver = try FlowSolverFactory.make(flowCase)
            for _ in 0..<2 { try solver.advance(by: solver.stableTimeStep()) }
            hugoniot_count_allocations_start()
            let result = Result { try solver.advance(by: solver.stableTimeStep()) }
            let count = hugoniot_count_allocations_stop()
            try result.get()
            return count
        }
        #expect(counts[0] == counts[1])
    }

    @Test(
        "viscous steps and every storage format allocate no more",
        arguments: StorageFormat.allCases)
    func storages(storage: StorageFormat) throws {
        let overrides = ["numerics.storage=\"\(storage)\"", "gas.viscosity=0.001"]
        let small = try Self.allocations(rank: 3, cells: 12, overrides)
        let large = try Self.allocations(rank: 3, cells: 24, overrides)
        #expect(small == large)
    }
}
