import Fluids

/// What a symmetry does to a channel, as its name tells.
enum ChannelBehaviour: Equatable {
    /// Moves with its points.
    case scalar
    /// A component of a vector: the vector's name and the axis.
    case vector(String, Int)
    /// A component of an axial vector, such as vorticity.
    case axial(String, Int)
    /// Says where a point is, and stays.
    case coordinate
    /// The direction of a stream, measured from x to y.
    case angle

    private static let axes = ["x", "y", "z"]
    private static let angles = ["angle", "angle_of_attack", "incidence"]
    private static let scalars = ["sdf", "mask", "reynolds", "viscosity", "gamma"]

    /// The behaviour of a channel; nil for a name that says nothing.
    ///
    /// - Parameter others: Further channels that are known to be scalars.
    init?(_ channel: String, scalars others: [String]) {
        let name = channel.hasPrefix("initial_") ? String(channel.dropFirst("initial_".count)) : channel
        let prefix = String(channel.dropLast(name.count))
        if let quantity = QuantityRegistry.named(name) {
            let vector = prefix + (quantity.vector ?? "")
            switch quantity.symmetry {
            case .scalar: self = .scalar
            case .vector(let axis): self = .vector(vector, axis)
            case .axialVector(let axis): self = .axial(vector, axis)
            }
            return
        }
        if others.contains(channel) || Self.scalars.contains(name) {
            self = .scalar
        } else if Self.axes.contains(name) {
            self = .coordinate
        } else if Self.angles.contains(name) {
            self = .angle
        } else {
            return nil
        }
    }

    /// The channel that a symmetry puts here, by name, and the sign that it gets.
    ///
    /// - Throws: ``TrainingError`` where that is not known.
    static func origin(
        of channel: String, under symmetry: GridSymmetry, scalars: [String]
    ) throws -> (name: String, sign: Float) {
        guard let behaviour = ChannelBehaviour(channel, scalars: scalars) else {
            throw TrainingError(
                "how the channel \"\(channel)\" changes under mirrors, turns and exchanges of axes is not known",
                advice: "where its values move with their points unchanged, name it in `scalars`")
        }
        switch behaviour {
        case .scalar, .coordinate: return (channel, 1)
        case .vector(let vector, let axis):
            let sign: Float = axis < symmetry.source.count && symmetry.isReversed[axis] ? -1 : 1
            return ("\(vector)_\(axes[symmetry.old(axis)])", sign)
        case .axial(let vector, let axis):
            let sign: Float = axis < symmetry.source.count && symmetry.isReversed[axis] ? -1 : 1
            return ("\(vector)_\(axes[symmetry.old(axis)])", sign * symmetry.determinant)
        case .angle:
            guard !symmetry.exchangesAxes, !symmetry.isReversed[0] else {
                throw TrainingError(
                    "the channel \"\(channel)\" is measured from the x axis, which must neither be reversed nor exchanged",
                    advice: "mirror across y alone")
            }
            return (channel, symmetry.isReversed.count > 1 && symmetry.isReversed[1] ? -1 : 1)
        }
    }
}

extension GridSymmetry {
    /// The old axis of a new one; axes that the grid does not have stay.
    fileprivate func old(_ axis: Int) -> Int { axis < source.count ? source[axis] : axis }
}
