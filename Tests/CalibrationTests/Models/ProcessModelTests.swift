import Calibration
import Foundation
import Testing

/// Children that behave badly, each in its own way.
@Suite(.serialized) final class ProcessModelTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A child whose answer to a request with the number `$id` is a piece of shell.
    private func runner(
        _ answer: String, timeout: Double = 120, startup: Double = 0, worker: Int = 0, before: String = "",
        inputs: [String] = [], notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> any ModelRunner {
        let script = """
            \(before)
            while read -r line; do
              id=${line#*\\"id\\": }; id=${id%%,*}
              case $line in *stop*) exit;; esac
              \(answer)
            done
            """
        let description = ProcessDescription(
            command: ["sh", "-c", script], timeout: timeout, startup: startup, folder: folder.path,
            inputs: inputs, home: inputs.first.map { ($0 as NSString).deletingLastPathComponent } ?? "")
        return try ProcessModel(description, sites: [""], notice: notice).makeRunner(worker: worker)
    }

    private func ask(_ runner: any ModelRunner, _ number: Int = 7) -> ModelReply? {
        runner.run(
            ModelRequest(number: number, site: 0, parameters: [("x", 0.5)]), isCancelled: { false })
    }

    private static let sound = #"echo "{\"id\": $id, \"value\": 3.5}""#

    @Test func aSoundAnswerIsRead() throws {
        let runner = try runner(Self.sound)
        #expect(ask(runner, 0) == .value(3.5) && ask(runner, 1) == .value(3.5))
        runner.end()
    }

    @Test func outputsAreRead() throws {
        let runner = try runner(#"echo "{\"id\": $id, \"outputs\": {\"p\": [1, 2e0], \"q\": 3}}""#)
        #expect(ask(runner) == .outputs(["p": [1, 2], "q": [3]]))
    }

    @Test func aChildThatDiesIsStartedAgain() throws {
        let runner = try runner("[ $id = 1 ] && exit 3; " + Self.sound)
        #expect(ask(runner, 0) == .value(3.5))
        guard case .failed(let reason)? = ask(runner, 1) else { return #expect(Bool(false)) }
        #expect(reason.contains("exit code 3"))
        #expect(ask(runner, 2) == .value(3.5))
        runner.end()
    }

    @Test func aChildThatIsKilledIsStartedAgain() throws {
        let runner = try runner("[ $id = 1 ] && kill -9 $$; " + Self.sound)
        guard case .failed(let reason)? = ask(runner, 1) else { return #expect(Bool(false)) }
        #expect(reason.contains("signal 9"))
        #expect(ask(runner, 2) == .value(3.5))
    }

    @Test func aSilentChildIsKilledWithAllThatItStarted() throws {
        let file = folder.appending(path: "grandchild").path
        let runner = try runner(
            "[ $id = 1 ] && sh -c 'echo $$ > \(file); exec sleep 600'; " + Self.sound, timeout: 3)
        guard case .failed(let reason)? = ask(runner, 1) else { return #expect(Bool(false)) }
        #expect(reason.contains("no answer within 3.0 s"))
        #expect(ask(runner, 2) == .value(3.5))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let grandchild = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // It has got its signal, which takes no minute to be heard; it would sleep for ten.
        for _ in 0..<60_000 where isAlive(grandchild) { usleep(1000) }
        #expect(!isAlive(grandchild))
    }

    /// A process that has ended may wait for somebody to ask how.
    private func isAlive(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = status.lastIndex(of: ")")
        else { return false }
        return !["Z", "X"].contains(status[end...].dropFirst(2).prefix(1))
    }

    @Test func aChildThatClosesItsLineAndLivesOnIsNotWaitedFor() throws {
        let runner = try runner("exec >&-; sleep 600")
        guard case .failed(let reason)? = ask(runner) else { return #expect(Bool(false)) }
        #expect(reason.contains("signal 9"))
    }

    @Test func otherTextAndLateAnswersArePassedOver() throws {
        let noise = #"echo "step 1 of 3"; echo ""; echo "{\"id\": 3, \"value\": 99}"; "#
        #expect(ask(try runner(noise + Self.sound)) == .value(3.5))
    }

    @Test(
        arguments: [
            (#"echo "{\"id\": $id, \"value\": NaN}""#, "malformed"),
            (#"echo "{\"id\": $id, \"value\": ""#, "malformed"),
            (#"echo "{\"id\": $id, \"value\": true}""#, "no number"),
            (#"echo "{\"id\": $id, \"value\": null}""#, "no number"),
            (
                #"echo "{\"id\": $id, \"outputs\": {\"p\": [1, true]}}""#,
                "output \"p\" holds what is no number"
            ),
            (
                #"echo "{\"id\": $id, \"outputs\": {\"p\": [1, \"two\"]}}""#,
                "output \"p\" holds what is no number"
            ),
            (#"echo "{\"id\": $id, \"error\": \"diverged\"}""#, "diverged"),
            (#"echo "{\"id\": $id}""#, "neither value, outputs nor error"),
        ])
    func anAnswerThatIsNoneIsAFailure(answer: String, says: String) throws {
        guard case .failed(let reason)? = ask(try runner(answer)) else { return #expect(Bool(false)) }
        #expect(reason.contains(says), "\(reason)")
    }

    @Test func aHugeLineIsReadInPassing() throws {
        let runner = try runner(
            "[ $id = 1 ] && head -c 20000000 /dev/zero | tr '\\\\0' 'x'; [ $id = 1 ] && echo; " + Self.sound)
        #expect(ask(runner, 1) == .value(3.5))
    }

    @Test func aCancelledRunIsNoAnswer() throws {
        let runner = try runner("sleep 600")
        var questions = 0
        let reply = runner.run(ModelRequest(number: 1, site: 0, parameters: [])) {
            questions += 1
            return questions > 2
        }
        #expect(reply == nil)
    }

    @Test func workersHaveTheirOwnFoldersAndLogs() throws {
        for worker in 0..<2 {
            let runner = try runner("echo $id > mine; echo gone wrong >&2; " + Self.sound, worker: worker)
            #expect(ask(runner, worker) == .value(3.5))
            runner.end()
            let own = folder.appending(path: "worker-\(worker)")
            #expect(try String(contentsOf: own.appending(path: "mine"), encoding: .utf8) == "\(worker)\n")
            #expect(try String(contentsOf: own.appending(path: "log.txt"), encoding: .utf8) == "gone wrong\n")
        }
    }

    @Test func theLastWordsOfAProgramAreInTheMessage() throws {
        let runner = try runner("echo 'line one' >&2; echo 'no file salinity.nc' >&2; exit 3")
        guard case .failed(let reason)? = ask(runner) else { return #expect(Bool(false)) }
        for words in ["exit code 3", "line one | no file salinity.nc"] {
            #expect(reason.contains(words), "\(reason)")
        }
    }

    @Test func startingTakesTimeOfItsOwn() throws {
        let slow = try runner(Self.sound, timeout: 0.2, startup: 20, before: "sleep 0.5")
        #expect(ask(slow) == .value(3.5))
        slow.end()
        let late = try runner("[ $id = 2 ] && sleep 5; " + Self.sound, timeout: 0.2, startup: 20)
        #expect(ask(late, 1) == .value(3.5))
        guard case .failed(let reason)? = ask(late, 2) else { return #expect(Bool(false)) }
        #expect(reason.contains("no answer within 0.2 s"))
    }

    @Test func aLineThatIsNoAnswerIsToldAFewTimes() throws {
        let told = Told()
        let runner = try runner("echo reading the mesh; " + Self.sound, notice: told.add)
        for number in 0..<10 { #expect(ask(runner, number) == .value(3.5)) }
        #expect(told.all.count == 3 && told.all[0].contains("reading the mesh"), "\(told.all)")
    }

    private final class Told: @unchecked Sendable {
        private let lock = NSLock()
        private var texts: [String] = []
        var all: [String] { lock.withLock { texts } }
        @Sendable func add(_ text: String) { lock.withLock { texts.append(text) } }
    }

    @Test func inputsLieWhereTheProgramRuns() throws {
        let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let forcing = home.appending(path: "forcing.csv")
        for name in ["forcing.csv", "mesh.dat"] { try Data("7\n".utf8).write(to: home.appending(path: name)) }
        let reads = #"read value < forcing.csv; echo "{\"id\": $id, \"value\": $value}""#
        let runner = try runner(reads, inputs: [forcing.path])
        #expect(ask(runner) == .value(7))
        // What it is not given is named.
        let other = try self.runner("read value < mesh.dat || exit 1", worker: 1, inputs: [forcing.path])
        guard case .failed(let reason)? = ask(other) else { return #expect(Bool(false)) }
        #expect(reason.contains("inputs = [\"mesh.dat\"]"), "\(reason)")
    }

    @Test func theLogIsBounded() throws {
        let runner = try runner("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; " + Self.sound)
        for number in 0..<5 { #expect(ask(runner, number) == .value(3.5)) }
        runner.end()
        let own = folder.appending(path: "worker-0")
        let sizes = try FileManager.default.contentsOfDirectory(atPath: own.path).map {
            try FileManager.default.attributesOfItem(atPath: own.appending(path: $0).path)[.size] as? Int ?? 0
        }
        #expect(sizes.reduce(0, +) < 9_000_000 && sizes.reduce(0, +) > 3_000_000, "\(sizes)")
    }

    @Test func whatAProgramLeavesBehindEndsWithIt() throws {
        let mark = folder.appending(path: "alive").path
        let runner = try runner("(sleep 0.8; touch '\(mark)') > /dev/null 2>&1 & " + Self.sound)
        #expect(ask(runner) == .value(3.5))
        runner.end()
        usleep(1_200_000)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test func aProgramTellsItsParameters() throws {
        let script = """
            read -r line
            echo '{"parameters": [{"name": "k", "lower": 1, "upper": 100, "scale": "log", "initial": 5}]}'
            """
        let description = ProcessDescription(
            command: ["sh", "-c", script], timeout: 120, folder: folder.path)
        let found = try description.describe(within: 120)
        #expect(found == [Parameter("k", lower: 1, upper: 100, scale: .logarithmic, initial: 5)])
        // Asking leaves nothing behind.
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}
