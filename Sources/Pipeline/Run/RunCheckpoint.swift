import Archive
import Flow
import Foundation

/// What a run goes on from, besides the fields.
struct RunCheckpoint: Equatable {
    /// Steps done.
    var step: Int
    /// Simulated time reached.
    var time: Double
    /// Counted since the last row of the history.
    var faces: FaceTally
    /// Wall-clock seconds spent so far.
    var seconds: Double

    /// Writes the checkpoint of a run; the former one stays until this one is safely on disk. Throws
    /// `ArchiveError`.
    func write(_ plan: RunPlan, of computation: any FlowComputation) throws {
        let arrays = computation.checkpoint().map { array in
            CheckpointArray(
                name: array.name, shape: [array.bytes.count], elementType: .uint8, bytes: array.bytes)
        }
        try CheckpointFile.write(
            plan.checkpoint,
            attributes: [
                "step": .integer(Int64(step)), "time": .real(time),
                "fallback_faces": .integer(Int64(faces.fallbacks)),
                "limited_faces": .integer(Int64(faces.limited)), "wall_seconds": .real(seconds),
                "case_identity": .text(Fingerprint.sha256(of: plan.file.identity)),
                "tool_version": .text(ToolVersion.current),
            ], arrays: arrays)
    }

    /// Whether a checkpoint of the plan lies on the disk.
    static func exists(_ plan: RunPlan) -> Bool { FileManager.default.fileExists(atPath: plan.checkpoint) }

    /// Removes the checkpoint of a run that needs it no longer.
    static func remove(_ plan: RunPlan) { unlink(plan.checkpoint) }

    /// What the checkpoint of a run says; nil where there is none.
    ///
    /// - Throws: `ArchiveError` for a damaged file, `ToolError` for one of another case or version.
    static func saved(_ plan: RunPlan) throws -> RunCheckpoint? {
        guard exists(plan) else { return nil }
        let reader = try CheckpointFile.open(plan.checkpoint)
        try requireSameCase(reader, plan)
        guard let step = reader.attributes["step"]?.integer, let time = reader.attributes["time"]?.real,
            let fallbacks = reader.attributes["fallback_faces"]?.integer,
            let limited = reader.attributes["limited_faces"]?.integer,
            let seconds = reader.attributes["wall_seconds"]?.real
        else { throw foreign(plan, "lacks step or time") }
        return RunCheckpoint(
            step: step, time: time,
            faces: FaceTally(fallbacks: Int(clamping: fallbacks), limited: Int(clamping: limited)),
            seconds: seconds)
    }

    /// Puts the fields of the checkpoint into a computation. Throws as ``saved(_:)`` does.
    func restore(_ plan: RunPlan, to computation: any FlowComputation) throws {
        let reader = try CheckpointFile.open(plan.checkpoint)
        let saved = try reader.arrays.map { ($0.name, try reader.read($0.name, as: UInt8.self)) }
        let memory = saved.map { name, values in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: values.count, alignment: 64)
            copy.copyBytes(from: values)
            return StoredArray(name: name, bytes: UnsafeRawBufferPointer(copy))
        }
        defer { for array in memory { array.bytes.deallocate() } }
        guard computation.restore(memory, time: time, step: step) else {
            throw Self.foreign(plan, "holds fields of another size")
        }
    }

    private static func requireSameCase(_ reader: CheckpointReader, _ plan: RunPlan) throws {
        guard reader.attributes["case_identity"]?.text == Fingerprint.sha256(of: plan.file.identity) else {
            throw ToolError(
                "\(plan.checkpoint) belongs to another case than \(plan.casePath) as given now",
                advice:
                    "resume with the same file and the same --set and --storage, or start afresh with --overwrite"
            )
        }
        let version = reader.attributes["tool_version"]?.text ?? "unknown"
        guard version == ToolVersion.current else {
            throw ToolError(
                "\(plan.checkpoint) was written by hugoniot \(version), this is \(ToolVersion.current)",
                advice: "resume with that version, or start afresh with --overwrite")
        }
    }

    private static func foreign(_ plan: RunPlan, _ what: String) -> ToolError {
        ToolError(
            "\(plan.checkpoint) cannot be resumed: it \(what)", advice: "start afresh with --overwrite")
    }
}
