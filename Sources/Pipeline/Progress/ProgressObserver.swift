import Flow

/// Shows how far a simulation is.
final class ProgressObserver: SimulationObserver {
    private let reporter: ProgressReporter
    private let cells: Int

    /// - Parameter cells: Cells of the grid.
    init(_ reporter: ProgressReporter, cells: Int) {
        self.reporter = reporter
        self.cells = cells
    }

    func observe(_ moment: SimulationMoment) {
        reporter.update(
            RunProgress(
                step: moment.step, maximumSteps: moment.limits.maximumSteps, time: moment.time,
                endTime: moment.limits.end, timeStep: moment.timeStep, cells: cells))
    }
}

extension StopWhen {
    /// Stops once a signal has come in.
    static var interrupted: StopWhen { StopWhen(.interrupted) { Interruption.requested != nil } }
}
