import Archive
import Calibration
import Datasets
import Flow
import Foundation
import Schema
import Training

/// A trained operator in the place of the solver: the case tells its geometry, parameters are constant channels or change
/// the bodies; outputs are those of ``FlowModel`` that can be seen in one state.
struct SurrogateModel: Model {
    let description: SurrogateDescription
    /// The case that tells the geometry, read once.
    let flowCase: Document
    let layout: FieldLayout
    /// By site.
    let places: [[SurrogatePlace]]
    /// By site, the positions of parameters that change more than a constant channel.
    let shaping: [[Int]]
    /// Where parameters may lie, by name.
    let ranges: [String: ClosedRange<Double>]
    private let threads: Int

    /// - Throws: What reading the operator, its dataset and the case throw; `ToolError` where they do not fit the study.
    init(_ description: SurrogateDescription, flowCase: Document, study: Study) throws {
        self.description = description
        self.flowCase = flowCase
        let model = try TrainedModel(reading: description.model, threads: 1)
        layout = model.description.layout
        threads = study.options.workers > 1 ? 1 : 0
        guard layout.task == .steady else {
            throw ToolError(
                "\(description.model) goes on in time; a surrogate predicts one state from parameters",
                advice: "train an operator on a dataset of task = \"steady\"")
        }
        ranges = try SurrogateRange(description, model).ranges
        let start = study.space.values(at: study.space.initial)
        var (places, shaping): ([[SurrogatePlace]], [[Int]]) = ([], [])
        for site in study.sites {
            let own = site.bindings.map { (name: $0.name, value: start[$0.parameter]) } + site.settings
            let reader = SurrogateReader(source: flowCase, layout: layout, site: own)
            places.append(try reader.places(site.observations))
            shaping.append(try reader.shaping(site, study.space))
        }
        (self.places, self.shaping) = (places, shaping)
    }

    /// See `Model`.
    var offersDerivatives: Bool { true }

    /// See `Model`.
    func makeRunner(worker: Int) throws -> any ModelRunner {
        SurrogateRunner(self, try TrainedModel(reading: description.model, threads: threads))
    }

    /// Why a request is not believed; nil where it is.
    func objection(to request: ModelRequest) -> String? {
        for parameter in request.parameters {
            guard let range = ranges[parameter.name], !range.contains(parameter.value) else { continue }
            return "\(parameter.name) is outside of \(significant(range.lowerBound)) … "
                + "\(significant(range.upperBound)), where the surrogate was validated"
        }
        return nil
    }
}

/// One worker's operator.
private final class SurrogateRunner: ModelRunner {
    private let model: SurrogateModel
    private let operatorModel: TrainedModel
    private var gradient: InputGradient?

    init(_ model: SurrogateModel, _ operatorModel: TrainedModel) {
        (self.model, self.operatorModel) = (model, operatorModel)
    }

    private var cells: [Int] { model.layout.cellShape.reversed() }
    private var points: Int { model.layout.cellShape.reduce(1, *) }

    func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
        if let objection = model.objection(to: request) { return .failed(objection) }
        return compute(request)
    }

    private func compute(_ request: ModelRequest) -> ModelReply {
        do {
            let (given, sampler) = try setting(request)
            let fields = try operatorModel.predict(given.channels, cellShape: model.layout.cellShape)
            return .outputs(sampler.outputs(fields, points: points))
        } catch { return .failed(ToolError(error).message) }
    }

    private func setting(_ request: ModelRequest) throws -> (GivenFields, SurrogateSampler) {
        let reader = SurrogateReader(
            source: model.flowCase, layout: model.layout, site: request.parameters)
        let flowCase = try reader.flowCase()
        let given = try reader.given(flowCase)
        let sampler = SurrogateSampler(
            flowCase, places: model.places[request.site], mask: given.mask,
            channels: model.layout.outputChannels)
        return (given, sampler)
    }

    /// Constant channels by reverse mode, everything else by differences of the operator.
    func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) -> [Double]? {
        let shaping = model.shaping[request.site]
        var result = CentralDifferences.pullback(
            request, cotangents, step: 1e-3, indices: shaping, run: compute)
        guard let (given, sampler) = try? setting(request) else { return nil }
        do {
            let gradient =
                try self.gradient ?? InputGradient(operatorModel, cellShape: model.layout.cellShape)
            self.gradient = gradient
            let seed = sampler.cotangents(
                cotangents, channels: model.layout.outputChannels.count, points: points)
            let found = gradient(given.channels, cotangents: seed)
            for (index, parameter) in request.parameters.enumerated() where !shaping.contains(index) {
                guard let channel = model.layout.inputChannels.firstIndex(of: parameter.name) else {
                    continue
                }
                result?[index] = found[channel * points..<(channel + 1) * points].reduce(0) {
                    $0 + Double($1)
                }
            }
        } catch { return nil }
        return result
    }
}
