/// A computation that advances in time, whatever its storage, arithmetic and scheme.
public protocol FlowComputation: AnyObject {
    /// The time reached.
    var time: Double { get }
    /// The steps done.
    var step: Int { get }
    /// The faces of the last step that are not those of smooth flow.
    var faces: FaceTally { get }
    /// The size of all stored fields, in bytes.
    var storedBytes: Int { get }
    /// How many workers share a step.
    var workers: Int { get }
    /// The largest stable step times the CFL number.
    func stableTimeStep() throws(FlowFailure) -> Double
    /// Advances by one step of the given size.
    func advance(by timeStep: Double) throws(FlowFailure)
    /// The conserved variables of one row (density, momentum per direction, energy), then Σ, each `cells[0]`
    /// long.
    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>)
    /// Everything that a later run needs to continue to the bit.
    func checkpoint() -> [StoredArray]
    /// Takes up a checkpoint of the same case. False where sizes differ.
    func restore(_ arrays: [StoredArray], time: Double, step: Int) -> Bool
}

/// Where and how a computation lost density, pressure or finiteness.
public struct FlowFailure: Error, Sendable, CustomStringConvertible {
    /// The step and time at which it was noticed.
    public let step: Int
    /// The time.
    public let time: Double
    /// The indices of the cell, x first.
    public let cell: [Int]
    /// Its centre.
    public let position: [Double]
    /// Density, velocity per direction, pressure.
    public let state: [Double]

    /// All of it in one line.
    public var description: String {
        let place = position.map { String($0) }.joined(separator: ", ")
        let values = state.map { String($0) }.joined(separator: ", ")
        return "the flow diverged at step \(step), time \(time), cell \(cell), position (\(place)): "
            + "density, velocity, pressure = \(values)"
    }
}
