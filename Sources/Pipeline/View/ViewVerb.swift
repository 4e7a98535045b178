import Foundation
import Serving

/// Serves a page that shows files, until it is stopped.
public struct ViewVerb: Verb {
    /// The files.
    public var paths: [String]
    /// Where the page is served; 0: where the system finds room.
    public var port: UInt16
    /// Whether a browser is opened, where there is a display.
    public var opensBrowser: Bool

    /// A page as the command line describes it.
    public init(paths: [String], port: UInt16 = 0, opensBrowser: Bool = true) {
        (self.paths, self.port, self.opensBrowser) = (paths, port, opensBrowser)
    }

    /// Serves until Ctrl-C. Throws `ToolError`, `ArchiveError` and `TrainingError` for files that cannot be shown, and
    /// `ToolError` for a port that is taken.
    public func perform(on console: Console) throws -> ViewReport {
        let view = try ViewServer(paths)
        let watch = Watch(view)
        let status = try console.serve(
            view.routes, of: paths, port: port, opensBrowser: opensBrowser, watch.tick)
        return ViewReport(status: status)
    }
}

/// How the serving ended.
public struct ViewReport: VerbReport {
    /// How it ended: by Ctrl-C, as a rule.
    public var status: ExitStatus

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// One word.
    public func text(on terminal: Terminal) -> String { "stopped" }
}

extension Console {
    /// Serves until Ctrl-C, and returns how it was stopped. `tick` is called ten times a second.
    ///
    /// - Throws: `ToolError` for a port that is taken.
    func serve(
        _ routes: [Route], of files: [String], port: UInt16, opensBrowser: Bool, _ tick: () -> Void
    ) throws -> ExitStatus {
        let server = LoopbackServer(port: port, routes: routes)
        Interruption.listen()
        defer { Interruption.stopListening() }
        do {
            try server.run(
                whenReady: { address in
                    try announce(address, files)
                    if opensBrowser { Browser.open(address) }
                },
                until: {
                    tick()
                    return Interruption.requested != nil
                })
        } catch let error as ServingError {
            throw ToolError(
                "the port \(port) cannot be used: \(error)",
                advice: "name another one, or leave --port out and the system finds one", status: .failed)
        }
        return Interruption.requested ?? .done
    }

    private struct Announcement: Encodable {
        let address: String
        let files: [String]
    }

    /// The address, before anything else happens: scripts wait for this line.
    private func announce(_ address: String, _ files: [String]) throws {
        guard manner.json else {
            note("serving \(files.joined(separator: ", ")) at this machine only; stop with Ctrl-C")
            return try writeToOutput(address + "\n")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(Announcement(address: address, files: files))
        try writeToOutput(String(decoding: line, as: UTF8.self) + "\n")
    }
}

/// Looks at the files once a second, and at connections every fifteen.
private final class Watch: Sendable {
    private let view: ViewServer
    private let ticks = Counter()

    init(_ view: ViewServer) { self.view = view }

    /// Called ten times a second.
    func tick() {
        let tick = ticks.next()
        if tick % 10 == 0 { view.lookForChanges() }
        if tick % 150 == 0 { view.sendHeartbeat() }
    }
}
