import Schema

/// Reads `[method]`: one of the registry, or one that is composed of stages.
enum MethodChoice {
    /// The method; nil where the checker has reported what is wrong.
    static func read(_ section: Section) -> MethodKind? {
        let word = section.node?["name"]?.text ?? MethodKind.hybrid.word
        guard word == StudySchema.stagesWord else { return MethodRegistry.kind(word) }
        let tables = section.sections("stage")
        let kinds = tables.compactMap { $0.node?["name"]?.text.flatMap(MethodRegistry.kind) }
        let stages = tables.compactMap(Composite.stage)
        guard !stages.isEmpty, kinds.count == stages.count else { return nil }
        let words = kinds.map { $0.word }.joined(separator: " → ")
        let needsResiduals = kinds.contains { $0.requirement == .residuals }
        return MethodKind(
            words, "Composed in the file.", requirement: needsResiduals ? .residuals : .cost,
            usesDerivatives: kinds.contains { $0.usesDerivatives },
            dependsOnWorkers: kinds.contains { $0.dependsOnWorkers }
        ) { (_: Section, context: MethodContext) -> any Method in
            // There is at least one stage.
            if let composite = Composite(stages, context) { return composite }
            return Hybrid(context)
        }
    }
}
