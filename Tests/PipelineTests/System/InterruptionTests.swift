import Foundation
import Pipeline
import Testing

/// Sends a signal to this process, as a terminal does, and waits until a condition holds. A minute
/// is far more than a signal takes. (`raise` would send it to the calling thread, and the threads that run tests block signals.)
private func send(_ number: Int32, until condition: () -> Bool) -> Bool {
    kill(getpid(), number)
    for _ in 0..<6000 where !condition() { usleep(10_000) }
    return condition()
}

@Suite("Interruption")
struct InterruptionTests {
    @Test("The first Ctrl-C raises a flag and the process goes on")
    func interrupt() async {
        await #expect(processExitsWith: .exitCode(7)) {
            Interruption.listen()
            let before = Interruption.requested
            let raised = send(SIGINT) { Interruption.requested == .interrupted }
            exit(before == nil && raised ? 7 : 1)
        }
    }

    @Test("SIGTERM is told apart from Ctrl-C")
    func terminate() async {
        await #expect(processExitsWith: .exitCode(7)) {
            Interruption.listen()
            exit(send(SIGTERM) { Interruption.requested == .terminated } ? 7 : 1)
        }
    }

    @Test("The second signal ends the process at once")
    func second() async {
        await #expect(processExitsWith: .exitCode(130)) {
            Interruption.listen()
            _ = send(SIGINT) { Interruption.requested != nil }
            _ = send(SIGINT) { false }
            exit(1)
        }
    }

    @Test("Afterwards signals have their usual meaning again")
    func stopped() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            Interruption.listen()
            Interruption.stopListening()
            _ = send(SIGTERM) { false }
        }
    }
}
