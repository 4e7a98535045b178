import Fluids
import Schema

extension CaseReader {
    /// The gas of a case alone, as a file that was computed from it tells it: nothing else of the case is read or checked,
    /// and files that it names need not be there any more.
    ///
    /// - Parameters:
    ///   - text: TOML of a case that was valid.
    ///   - file: The name that messages give to it.
    ///   - overrides: `key=value` texts, applied in their order.
    /// - Throws: ``InvalidInput`` where the text is no case.
    public static func gas(
        text: String, file: String = "case.toml", overrides: [String] = []
    ) throws(InvalidInput) -> Gas {
        var (document, diagnostics) = try Document(text: text, file: file).applying(overrides)
        var scope = Scope(dimension: DomainSchema.dimension(of: document))
        scope.readConstants(
            document.root["constants"], variables: CaseVariables.spaceTime, diagnostics: &diagnostics)
        // A text without a domain is no case, and the gas that it does not name is unknown rather than the usual one.
        if document.root["domain"] == nil {
            let place = document.root.keyPlace
            diagnostics.append(Diagnostic(at: place, key: "domain", message: "is missing: this is no case"))
        }
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics) }
        return GasSchema.read(Section(document, scope: scope).section("gas"))
    }

    /// Whether the gas of a case depends on one of its constants, by the constant's name in `[gas]`.
    public static func gas(ofText text: String, names constant: String) -> Bool {
        guard let node = (try? Document(text: text, file: ""))?.root["gas"] else { return false }
        let words = TOMLWriter.text(of: node).split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return words.contains { $0 == constant }
    }
}
