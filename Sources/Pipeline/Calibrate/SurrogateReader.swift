import Archive
import Calibration
import Datasets
import Flow
import Foundation
import Schema
import Training

/// What an operator is given of a case with the parameters of one request.
struct SurrogateReader {
    /// The case, as it was read once.
    let source: Document
    let layout: FieldLayout
    /// The parameters and settings of a site.
    let site: [(name: String, value: Double)]

    /// The case on the grid of the operator, parameters substituted. Those that are neither keys of the case nor among its
    /// constants are channels only.
    func flowCase() throws -> FlowCase {
        let grid = "domain.cells=[\(layout.cellShape.reversed().map(String.init).joined(separator: ","))]"
        let known = Set(source.root["constants"]?.entries.map(\.key) ?? [])
        let overrides = site.filter { $0.name.contains(".") || known.contains($0.name) }.map {
            FlowModel.override($0.name, $0.value)
        }
        return try CaseReader.read(source, overrides: overrides + [grid]).flowCase
    }

    /// The channels that the operator is given.
    func given(_ flowCase: FlowCase) throws -> GivenFields {
        let constants = Dictionary(site.map { ($0.name, $0.value) }) { first, _ in first }
        let spatial = Set(ChannelNames.inputs(rank: flowCase.domain.rank))
        if let name = layout.inputChannels.first(where: { !spatial.contains($0) && constants[$0] == nil }) {
            throw ToolError(
                "the surrogate is given the channel \"\(name)\", which is no parameter",
                advice: "add [parameters.\(name)], with fixed = VALUE where it is known")
        }
        return try GivenFields(
            flowCase, cells: layout.cellShape.reversed(), names: layout.inputChannels, constants: constants)
    }

    /// What the observations are of the operator's fields.
    func places(_ observations: [Observation]) throws -> [SurrogatePlace] {
        let flowCase = try flowCase()
        return try observations.map { observation in
            let output = try FlowOutput(observation.output, of: flowCase)
            let channel =
                switch output {
                case .probe(_, let name), .field(let name), .surface(_, let name): name
                case .result: ""
                }
            var isSeen = layout.outputChannels.contains(channel)
            if case .surface = output, channel != "pressure" { isSeen = false }
            guard isSeen else {
                throw ToolError(
                    "the surrogate does not predict \"\(observation.output)\"",
                    advice: "it predicts \(layout.outputChannels.joined(separator: ", ")): observe "
                        + "PROBE.NAME or field.NAME of these, or surface.BODY.pressure")
            }
            return SurrogatePlace(
                name: observation.output, index: observation.index, output: output, channel: channel,
                coordinates: observation.coordinates)
        }
    }

    /// The parameters of a site that change more than a constant channel. Throws `ToolError` for one that is free and
    /// changes nothing.
    func shaping(_ place: Study.Site, _ space: ParameterSpace) throws -> [Int] {
        let base = try given(try flowCase()).channels
        return try place.bindings.indices.filter { index in
            let parameter = space.parameters[place.bindings[index].parameter]
            guard parameter.role == .free else { return false }
            let name = place.bindings[index].name
            let isChannel = layout.inputChannels.contains(name)
            var moved = site
            moved[index].value = parameter.lower + 0.618 * (parameter.upper - parameter.lower)
            if moved[index].value == site[index].value { moved[index].value = parameter.lower }
            let other = SurrogateReader(source: source, layout: layout, site: moved)
            let changed = try other.given(try other.flowCase()).channels
            let points = layout.cellShape.reduce(1, *)
            let isShaping = layout.inputChannels.indices.contains { channel in
                let range = channel * points..<(channel + 1) * points
                return layout.inputChannels[channel] != name && base[range] != changed[range]
            }
            guard isShaping || isChannel else {
                throw ToolError(
                    "the surrogate does not see the parameter \"\(name)\"",
                    advice:
                        "it is given \(layout.inputChannels.joined(separator: ", ")): fix the parameter, or train "
                        + "an operator that is given it")
            }
            return isShaping
        }
    }
}

/// The ranges of parameters in which an operator was validated.
struct SurrogateRange {
    let ranges: [String: ClosedRange<Double>]

    /// Those of the file, and for the others what the dataset of the training spans. Throws `ToolError` where the dataset
    /// is another one than that of the training.
    init(_ description: SurrogateDescription, _ model: TrainedModel) throws {
        var ranges = description.ranges
        if let path = description.dataset {
            let known = model.description.datasetSHA256
            let found = try Fingerprint.sha256(ofFile: path)
            guard known.isEmpty || known == found else {
                throw ToolError(
                    "\(description.model) was not trained on \(path): its digest is another one",
                    advice: "give the dataset of its training, or `range` in its place")
            }
            let dataset = try DatasetFileReader(path)
            let values = try dataset.parameterValues()
            for (column, parameter) in dataset.parameters.enumerated() where ranges[parameter.name] == nil {
                let list = values.map { $0[column] }.filter(\.isFinite)
                guard let least = list.min(), let most = list.max(), least < most else { continue }
                ranges[parameter.name] = least...most
            }
        }
        self.ranges = ranges
    }
}
