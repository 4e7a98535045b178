import Schema

/// All results that `[expect]` can name.
public enum ResultRegistry {
    /// One line for each family.
    private static let families: [@Sendable (FlowCase) -> [CaseResult]] = [
        ErrorResults.results,
        OvershootResults.results,
        OrderResults.results,
        ConservationResults.results,
        ExtremeResults.results,
        FreeStreamResults.results,
        PrecisionResults.results,
        ProbeResults.results,
        BodyForceResults.results,
        BodySurfaceResults.results,
        BodyFlowResults.results,
        ShockResults.results,
        DissipationResults.results,
        SymmetryResults.results,
        CostResults.results,
    ]

    /// The results of a case, also those for which it lacks something.
    public static func results(of flowCase: FlowCase) -> [CaseResult] { families.flatMap { $0(flowCase) } }

    /// What is wrong with the names in `[expect]`: known without running anything.
    ///
    /// - Parameters:
    ///   - file: A case that has been read.
    ///   - path: The file's name for messages.
    public static func diagnostics(for file: CaseFile, path: String) -> [Diagnostic] {
        let results = results(of: file.flowCase)
        let byName = Dictionary(results.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let expected = (try? Document(text: file.text, file: path))?.root["expect"]
        return file.flowCase.expectations.compactMap { expectation in
            let place = expected?[expectation.key]?.keyPlace ?? Place(file: path)
            let key = dotted(["expect", expectation.key])
            guard let result = byName[expectation.key] else {
                return unknown(expectation.key, key, place, names: results.map(\.name))
            }
            return result.missing.map {
                Diagnostic(at: place, key: key, message: "needs \($0), which the case does not have")
            }
        }
    }

    private static func unknown(_ name: String, _ key: String, _ place: Place, names: [String]) -> Diagnostic
    {
        let meant = Spelling.closest(to: name, among: names)
        return Diagnostic(
            at: place, key: key, message: "unknown result", allowed: summary(names),
            hint: meant.map { "did you mean \"\($0)\"?" })
    }

    /// Names that share all but their last part in one: `error.density.{l1, l2, linf, signal}`.
    private static func summary(_ names: [String]) -> String {
        var order: [String] = []
        var ends: [String: [String]] = [:]
        for name in names {
            let parts = name.split(separator: ".")
            let stem = parts.dropLast().joined(separator: ".")
            if ends[stem] == nil { order.append(stem) }
            ends[stem, default: []].append(parts.last.map(String.init) ?? name)
        }
        return order.map { stem in
            let words = (ends[stem] ?? []).joined(separator: ", ")
            return stem.isEmpty ? words : "\(stem).{\(words)}"
        }.joined(separator: ", ")
    }
}
