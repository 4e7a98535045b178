/// Measures this machine, and the kernels on it.
public struct BenchVerb: Verb {
    /// What is measured.
    public enum Subject: String, Sendable, CaseIterable {
        /// What the machine can do at best.
        case machine
        /// The flow solver, and the machine for scale.
        case solver
    }

    /// What is measured.
    public var subject: Subject

    /// A measurement.
    public init(subject: Subject = .solver) { self.subject = subject }

    /// Measures on one thread.
    public func perform(on console: Console) throws -> BenchReport {
        let machine = MachinePeak.measure()
        switch subject {
        case .machine: return BenchReport(machine: machine, measurements: [])
        case .solver: return BenchReport(machine: machine, measurements: try solverMeasurements(console))
        }
    }

    private func solverMeasurements(_ console: Console) throws -> [BenchReport.Measurement] {
        try SolverBenchmark.subjects.flatMap { subject in
            try subject.goals.map { entry in
                console.note("timing \(subject.name), \(entry.storage)")
                return try SolverBenchmark.measure(subject, storage: entry.storage, goal: entry.goal)
            }
        }
    }
}

/// What was measured.
public struct BenchReport: VerbReport {
    /// One kernel on one grid.
    public struct Measurement: Sendable, Codable, Equatable {
        /// What ran.
        public var name: String
        /// Cells of the grid.
        public var cells: Int
        /// How numbers are stored.
        public var storage: String
        /// Nanoseconds per cell and step.
        public var nanosecondsPerCellStep: Double
        /// The goal for the same, where there is one.
        public var goal: Double?
        /// Bytes of memory per cell.
        public var bytesPerCell: Double

        /// One kernel on one grid.
        public init(
            name: String, cells: Int, storage: String, nanosecondsPerCellStep: Double, goal: Double?,
            bytesPerCell: Double
        ) {
            self.name = name
            self.cells = cells
            self.storage = storage
            self.nanosecondsPerCellStep = nanosecondsPerCellStep
            self.goal = goal
            self.bytesPerCell = bytesPerCell
        }
    }

    /// What the machine can do at best.
    public var machine: MachinePeak
    /// What was measured, one row each.
    public var measurements: [Measurement]

    /// The machine, then one row a measurement.
    public func text(on terminal: Terminal) -> String {
        var peaks = Table([.init("one thread at best"), .init("", .right), .init("")])
        for (name, value) in [
            ("Float32 product", machine.singleGigaflops), ("Float64 product", machine.doubleGigaflops),
        ] {
            peaks.add([name, value.map(significant) ?? "no OpenBLAS", value == nil ? "" : "GFLOP/s"])
        }
        peaks.add(["memory copy", significant(machine.copyGigabytes), "GB/s"])
        guard !measurements.isEmpty else { return peaks.rendered() }
        return peaks.rendered() + "\n\n" + measurementTable().rendered()
    }

    private func measurementTable() -> Table {
        var table = Table([
            .init("kernel"), .init("cells", .right), .init("storage"), .init("ns/cell/step", .right),
            .init("goal", .right), .init("bytes/cell", .right),
        ])
        for row in measurements {
            table.add([
                row.name, String(row.cells), row.storage, significant(row.nanosecondsPerCellStep),
                row.goal.map(significant) ?? "–", significant(row.bytesPerCell),
            ])
        }
        return table
    }
}
