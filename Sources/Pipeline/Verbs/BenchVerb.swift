import Foundation

/// Measures this machine, and the kernels on it.
public struct BenchVerb: Verb {
    /// What is measured.
    public enum Subject: String, Sendable, CaseIterable {
        /// What the machine can do at best.
        case machine
        /// The flow solver, and the machine for scale.
        case solver
        /// What storage formats cost in accuracy and conservation.
        case storage
        /// Training steps and predictions of neural operators.
        case operators
        /// What the calibrator takes besides the model.
        case calibration
        /// A model beside the solver: see ``SurrogateBenchVerb``, which needs files.
        case surrogate
    }

    /// What is measured.
    public var subject: Subject

    /// A measurement.
    public init(subject: Subject = .solver) { self.subject = subject }

    /// Measures on one thread.
    public func perform(on console: Console) throws -> BenchReport {
        let machine = MachinePeak.measure()
        switch subject {
        case .machine, .surrogate: return BenchReport(machine: machine, measurements: [])
        case .solver: return BenchReport(machine: machine, measurements: try solverMeasurements(console))
        case .storage:
            return BenchReport(
                machine: machine, measurements: [], storage: try StorageBenchmark.measure(console))
        case .operators:
            return BenchReport(
                machine: machine, measurements: [], operators: try OperatorBenchmark.measure(console))
        case .calibration:
            return BenchReport(
                machine: machine, measurements: [], calibration: try CalibrationBenchmark.measure(console))
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

    /// One result of one storage format.
    public struct StorageResult: Sendable, Codable, Equatable {
        /// What was measured.
        public var test: String
        /// How numbers are stored.
        public var storage: String
        /// The error or drift, relative.
        public var value: Double

        /// One result of one storage format.
        public init(test: String, storage: String, value: Double) {
            self.test = test
            self.storage = storage
            self.value = value
        }
    }

    /// One neural operator: AdamW steps of eight samples, and predictions of one.
    public struct OperatorResult: Sendable, Codable, Equatable {
        /// The kind of model.
        public var model: String
        /// Points an axis, in two dimensions.
        public var points: Int
        /// The number of weights.
        public var parameters: Int
        /// Bytes of activations and their gradients.
        public var activationBytes: Int
        /// Seconds of a training step.
        public var stepSeconds: Double
        /// Seconds of a prediction.
        public var predictionSeconds: Double
    }

    /// One method of the calibrator.
    public struct CalibrationResult: Sendable, Codable, Equatable {
        /// Its word.
        public var method: String
        /// Microseconds per point of asking and telling.
        public var search: Double
        /// Microseconds per point of all besides the model: parameters, log on disk, bookkeeping.
        public var total: Double
    }

    /// What the machine can do at best.
    public var machine: MachinePeak
    /// What was measured, one row each.
    public var measurements: [Measurement]
    /// What storage formats cost.
    public var storage: [StorageResult] = []
    /// Neural operators.
    public var operators: [OperatorResult] = []
    /// What the calibrator takes besides the model.
    public var calibration: [CalibrationResult] = []

    /// The machine, then one row a measurement.
    public func text(on terminal: Terminal) -> String {
        var peaks = Table([.init("one thread at best"), .init("", .right), .init("")])
        for (name, value) in [
            ("Float32 product", machine.singleGigaflops), ("Float64 product", machine.doubleGigaflops),
        ] {
            peaks.add([name, value.map(significant) ?? "no OpenBLAS", value == nil ? "" : "GFLOP/s"])
        }
        peaks.add(["memory copy", significant(machine.copyGigabytes), "GB/s"])
        var parts = [peaks.rendered()]
        if !measurements.isEmpty { parts.append(measurementTable().rendered()) }
        if !storage.isEmpty { parts.append(storageTable().rendered()) }
        if !operators.isEmpty { parts.append(operatorTable().rendered()) }
        if !calibration.isEmpty { parts.append(calibrationTable().rendered()) }
        return parts.joined(separator: "\n\n")
    }

    private func operatorTable() -> Table {
        var table = Table([
            .init("model"), .init("points", .right), .init("weights", .right), .init("memory", .right),
            .init("step ms", .right), .init("prediction ms", .right),
        ])
        for row in operators {
            table.add([
                row.model, "\(row.points)²", ProgressText.count(Double(row.parameters)),
                ProgressText.bytes(row.activationBytes), significant(1e3 * row.stepSeconds),
                significant(1e3 * row.predictionSeconds),
            ])
        }
        return table
    }

    private func calibrationTable() -> Table {
        var table = Table([
            .init("method, d = 20"), .init("search, µs/point", .right), .init("with the log", .right),
            .init("goal", .right),
        ])
        for row in calibration {
            table.add([
                row.method, significant(row.search), significant(row.total),
                significant(CalibrationBenchmark.goal),
            ])
        }
        return table
    }

    private func storageTable() -> Table {
        let formats = StorageBenchmark.formats
        var table = Table(
            [.init("relative, single-precision arithmetic")] + formats.map { .init($0, .right) })
        var tests: [String] = []
        for result in storage where !tests.contains(result.test) { tests.append(result.test) }
        for test in tests {
            let row = formats.map { format in
                storage.first { $0.test == test && $0.storage == format }.map {
                    String(format: "%.1e", $0.value)
                } ?? "–"
            }
            table.add([test] + row)
        }
        return table
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
