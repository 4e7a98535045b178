/// A symmetry of a grid as it acts on the channels of a layout: an exact solution becomes an exact solution of the problem
/// that is mirrored, turned or exchanged alike.
package struct FieldSymmetry: Sendable {
    private struct Channels: Sendable {
        /// Of every new channel the old one and its sign.
        var sources: [(channel: Int, sign: Float)]
        /// Of every new channel whether its points stay.
        var stays: [Bool]
    }

    private let given: Channels
    private let predicted: Channels
    /// How many given channels are conditions; the others are a state.
    private let conditions: Int
    private let givenOrder: [Int]
    private let stateOrder: [Int]

    /// - Throws: ``TrainingError`` for channels whose behaviour is not known, and for grids that do not map to themselves.
    package init(
        _ symmetry: GridSymmetry, _ layout: FieldLayout, cellShape: [Int], scalars: [String]
    ) throws {
        let extents = Array(cellShape.reversed())
        guard symmetry.source.enumerated().allSatisfy({ extents[$0.offset] == extents[$0.element] }) else {
            throw TrainingError(
                "axes of \(extents.map(String.init).joined(separator: " × ")) points cannot be turned or exchanged",
                advice: "take mirrors alone, or a grid with as many points on every axis")
        }
        given = try Self.channels(layout.givenChannels, symmetry, scalars)
        predicted = try Self.channels(layout.outputChannels, symmetry, scalars)
        conditions = layout.inputChannels.count
        givenOrder = symmetry.order(cellShape, layout.points, isGiven: true)
        stateOrder = symmetry.order(cellShape, layout.points, isGiven: false)
    }

    private static func channels(
        _ names: [String], _ symmetry: GridSymmetry, _ scalars: [String]
    ) throws -> Channels {
        let sources = try names.map { name in
            let origin = try ChannelBehaviour.origin(of: name, under: symmetry, scalars: scalars)
            guard let channel = names.firstIndex(of: origin.name) else {
                throw TrainingError(
                    "turning or exchanging axes makes \"\(origin.name)\" out of \"\(name)\", which is not among the channels "
                        + names.joined(separator: ", "),
                    advice: "give and predict all components of a vector, or take mirrors alone")
            }
            return (channel, origin.sign)
        }
        return Channels(
            sources: sources,
            stays: names.map { ChannelBehaviour($0, scalars: scalars) == .coordinate })
    }

    /// Given channels, channels first.
    package func given(_ field: [Float]) -> [Float] {
        moved(field, given) { $0 < conditions ? givenOrder : stateOrder }
    }

    /// Predicted channels, channels first.
    package func predicted(_ field: [Float]) -> [Float] { moved(field, predicted) { _ in stateOrder } }

    /// All fields of an item.
    func apply(_ fields: ItemFields) -> ItemFields {
        ItemFields(
            input: given(fields.input), target: predicted(fields.target),
            mask: fields.mask.map { mask in givenOrder.map { mask[$0] } },
            distance: fields.distance.map { distance in givenOrder.map { distance[$0] } })
    }

    /// Any number of states of these channels, one after the other.
    private func moved(_ field: [Float], _ channels: Channels, _ order: (Int) -> [Int]) -> [Float] {
        let points = givenOrder.count
        var result = field
        for first in stride(from: 0, to: field.count, by: points * channels.sources.count) {
            for (channel, source) in channels.sources.enumerated() where !channels.stays[channel] {
                let (to, from) = (first + channel * points, first + source.channel * points)
                for (point, old) in order(channel).enumerated() {
                    result[to + point] = source.sign * field[from + old]
                }
            }
        }
        return result
    }
}
