import Archive
import Foundation
import Testing

@Suite("Runs that fail")
struct FailureTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    @Test("Divergence is exit code 1 with place, state and advice; the file keeps what was good")
    func divergence() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "run.h5", set: ["numerics.time_step=0.02"], "--quiet")
        #expect(result.code == 1)
        for text in [
            "diverged at step", "time", "in cell [", "at x =", "density", "pressure", "numerics.alpha",
        ] {
            #expect(result.errors.contains(text), "\(text)")
        }
        let reader = try RunFileReader(place.file("run.h5"))
        #expect(reader.status == "diverged")
        #expect(reader.snapshotCount >= 1)
        let finite = try FileInspector.inspect(place.file("run.h5")).datasets.allSatisfy {
            $0.nonFiniteCount == 0
        }
        #expect(finite)
        #expect(try place.contents() == ["case.toml", "run.h5", "run.xdmf"])
    }

    @Test("A start without positive pressure is bad input, and nothing is written")
    func unsoundStart() throws {
        _ = try place.write(TinyCase.tube.replacing("\"if(x < 0.5, 1, 0.1)\"", with: "\"0.7 - x\""))
        let result = try place.run("case.toml", "run.h5")
        #expect(result.code == 2)
        #expect(result.errors.contains("the initial state is not physical: in cell [45]"))
        #expect(try place.contents() == ["case.toml"])
    }
}
