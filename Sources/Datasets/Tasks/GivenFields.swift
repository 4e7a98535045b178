import Flow
import Numerics

/// What an operator is given of a case: the input channels of a sample, without the sample's computation.
public struct GivenFields: Sendable {
    /// Input channels, one after the other: channel, (z,) y, x.
    public let channels: [Float]
    /// 1 where at least half of a cell is fluid, else 0.
    public let mask: [UInt8]

    /// The channels of a case on a grid over its domain.
    ///
    /// - Parameters:
    ///   - cells: Cells along each axis, x first; at most those of the case.
    ///   - names: Input channels, see ``ChannelNames/inputs(rank:)``; those that repeat the initial state are unknown here.
    ///   - constants: Values of channels that are constant in space, by name.
    /// - Throws: ``SampleProblem`` where a name is unknown.
    public init(_ flowCase: FlowCase, cells: [Int], names: [String], constants: [String: Double]) throws {
        let solid = SolidCells(flowCase, workers: Workers(count: 1))
        let isSolid = (0..<flowCase.domain.cells.reduce(1, *)).map { solid.isSolid($0) }
        let source = SampleChannels(flowCase, cells: cells, isSolid: isSolid)
        if let name = names.first(where: { $0.hasPrefix("initial_") && constants[$0] == nil }) {
            throw SampleProblem("\"\(name)\" is known where a sample is computed only")
        }
        channels = try source.inputs(names, constants: constants) {
            ConservedState(rank: flowCase.domain.rank, cells: flowCase.domain.cells.reduce(1, *))
        }
        mask = source.resampler.mask
    }
}
