import Archive
import Datasets
import Fluids
import Operators
import Schema

/// Compares the keys of a training file with its dataset, and collects what does not fit.
struct PlanCheck {
    let file: TrainingFile
    let dataset: DatasetFileReader
    var diagnostics: [Diagnostic] = []
    /// What the dataset tells of its fluids; nil where that cannot be read.
    private let fluids: DatasetFluid?
    /// The fluid of the equations: that of the file, of the dataset, or air.
    let fluid: FluidModel

    init(_ file: TrainingFile, _ dataset: DatasetFileReader) {
        self.file = file
        self.dataset = dataset
        fluids = try? DatasetFluid(dataset)
        let written = file.options.residual.heatRatio
        fluid = written.map { .ideal(IdealGas(heatRatio: $0)) } ?? fluids?.common ?? .air
    }

    private var data: Section { file.root.section("data") }

    /// The completed samples of the split that a key names; the validation split may be absent where it is not named.
    mutating func split(_ key: String, or name: String) -> [Int] {
        let isNamed = data.has(key)
        let word = data.node?[key]?.text ?? name
        guard let split = dataset.splits.first(where: { $0.name == word }) else {
            if isNamed || name == "train" {
                diagnostics.append(
                    data.diagnostic(
                        key, "\(dataset.path) has no split \"\(word)\"",
                        allowed: dataset.splits.map { "\"\($0.name)\"" }.joined(separator: ", "),
                        hint: dataset.splits.isEmpty ? "write lists of samples to /splits/NAME" : nil))
            }
            return []
        }
        let samples = split.samples.filter {
            dataset.statuses.indices.contains($0) && dataset.statuses[$0] == .completed
        }
        if samples.isEmpty {
            diagnostics.append(data.diagnostic(key, "the split \"\(word)\" has no completed sample"))
        }
        return samples
    }

    /// The channels that a key names; all where it is absent.
    mutating func channels(_ key: String, _ all: [String]) -> [String] {
        guard let node = data.node?[key] else { return all }
        let names = node.elements.compactMap(\.text)
        for name in names where !all.contains(name) {
            diagnostics.append(
                data.diagnostic(
                    key, "\(dataset.path) has no channel \"\(name)\" there",
                    allowed: all.joined(separator: ", ")))
        }
        if Set(names).count < names.count {
            diagnostics.append(data.diagnostic(key, "a channel is named twice"))
        }
        return names
    }

    mutating func checkOptions() {
        let training = file.root.section("training")
        if file.options.weights.nearWallFactor > 0, !dataset.hasSignedDistance {
            diagnostics.append(training.diagnostic("near_wall", "\(dataset.path) has no /sdf"))
        }
        for axis in file.options.augmentation.mirrors where axis >= dataset.cellShape.count {
            diagnostics.append(
                training.diagnostic("mirrors", "the dataset has \(dataset.cellShape.count) dimensions"))
        }
        checkRollout(training)
        checkResidual(training)
        if dataset.task == .rollout, dataset.times.count < 2 {
            diagnostics.append(data.diagnostic("file", "a rollout of one state has no next step to learn"))
        }
    }

    /// Lists with an entry a dimension can be checked now that the dimension is known.
    mutating func checkModelKeys() {
        let dimension = dataset.cellShape.count
        let model = file.root.section("model")
        guard let modes = model.node?["modes"], modes.elements.count != dimension else { return }
        diagnostics.append(
            model.diagnostic(
                "modes", "has \(modes.elements.count) entries",
                allowed: "\(dimension), one for each dimension"))
    }

    /// What is only for rollouts, and what only rollouts with times at equal distances can do.
    private mutating func checkRollout(_ training: Section) {
        let options = file.options
        guard dataset.task == .rollout else {
            for key in ["rollout", "noise", "galilean"] where training.has(key) {
                diagnostics.append(
                    training.diagnostic(
                        key, "is for rollouts, and \(dataset.path) has one state a sample",
                        hint: "leave it out, or name a dataset with task = \"rollout\""))
            }
            return
        }
        if dataset.times.count <= options.rollout.steps {
            diagnostics.append(
                training.section("rollout").diagnostic(
                    "steps", "\(options.rollout.steps) steps do not fit into \(dataset.times.count) times",
                    allowed: "1 to \(max(1, dataset.times.count - 1))"))
        }
        guard options.augmentation.boost > 0 else { return }
        if Augmentation.interval(of: dataset) == nil {
            diagnostics.append(
                training.diagnostic("galilean", "the times of \(dataset.path) are not at equal distances"))
        }
        if dataset.hasMask || dataset.hasSignedDistance {
            diagnostics.append(
                training.diagnostic("galilean", "\(dataset.path) has bodies, which would have to move along"))
        }
    }

