import CDuktape
import Foundation

/// Formulas as MathML, by KaTeX in a JavaScript engine of our own: readers need no script and no fonts.
final class MathRenderer {
    /// Where Debian's package and people put KaTeX.
    private static let places = [
        "/usr/share/javascript/katex/katex.js", "/usr/share/javascript/katex/katex.min.js",
        "/usr/local/share/javascript/katex/katex.js",
    ]

    /// What KaTeX uses and the engine lacks.
    private static let preparation = """
        var self = this;
        if (!Array.prototype.fill) {
            Object.defineProperty(Array.prototype, "fill", { value: function (value) {
                for (var index = 0; index < this.length; index++) { this[index] = value; }
                return this;
            } });
        }
        """

    /// `maxExpand` bounds macros that expand to themselves; `trust` stays false: no links, no classes.
    private static let glue = """
        function renderFormula(tex, displayed) {
            return katex.renderToString(tex, {
                output: "mathml", displayMode: displayed, throwOnError: true, strict: "ignore", maxExpand: 500
            });
        }
        """

    /// Why a formula could not be rendered.
    struct Problem: Error {
        var text: String
    }

    private var engine: OpaquePointer?
    private var loadingProblem: Problem?
    private var hasLoaded = false

    deinit { script_engine_destroy(engine) }

    /// The MathML of a formula. Throws ``Problem`` where it is no TeX, or KaTeX is not there.
    func mathML(_ tex: String, isDisplayed: Bool) throws(Problem) -> String {
        if !hasLoaded { load() }
        guard let engine else { throw loadingProblem ?? Problem(text: "there is no JavaScript engine") }
        let status = script_engine_call(engine, "renderFormula", tex, isDisplayed ? 1 : 0)
        let text = script_engine_text(engine).map { String(cString: $0) } ?? ""
        guard status == 0 else { throw Problem(text: text.replacing("ParseError: ", with: "")) }
        return text
    }

    private func load() {
        hasLoaded = true
        let named = ProcessInfo.processInfo.environment["HUGONIOT_KATEX"].map { [$0] } ?? []
        guard let path = (named + Self.places).first(where: FilePath.isFile),
            let source = try? String(contentsOfFile: path, encoding: .utf8)
        else {
            loadingProblem = Problem(
                text:
                    "KaTeX is not installed: apt-get install libjs-katex, or name katex.js in HUGONIOT_KATEX")
            return
        }
        guard let engine = script_engine_create() else { return }
        // KaTeX looks for a page to add itself to; without one it defines a global.
        for text in [Self.preparation, source, Self.glue] {
            guard script_engine_load(engine, text, text.utf8.count) == 0 else {
                let reason = script_engine_text(engine).map { String(cString: $0) } ?? ""
                loadingProblem = Problem(text: "\(path) cannot be read as KaTeX: \(reason)")
                script_engine_destroy(engine)
                return
            }
        }
        self.engine = engine
    }
}
