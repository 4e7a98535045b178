struct SlurmSubmission {
    let plan: SweepPlan, verb: SweepVerb, console: Console
    func submit() throws -> SweepReport { throw ToolError("not yet") }
}
struct SlurmTask {
    let plan: SweepPlan, console: Console
    func run() throws -> SweepReport { throw ToolError("not yet") }
}
