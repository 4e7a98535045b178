import Foundation
import Synchronization

// A signal handler may touch nothing but lock-free memory and a few system calls; hence two global atomics.
private let receivedSignal = Atomic<Int32>(0)
/// How many listen: a notebook does while its cells do.
private let listeners = Atomic<Int>(0)

/// Ctrl-C and SIGTERM as a flag that a long computation polls between steps. The first signal asks for an
/// orderly end (a checkpoint, a closed file); the second ends the process at once.
public enum Interruption {
    /// Starts to listen. Before this call the signals end the process as usual. Calls nest.
    public static func listen() {
        guard listeners.add(1, ordering: .relaxed).oldValue == 0 else { return }
        receivedSignal.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] { signal(number, handler) }
        unblock()
    }

    /// A process started from a thread that blocks signals inherits the block and would never hear of them.
    private static func unblock() {
        var numbers = sigset_t()
        sigemptyset(&numbers)
        for number in [SIGINT, SIGTERM] { sigaddset(&numbers, number) }
        pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    }

    /// The last of those who listen gives the signals back their usual meaning and forgets what came in.
    public static func stopListening() {
        guard listeners.subtract(1, ordering: .relaxed).newValue == 0 else { return }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        receivedSignal.store(0, ordering: .relaxed)
    }

    /// How to end, once somebody asked for it; nil until then. Costs one relaxed load.
    public static var requested: ExitStatus? {
        switch receivedSignal.load(ordering: .relaxed) {
        case 0: nil
        case SIGTERM: .terminated
        default: .interrupted
        }
    }

    private static let handler: @convention(c) (Int32) -> Void = { number in
        if receivedSignal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
    }
}
