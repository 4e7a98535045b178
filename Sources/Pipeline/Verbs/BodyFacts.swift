import Archive

/// What a run file says about the forces on one body.
public struct BodyFacts: Sendable, Codable, Equatable {
    /// The body.
    public var name: String
    /// The time of the last row.
    public var time: Double
    /// The drag in the last row.
    public var lastDrag: Double
    /// The lift in the last row.
    public var lastLift: Double
    /// The mean drag over the second half of the time.
    public var meanDrag: Double
    /// The mean lift over the second half of the time.
    public var meanLift: Double
    /// Whether drag and lift are coefficients.
    public var areCoefficients: Bool
    /// Frequency of the lift · length / speed, where the lift oscillates.
    public var strouhal: Double?

    /// The facts of all bodies of a run file. Throws `ArchiveError`.
    static func read(_ path: String) throws -> [BodyFacts] {
        let reader = try RunFileReader(path)
        return try reader.forceNames.compactMap { name in
            try BodyFacts(
                name, reader.forces(name), strouhal: reader.forceAttributes(name)["strouhal"]?.real)
        }
    }

    private init?(_ name: String, _ columns: [String: [Double]], strouhal: Double?) {
        areCoefficients = columns["drag_coefficient"] != nil
        let suffix = areCoefficients ? "_coefficient" : ""
        guard let time = columns["time"], let drag = columns["drag" + suffix],
            let lift = columns["lift" + suffix], let last = time.last, let lastDrag = drag.last,
            let lastLift = lift.last
        else { return nil }
        self.name = name
        self.time = last
        self.lastDrag = lastDrag
        self.lastLift = lastLift
        meanDrag = Self.settledMean(time, drag)
        meanLift = Self.settledMean(time, lift)
        self.strouhal = strouhal
    }

    /// The mean over the second half of the time, by trapezoids: steps are not equal.
    private static func settledMean(_ time: [Double], _ values: [Double]) -> Double {
        let start = ((time.first ?? 0) + (time.last ?? 0)) / 2
        var (sum, duration) = (0.0, 0.0)
        for index in time.indices.dropLast() where time[index] >= start {
            let step = time[index + 1] - time[index]
            sum += step * (values[index] + values[index + 1]) / 2
            duration += step
        }
        return duration > 0 ? sum / duration : values.last ?? 0
    }
}
