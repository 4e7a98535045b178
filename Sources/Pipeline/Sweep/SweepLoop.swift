import Archive
import Dispatch
import Foundation

/// Keeps workers busy until no sample is pending.
final class SweepLoop {
    /// Why the loop stopped before all samples were through.
    enum Stop {
        case signal(ExitStatus)
        case tooManyFailures(Int)
        /// The machine failed samples again and again; they are not to blame.
        case machine(Int)
    }

    private let plan: SweepPlan
    private let registry: SweepRegistry
    private let teller: SweepTeller
    private let owner = "\(ProcessInfo.processInfo.hostName):\(getpid())"
    private let ended = DispatchSemaphore(value: 0)
    private var workers: [WorkerProcess] = []
    private var failures: Int
    /// Samples that the machine failed to the last.
    private var machineFaults = 0
    /// Takes the result of a sample as soon as it is there; false where it cannot be read.
    private let deliver: (_ number: Int) throws -> Bool

    init(
        _ plan: SweepPlan, _ registry: SweepRegistry, _ teller: SweepTeller,
        deliver: @escaping (_ number: Int) throws -> Bool
    ) throws {
        (self.plan, self.registry, self.teller, self.deliver) = (plan, registry, teller, deliver)
        failures = try registry.counts()[.failed] ?? 0
    }

    /// Runs until all samples are completed or failed, or something stops it; nil where nothing did. Throws
    /// `ArchiveError` where results or the registry cannot be written, and `ToolError` where no process can start.
    /// In every case no worker is left, and what was not finished is pending again.
    func run() throws -> Stop? {
        do {
            let stop = try work()
            try end()
            return stop
        } catch {
            try? end()
            throw error
        }
    }

    private func work() throws -> Stop? {
        while true {
            if let status = Interruption.requested { return .signal(status) }
            if let limit = plan.campaign.run.maximumFailures, failures > limit {
                return .tooManyFailures(failures)
            }
            try startWorkers()
            if workers.isEmpty { return machineFaults > 0 ? .machine(machineFaults) : nil }
            _ = ended.wait(timeout: .now() + 0.1)
            for worker in workers { worker.enforce(timeout: plan.campaign.run.timeout) }
            try collect()
            teller.tell()
        }
    }

    private func startWorkers() throws {
        while workers.count < plan.workers, let sample = try registry.claim(owner: owner) {
            do {
                workers.append(try WorkerProcess(sample, plan: plan) { [ended] in ended.signal() })
            } catch {
                throw ToolError("no process can be started: \(error.localizedDescription)", status: .failed)
            }
        }
    }

    private func collect() throws {
        let finished = workers.filter { !$0.isRunning }
        workers.removeAll { !$0.isRunning }
        for worker in finished { try settle(worker) }
    }

    private func settle(_ worker: WorkerProcess) throws {
        var sample = worker.sample
        switch worker.ending() {
        case .answered(let report) where report.failure == nil:
            if try deliver(sample.number) {
                sample.complete(report)
            } else {
                sample.fail(.machine, "its result cannot be read", retries: plan.campaign.run.retries)
            }
        case .answered(let report):
            if report.isFatal {
                throw ToolError(
                    "sample \(sample.number) cannot be written: \(report.reason ?? "")",
                    advice: "make room, then go on with --resume", status: .failed)
            }
            sample.fail(report.failure ?? .other, report.reason ?? "", retries: plan.campaign.run.retries)
        case .timedOut:
            let limit = significant(plan.campaign.run.timeout ?? 0)
            sample.fail(.timeout, "it took longer than \(limit) s", retries: plan.campaign.run.retries)
        case .died(let how): sample.fail(.died, how, retries: plan.campaign.run.retries)
        case .stopped:
            // On a terminal Ctrl-C reaches the workers, too, perhaps first.
            usleep(100_000)
            if Interruption.requested == nil {
                sample.fail(.died, "its process was asked to stop", retries: plan.campaign.run.retries)
            } else {
                sample.state = .pending
            }
        }
        sample.seconds = worker.seconds
        try registry.update(sample)
        if sample.state == .failed { failures += 1 }
        if sample.state == .failed, sample.failure == .machine { machineFaults += 1 }
        teller.count(sample)
    }

    /// Ends the workers; their samples become pending again.
    private func end() throws {
        for worker in workers { worker.kill() }
        for worker in workers { _ = worker.ending() }
        workers = []
        try registry.release(owner: owner)
    }
}

extension SweepSample {
    /// Deaths of its process that a sample survives: they say little about the sample itself.
    static let survivedDeaths = 2

    /// Its result is there.
    mutating func complete(_ report: SampleReport) {
        state = .completed
        (failure, reason) = (nil, nil)
        (ending, steps, time, residual) = (report.ending, report.steps, report.time, report.residual)
        finished = Date()
    }

    /// An attempt failed: the sample is pending again where another one may do better, else it has failed.
    mutating func fail(_ kind: Failure, _ text: String, retries: Int) {
        (failure, reason) = (kind, text)
        switch kind {
        case .died, .machine:
            deaths += 1
            state = deaths <= max(retries, Self.survivedDeaths) ? .pending : .failed
        case .badCase: state = .failed
        case .diverged, .timeout, .other:
            attempts += 1
            state = attempts <= retries ? .pending : .failed
        }
        if state == .failed { finished = Date() }
    }
}
