/// What this machine offers, and how to get what is missing.
public struct DoctorVerb: Verb {
    /// Looks at everything.
    public init() {}

    /// Looks at everything; never fails, for an absent thing is a normal answer.
    public func perform(on console: Console) -> DoctorReport {
        let probes: [() -> [Finding]] = [
            ProcessorProbe.findings, MemoryProbe.findings, OpenBLASProbe.findings, HDF5Probe.findings,
            CairoProbe.findings, MPIProbe.findings, GPUProbe.findings, ProgramProbe.findings,
        ]
        return DoctorReport(version: ToolVersion.current, findings: probes.flatMap { $0() })
    }
}

/// What `doctor` found.
public struct DoctorReport: VerbReport {
    /// The version of this tool.
    public var version: String
    /// What was looked for, in the order in which it is shown.
    public var findings: [Finding]

    /// One line a finding; below what is missing, how to get it.
    public func text(on terminal: Terminal) -> String {
        var table = Table([.init(""), .init(""), .init("")])
        for finding in findings {
            table.add([finding.state.rawValue, finding.name, finding.detail])
            if let advice = finding.advice { table.add(["", "", "→ " + advice]) }
        }
        let missing = findings.filter { $0.state == .missing }.map(\.name)
        let verdict =
            missing.isEmpty
            ? "Everything that this release uses is here."
            : "Missing: \(missing.joined(separator: ", "))."
        return "hugoniot \(version)\n\n\(coloured(table.rendered(on: terminal), on: terminal))\n\n\(verdict)"
    }

    private func coloured(_ text: String, on terminal: Terminal) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            for (word, style) in [("ok", TextStyle.good), ("missing", .bad), ("absent", .faint)]
            where line.hasPrefix(word + " ") {
                return terminal.styled(word, style) + line.dropFirst(word.count)
            }
            return String(line)
        }
        return lines.joined(separator: "\n")
    }
}
