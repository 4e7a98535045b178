import Archive
import Datasets
import Foundation

/// Hands a sweep to a cluster under Slurm: a job array whose tasks take samples from the registry on a file system that
/// all nodes share, and a last job that writes the dataset whatever became of the tasks.
struct SlurmSubmission {
    let plan: SweepPlan
    let verb: SweepVerb
    let console: Console

    /// Writes both job scripts and submits them. Throws where the sweep cannot begin, or Slurm refuses.
    func submit() throws -> SweepReport {
        let registry = try prepare()
        let folder = Self.absolute(plan.folder)
        let array = folder + "/array.sh"
        let last = folder + "/dataset.sh"
        try AtomicOutput.write(script(["--slurm-task", "--workers", "\(workers)"]), to: array)
        try AtomicOutput.write(script(["--resume", "--workers", "\(workers)"]), to: last)
        let tasks = min(plan.campaign.slurm.tasks, plan.recipes.count)
        let first = try submit(array, ["--array=1-\(tasks)", "--output=\(folder)/task-%a.out"])
        let second = try submit(last, ["--dependency=afterany:\(first)", "--output=\(folder)/dataset.out"])
        var report = SweepReport(plan, try registry.samples(), seconds: 0)
        report.outcome = .submitted
        report.message =
            "submitted: job array \(first) with \(tasks) task\(tasks == 1 ? "" : "s"), then job \(second), which "
            + "writes \(plan.output); what they say is in \(plan.folder)"
        return report
    }

    private var workers: Int { verb.workers ?? 1 }

    /// Lists the samples. The lock is held alone here: no task of an earlier array is left, so that what is claimed
    /// is claimed by nobody.
    private func prepare() throws -> SweepRegistry {
        let store = try SweepStore(plan, resume: verb.resume, overwrite: verb.overwrite)
        try store.registry.release()
        return store.registry
    }

    private func script(_ options: [String]) -> String {
        let tool = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let words =
            [tool, "sweep", Self.absolute(plan.sweepPath), "--output", Self.absolute(plan.output)] + options
        let command = words.map(Self.quoted).joined(separator: " ")
        return (["#!/bin/bash"] + plan.campaign.slurm.setup + ["exec \(command)", ""]).joined(separator: "\n")
    }

    private func submit(_ script: String, _ options: [String]) throws -> String {
        let slurm = plan.campaign.slurm
        var words = ["sbatch", "--parsable", "--job-name=hugoniot"] + options
        words.append("--cpus-per-task=\(workers * plan.campaign.run.threads)")
        if let partition = slurm.partition { words.append("--partition=\(partition)") }
        if let account = slurm.account { words.append("--account=\(account)") }
        if let time = slurm.timeLimit { words.append("--time=\(time)") }
        if let memory = slurm.memory { words.append("--mem=\(memory)") }
        let (answer, complaint) = try Self.ask(words + slurm.options + [script])
        // The name of the cluster may follow the number.
        let number = answer.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first
        guard let number, Int(number) != nil else {
            throw ToolError(
                "sbatch refused the job: \(complaint)", advice: "see [slurm] in \(plan.sweepPath)",
                status: .failed)
        }
        return String(number)
    }

    private static func ask(_ words: [String]) throws -> (answer: String, complaint: String) {
        guard let program = ChildProcess.locate(words[0]) else {
            throw ToolError(
                "there is no program \(words[0]) here", advice: "run where Slurm is, or without --slurm",
                status: .failed)
        }
        let process = Process()
        let (answer, complaint) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(words.dropFirst())
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (answer, complaint)
        try process.run()
        // Small answers only: neither pipe can fill up while the other is read.
        let texts = [answer, complaint].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return (texts[0], texts[1].trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}
