/// Where a run stands.
public struct RunProgress: Sendable, Equatable {
    /// Steps done.
    public var step: Int
    /// Where the run stops at the latest, if it has such a limit.
    public var maximumSteps: Int?
    /// Simulated time reached.
    public var time: Double
    /// Simulated time at which the run ends.
    public var endTime: Double
    /// The last time step.
    public var timeStep: Double
    /// Cells of the grid.
    public var cells: Int

    /// Where a run stands.
    public init(
        step: Int, maximumSteps: Int? = nil, time: Double, endTime: Double, timeStep: Double, cells: Int
    ) {
        self.step = step
        self.maximumSteps = maximumSteps
        self.time = time
        self.endTime = endTime
        self.timeStep = timeStep
        self.cells = cells
    }

    /// The share that is done, 0…1: by time or by steps, whichever ends the run first.
    public var fraction: Double {
        let byTime = endTime > 0 ? time / endTime : 0
        let bySteps = maximumSteps.map { $0 > 0 ? Double(step) / Double($0) : 1 } ?? 0
        return min(1, max(0, byTime, bySteps))
    }
}
