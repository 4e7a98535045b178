import Archive
import Testing
import Training

@Suite("Gradients by inputs") struct InputGradientTests {
    @Test("reverse mode equals differences of predictions")
    func differences() throws {
        let folder = try TrainingFolder()
        try TinyData().write(folder)
        let trainer = try Trainer(folder.plan("epochs = 2"))
        try trainer.run()
        try trainer.writeModel(to: folder.file("m.safetensors"), datasetSHA256: "", toolVersion: "1")
        let model = try TrainedModel(reading: folder.file("m.safetensors"), threads: 1)
        let fields = try DatasetFileReader(folder.file("d.h5")).inputs(4)
        let cotangents = (0..<128).map { Float(($0 * 37) % 11) - 5 }
        let gradient = try InputGradient(model, cellShape: [8, 8])(fields, cotangents: cotangents)

        // The second channel, a constant, as a whole.
        let total = gradient[64..<128].reduce(0) { $0 + Double($1) }
        func value(_ step: Float) throws -> Double {
            let moved = fields.enumerated().map { $0 < 64 ? $1 : $1 + step }
            return zip(try model.predict(moved, cellShape: [8, 8]), cotangents).reduce(0) {
                $0 + Double($1.0) * Double($1.1)
            }
        }
        let difference = (try value(0.02) - value(-0.02)) / 0.04
        #expect(abs(total - difference) < 0.01 * max(1, abs(difference)), "\(total), \(difference)")
    }
}
