import Flow

/// A computation whose stable steps are given, and whose state is its time.
final class Clockwork: FlowComputation {
    private let limit: (Int) -> Double
    private(set) var time = 0.0
    private(set) var step = 0
    /// The sizes of all steps.
    private(set) var sizes: [Double] = []

    /// - Parameter limit: The stable step after so many steps.
    init(limit: @escaping (Int) -> Double) { self.limit = limit }

    var faces: FaceTally { FaceTally(fallbacks: step) }
    var storedBytes: Int { 0 }
    var workers: Int { 1 }

    func stableTimeStep() throws(FlowFailure) -> Double { limit(step) }

    func advance(by timeStep: Double) throws(FlowFailure) {
        sizes.append(timeStep)
        time += timeStep
        step += 1
    }

    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) { values[0] = time }
    func checkpoint() -> [StoredArray] { [] }
    func restore(_ arrays: [StoredArray], time: Double, step: Int) -> Bool {
        (self.time, self.step) = (time, step)
        return true
    }
}
