/// The forces on all bodies at one time.
public struct ForceRow: Sendable {
    /// The time.
    public var time: Double
    /// In the order of the case.
    public var forces: [BodyForce]
}

/// Forces on all bodies during a run, about a thousand times.
struct ForceHistory {
    private let meter: BodyForces
    private let interval: Double
    private(set) var rows: [ForceRow] = []

    init(_ flowCase: FlowCase) {
        meter = BodyForces(flowCase)
        interval = flowCase.time.end / 1000
    }

    mutating func record(_ computation: any FlowComputation) {
        if let last = rows.last, computation.time - last.time < interval { return }
        rows.append(
            ForceRow(time: computation.time, forces: meter.moved(to: computation.time).sample(computation)))
    }
}
