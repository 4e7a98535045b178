import Archive
import Foundation
import Schema
import Testing
import Training

@Suite("Training plans") struct PlanTests {
    let folder: TrainingFolder

    init() throws {
        folder = try TrainingFolder()
        try TinyData().write(folder)
    }

    /// What is said about a file that does not fit its dataset.
    private func complaint(_ training: String = "", model: String = TinyData.model, data: String = "")
        -> String
    {
        do {
            _ = try folder.plan(training, model: model, data: data)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("a missing split is told with its line and the splits that there are")
    func split() {
        let text = complaint(data: "train = \"learn\"")
        #expect(
            text.contains("train.toml:3") && text.contains("\"learn\"") && text.contains("\"validation\""))
    }

    @Test("a dataset without a validation split trains")
    func noValidation() throws {
        try TinyData(splits: [("train", [0, 1])]).write(folder, "plain.h5")
        let trainer = try Trainer(folder.plan("epochs = 1", dataset: "plain.h5"))
        try trainer.run()
        #expect(trainer.history.first?.validationLoss == nil)
        #expect(trainer.bestEpoch == 1)
    }

    @Test("a missing channel is told with those that there are")
    func channel() {
        let text = complaint(data: "inputs = [\"sdf\"]")
        #expect(text.contains("\"sdf\"") && text.contains("wave, mach"))
    }

    @Test("a grid that patches do not divide is refused before the first step")
    func patch() {
        #expect(complaint(model: "kind = \"vit\"\npatch = 3").contains("multiple of `patch`"))
    }

    @Test("modes for another dimension are refused")
    func modes() {
        #expect(complaint(model: "kind = \"fno\"\nmodes = [4]").contains("2, one for each dimension"))
    }

    @Test("an unknown key is told with a guess")
    func unknown() { #expect(complaint("epoch = 3").contains("did you mean \"epochs\"?")) }

    @Test("an optimiser's setting of another optimiser is refused")
    func optimiserSetting() {
        #expect(complaint("optimiser = { kind = \"lbfgs\", momentum = 0.5 }").contains("momentum"))
    }

    @Test("weight near walls needs a distance")
    func nearWall() { #expect(complaint("near_wall = { factor = 2.0 }").contains("/sdf")) }

    @Test("a truncated dataset is called truncated")
    func truncated() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("d.h5")))
        try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: folder.file("d.h5")))
        #expect(complaint().contains("truncated"))
    }

    @Test("values that are not finite in the training split are told with their channel")
    func notFinite() throws {
        try TinyData(change: { if $0 == 2 { $1[70] = .nan } }).write(folder)
        #expect(complaint().contains("\"velocity_x\""))
    }

    @Test("channels that are constant over samples are found")
    func constants() throws { #expect(try folder.plan().layout.constants == [1]) }

    @Test("a mirror of a channel that says nothing is refused before the first step, with its line")
    func unknownChannel() {
        let text = complaint("mirrors = [\"x\"]")
        #expect(text.contains("\"wave\"") && text.contains("scalars") && text.contains("train.toml:"))
    }

    @Test(
        "settings of rollouts are refused for steady samples",
        arguments: ["noise = 0.1", "rollout = { steps = 2 }"])
    func steady(settings: String) { #expect(complaint(settings).contains("is for rollouts")) }

    @Test("an average over no symmetries is refused")
    func noSymmetries() {
        #expect(complaint("[prediction]\nsymmetries = true").contains("none to average over"))
    }

    @Test("a penalty on the equations needs their fields")
    func residual() {
        #expect(complaint("residual = { weight = 0.1 }").contains("velocity_y, pressure"))
    }

    @Test("a file is checked against its dataset without reading the samples")
    func checked() throws {
        try TinyData(change: { if $0 == 2 { $1[70] = .nan } }).write(folder)
        let text = { (model: String) in
            "[data]\nfile = \"d.h5\"\n[model]\n\(model)\n"
        }
        let name = folder.file("train.toml")
        #expect(throws: Never.self) {
            try TrainingPlan.check(TrainingFile(text: text(TinyData.model), file: name))
        }
        let error = #expect(throws: InvalidInput.self) {
            try TrainingPlan.check(TrainingFile(text: text("kind = \"vit\"\npatch = 3"), file: name))
        }
        #expect(error?.diagnostics.first?.description.contains("multiple of `patch`") == true)
    }
}
