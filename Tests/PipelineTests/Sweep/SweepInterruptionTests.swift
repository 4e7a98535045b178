import Archive
import Foundation
import Testing

@Suite("Interrupted sweeps", .serialized)
struct SweepInterruptionTests {
    /// The digest of a dataset whose sweep nobody disturbed.
    static let undisturbed = Result {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        _ = try work.sweep()
        return try work.digest
    }

    @Test(
        "A sweep that was killed goes on: no sample lost, none computed twice, the same bytes",
        arguments: [1, 4, 9])
    func killed(results: Int) throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        _ = try work.disturb(after: results, by: SIGKILL)
        let before = try work.samples.filter { $0.state == .completed }
        let result = try work.sweep("--resume")
        #expect(result.code == 0, "\(result.errors)")
        let after = try work.samples
        for sample in before { #expect(after[sample.number].claimed == sample.claimed) }
        #expect(try work.digest == Self.undisturbed.get())
    }

    @Test("A worker that is killed costs nothing but its own time")
    func killedWorker() throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        let process = try work.startSlowly(until: 2)
        // A worker may end its sample just before the signal comes: then the next one is tried.
        while process.isRunning, try !work.samples.contains(where: { $0.deaths > 0 }) {
            let workers = SweepWorkplace.children(of: process.processIdentifier)
            for worker in workers { kill(worker, SIGKILL) }
            while !Set(SweepWorkplace.children(of: process.processIdentifier)).isDisjoint(with: workers) {
                usleep(1000)
            }
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try work.samples.contains { $0.deaths == 1 })
        #expect(try work.digest == Self.undisturbed.get())
    }

    @Test(
        "Ctrl-C and SIGTERM end a sweep with their exit codes, and it goes on", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        let process = try work.disturb(after: 2, by: number)
        #expect(process.terminationStatus == 128 + number)
        #expect(try work.samples.allSatisfy { $0.state != .claimed })
        #expect(try work.sweep("--resume").code == 0)
        #expect(try work.digest == Self.undisturbed.get())
    }

    @Test("An interrupted sweep is neither overwritten nor mixed with another one by accident")
    func guarded() throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        let process = try work.startSlowly(until: 1)
        // Asleep, it does not end before the other one has come.
        kill(process.processIdentifier, SIGSTOP)
        let second = try work.sweep("--resume")
        #expect(second.code == 1)
        #expect(second.errors.contains("another sweep writes"))
        for number in [SIGTERM, SIGCONT] { kill(process.processIdentifier, number) }
        process.waitUntilExit()
        let again = try work.sweep()
        #expect(again.code == 2)
        #expect(again.errors.contains("--resume"))
        #expect(try work.sweep("--resume", "--limit", "3").errors.contains("belongs to another campaign"))
        _ = try work.place.write(
            SweepWorkplace.slowBase.replacing("pressure = 1.0", with: "pressure = 1.5"), as: "base.toml")
        let other = try work.sweep("--resume")
        #expect(other.code == 2)
        #expect(other.errors.contains("belongs to another campaign"))
        #expect(try work.sweep("--overwrite").code == 0)
    }

    @Test("A dataset that was damaged while it was written is written again from the results")
    func damaged() throws {
        let work = try SweepWorkplace(SweepWorkplace.campaign, SweepWorkplace.slowBase)
        _ = try work.disturb(after: 5, by: SIGKILL)
        truncate(work.output + ".tmp", 3000)
        #expect(try work.sweep("--resume").code == 0)
        #expect(try work.digest == Self.undisturbed.get())
    }
}