    /// The channels that the equations need: density, velocity, pressure.
    static func flowChannels(dimension: Int) -> [String] {
        ["density"] + ["x", "y", "z"].prefix(dimension).map { "velocity_\($0)" } + ["pressure"]
    }

    private mutating func checkResidual(_ training: Section) {
        guard training.has("residual") else { return }
        if dataset.task == .rollout {
            diagnostics.append(
                training.diagnostic("residual", "is for steady flows, and \(dataset.path) has rollouts"))
        }
        checkFluid(training.section("residual"))
        let names = data.node?["outputs"].map { $0.elements.compactMap(\.text) } ?? dataset.outputChannels
        let missing = Self.flowChannels(dimension: dataset.cellShape.count).filter { !names.contains($0) }
        if !missing.isEmpty {
            diagnostics.append(
                training.diagnostic(
                    "residual",
                    "the equations need the outputs \(missing.joined(separator: ", ")), which are not predicted"
                ))
        }
    }

    /// Equations of another fluid than that of the data would teach what is wrong.
    private mutating func checkFluid(_ residual: Section) {
        guard let fluids else { return }
        if fluids.isVaried {
            diagnostics.append(
                residual.diagnostic(
                    nil, "is for samples of one fluid, and that of \(dataset.path) differs among samples"))
        } else if let ratio = file.options.residual.heatRatio,
            let told = fluids.contradiction(toHeatRatio: ratio)
        {
            diagnostics.append(
                residual.diagnostic(
                    "gamma", "\(dataset.path) was computed with \(told), not with \(ratio)",
                    hint: "leave it out: the dataset's own fluid is taken"))
        }
    }

    /// Symmetries that channels or grid do not bear.
    private mutating func checkSymmetries(_ layout: FieldLayout) {
        let training = file.root.section("training")
        let options = file.options.augmentation
        let key = options.exchanges ? "exchanges" : options.turns ? "turns" : "mirrors"
        do {
            _ = try Augmentation(options, layout, dataset, symmetriesOnly: true)
        } catch {
            diagnostics.append(Self.diagnostic(training, key, error))
        }
        let isAlone = options.symmetries(dimension: layout.cellShape.count).count < 2
        if isAlone, file.root.section("prediction")[TrainingSchema.averaged] {
            diagnostics.append(
                file.root.section("prediction").diagnostic(
                    "symmetries", "there are none to average over",
                    hint: "name mirrors, turns or exchanges in [training]"))
        }
        guard options.boost > 0, dataset.task == .rollout, Augmentation.interval(of: dataset) != nil else {
            return
        }
        do {
            _ = try Augmentation.boost(options, layout, dataset)
        } catch {
            diagnostics.append(Self.diagnostic(training, "galilean", error))
        }
    }

    private static func diagnostic(_ section: Section, _ key: String, _ error: any Error) -> Diagnostic {
        let error = error as? TrainingError
        return section.diagnostic(key, error?.message ?? "is not possible", hint: error?.advice)
    }

    /// What is given and predicted. Throws with everything that was found so far.
    mutating func layout() throws(InvalidInput) -> FieldLayout {
        let layout = FieldLayout(
            task: dataset.task,
            inputChannels: channels("inputs", dataset.inputChannels).filter {
                dataset.task == .steady || !$0.hasPrefix("initial_")
            }, outputChannels: channels("outputs", dataset.outputChannels), cellShape: dataset.cellShape,
            points: data[TrainingSchema.points])
        checkOptions()
        checkModelKeys()
        try finish()
        checkSymmetries(layout)
        try finish()
        return layout
    }

    func finish() throws(InvalidInput) {
        if !diagnostics.isEmpty { throw InvalidInput(diagnostics) }
    }

    func model(_ layout: FieldLayout) throws(InvalidInput) -> any OperatorModel {
        let section = file.root.section("model").with(dimension: dataset.cellShape.count)
        guard let model = ModelRegistry.model(section, mapping: layout.mapping) else {
            throw InvalidInput(section.diagnostic("kind", "is not known"))
        }
        if let objection = model.objection(to: layout.cellShape) {
            throw InvalidInput(section.diagnostic(nil, objection))
        }
        return model
    }
}
