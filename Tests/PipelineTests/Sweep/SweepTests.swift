import Archive
import Foundation
import Testing

@Suite("Sweeps")
struct SweepTests {
    @Test("A sweep leaves a dataset, a registry of all samples and a line in the registry of runs")
    func complete() throws {
        let work = try SweepWorkplace()
        let result = try work.sweep("--json")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("\"completed\" : 12"))
        let reader = try DatasetFileReader(work.output)
        #expect(reader.statuses.allSatisfy { $0 == .completed })
        #expect(reader.statuses.count == SweepWorkplace.count)
        #expect(try work.samples.allSatisfy { $0.state == .completed && ($0.steps ?? 0) > 0 })
        #expect(try work.place.contents() == ["base.toml", "data.h5", "data.sweep", "sweep.toml"])
        #expect(work.results.isEmpty)
        #expect(try Tool.run("runs", "--json").output.contains("\"verb\" : \"sweep\""))
        #expect(try work.sweep().code == 2)
        #expect(try work.sweep("--resume").output.contains("complete already"))
    }

    @Test("The number of workers does not change a byte")
    func workers() throws {
        let (one, three) = (try SweepWorkplace(), try SweepWorkplace())
        #expect(try one.sweep("--workers", "1").code == 0)
        #expect(try three.sweep("--workers", "3").code == 0)
        #expect(try one.digest == three.digest)
    }

    @Test("A dry run shows the samples, the hours and the gigabytes, and leaves nothing")
    func dryRun() throws {
        let work = try SweepWorkplace()
        let result = try work.sweep("--dry-run")
        #expect(result.code == 0)
        for word in ["amplitude", "12 samples", "GB", "h)"] {
            #expect(result.output.contains(word), "\(word)")
        }
        #expect(try work.place.contents() == ["base.toml", "sweep.toml"])
    }

    @Test("Samples that diverge are tried again with smaller steps, then listed with their reason")
    func divergence() throws {
        let campaign =
            SweepWorkplace.campaign.replacing("samples = 12", with: "")
            .replacing("kind = \"sobol\"", with: "kind = \"grid\"").replacing("seed = 3", with: "")
            .replacing(
                "amplitude = { uniform = [0.1, 0.4] }",
                with: "\"numerics.time_step\" = { choice = [0.004, 0.1] }"
            )
            .replacing(", \"amplitude\"", with: "")
            .replacing("0.25, 0.5", with: "2.0") + "\nretries = 2\n"
        let work = try SweepWorkplace(
            campaign, SweepWorkplace.base.replacing("end = 0.5", with: "end = 2.0"))
        let result = try work.sweep()
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("1 of 2 samples"))
        #expect(result.output.contains("diverged"))
        let samples = try work.samples
        #expect(samples.map(\.state) == [.completed, .failed])
        #expect(samples[1].attempts == 3)
        let reader = try DatasetFileReader(work.output)
        #expect(reader.statuses == [.completed, .failed])
        #expect(try reader.reasons()[1].contains("diverged"))
    }

    @Test("A sample that takes too long is stopped and listed")
    func timeout() throws {
        let campaign =
            SweepWorkplace.campaign.replacing("samples = 12", with: "samples = 1")
            .replacing("0.25, 0.5", with: "1000.0") + "\ntimeout = 0.3\n"
        let work = try SweepWorkplace(
            campaign, SweepWorkplace.base.replacing("end = 0.5", with: "end = 1000.0"))
        let result = try work.sweep()
        #expect(result.code == 1)
        #expect(result.output.contains("it took longer than 0.3 s"))
        #expect(try work.samples.map(\.failure) == [.timeout])
    }

    @Test("Mistakes are told before anything is written")
    func mistakes() throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign.replacing("[0.1, 0.4]", with: "[0.4, 0.1]"))
        #expect(try work.sweep().code == 2)
        let wrong = try SweepWorkplace(
            SweepWorkplace.campaign, SweepWorkplace.base.replacing("pressure = 1.0", with: "pressure = true"))
        let result = try wrong.sweep()
        #expect(result.code == 2)
        #expect(result.errors.contains("pressure"))
        #expect(try wrong.place.contents() == ["base.toml", "sweep.toml"])
        let sound = try SweepWorkplace()
        let nowhere = try Tool.run("sweep", sound.place.file("sweep.toml"), "--output", "/nowhere/at/all.h5")
        #expect(nowhere.code == 2)
        #expect(nowhere.errors.contains("does not exist"))
    }

    static let campaigns = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Cases/campaigns").path

    @Test("Shipped campaigns can be planned", arguments: ["supersonic-bodies", "riemann-quadrants"])
    func shipped(name: String) throws {
        let result = try Tool.run("sweep", "\(Self.campaigns)/\(name).toml", "--dry-run")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("200 samples"))
    }

    @Test("The smallest tier of a shipped campaign gives 16 samples")
    func tier() throws {
        let place = try Workplace()
        let result = try Tool.run(
            "sweep", "\(Self.campaigns)/supersonic-bodies-16.toml", "--output", place.file("data.h5"),
            "--workers", "2")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("16 of 16 samples"))
        let reader = try DatasetFileReader(place.file("data.h5"))
        #expect(reader.statuses.allSatisfy { $0 == .completed })
    }
}
