import Foundation
import Notebooks
import Serving
import Synchronization

/// A notebook and its page, which follow the file.
package final class LiveNotebook: Sendable {
    private struct State {
        var html = ""
        /// What is under way, or wrong; empty where all is well.
        var status = ""
        /// The file as it was last looked at.
        var text: Data?
        var ticks = 0
    }

    private let path: String
    private let store: String?
    private let state = Mutex(State())
    private let events = EventStream()

    /// Renders the notebook. Throws `InvalidInput` with everything that is wrong in it.
    package init(_ path: String, store: String?) throws {
        (self.path, self.store) = (path, store)
        let html = try rendered()
        state.withLock { $0.html = html }
    }

    /// The page, its script, and the events that it follows.
    package var routes: [Route] {
        [
            Route("") { [self] _ in
                Response(
                    Data(state.withLock { $0.html }.utf8), type: "text/html; charset=utf-8",
                    policy: NotebookPage.livePolicy)
            },
            Route(LiveScript.path) { _ in
                Response(Data(LiveScript.text.utf8), type: "text/javascript; charset=utf-8")
            },
            Route("status") { [self] _ in
                Response(Data(state.withLock { $0.status }.utf8), type: "text/plain; charset=utf-8")
            },
            Route("events") { [events] _ in .events(events) },
        ]
    }

    /// Called ten times a second: looks whether the file has changed, and if so shows it, computes it with these options,
    /// and shows that.
    package func tick(_ options: NotebookRunner.Options?, _ console: Console) {
        let now = state.withLock { state in
            state.ticks += 1
            return state.ticks
        }
        if now % 150 == 0 { events.sendHeartbeat() }
        guard now % 3 == 1, let text = FileManager.default.contents(atPath: path) else { return }
        let isNew = state.withLock { state in
            defer { state.text = text }
            return state.text != text
        }
        guard isNew else { return }
        do {
            try show("")
            guard let options else { return }
            tell("computing …")
            let run = try NotebookPlace(path, store: store).run(options, on: console)
            try show(Self.summary(of: run))
        } catch {
            console.note(ToolError(error).description)
            tell(ToolError(error).description)
        }
    }

    private static func summary(of run: NotebookRun) -> String {
        let failed = run.outcomes.filter { $0.value.word == "failed" }.map(\.key).sorted()
        return failed.isEmpty ? "" : "failed: \(failed.joined(separator: ", "))"
    }

    private func rendered() throws -> String {
        try NotebookRenderVerb.page(of: NotebookPlace(path, store: store), script: LiveScript.path).page.html
    }

    private func show(_ status: String) throws {
        let html = try rendered()
        state.withLock { $0.html = html }
        events.send("page", "")
        tell(status)
    }

    private func tell(_ status: String) {
        state.withLock { $0.status = status }
        events.send("status", status)
    }
}

/// What the page of a notebook does while it is served: it exchanges the parts that have changed.
enum LiveScript {
    static let path = "live.js"

    static let text = """
        "use strict";
        const line = document.createElement("p");
        line.setAttribute("role", "status");
        line.style.cssText = "position:sticky;top:0;margin:0;padding:.4em 1em;background:#fff3c4;color:#3d2f00;" +
          "white-space:pre-wrap;font:14px/1.4 system-ui,sans-serif;z-index:1";
        line.hidden = true;
        document.body.prepend(line);

        function show(status) {
          line.textContent = status;
          line.hidden = status === "";
        }

        // Equal elements at both ends stay; those between are exchanged, and the page does not move.
        function exchange(old, fresh) {
          const was = [...old.children], is = [...fresh.children];
          let head = 0, tail = 0;
          while (head < was.length && head < is.length && was[head].isEqualNode(is[head])) head++;
          while (tail < Math.min(was.length, is.length) - head &&
            was[was.length - 1 - tail].isEqualNode(is[is.length - 1 - tail])) tail++;
          const place = window.scrollY, after = was[was.length - tail] ?? null;
          for (const element of was.slice(head, was.length - tail)) element.remove();
          for (const element of is.slice(head, is.length - tail))
            old.insertBefore(document.adoptNode(element), after);
          window.scrollTo(0, place);
        }

        async function refresh() {
          const [page, status] = await Promise.all(
            ["./", "status"].map(async path => (await fetch(path, { cache: "no-store" })).text()));
          const fresh = new DOMParser().parseFromString(page, "text/html");
          document.title = fresh.title;
          document.head.querySelector("style").textContent = fresh.head.querySelector("style").textContent;
          exchange(document.querySelector("main"), fresh.querySelector("main"));
          show(status);
        }

        const events = new EventSource("events");
        events.addEventListener("open", refresh);
        events.addEventListener("page", refresh);
        events.addEventListener("status", event => show(event.data));
        events.addEventListener("error", () => show("the server does not answer"));
        """
}
