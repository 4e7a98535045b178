import Schema

/// Builds shapes from tables of ``ShapeSchema``; what is wrong is collected, never thrown.
public struct ShapeReader: Sendable {
    /// The folder from which relative paths of files start.
    public let folder: String
    /// What was wrong beyond what the checker reports.
    public private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter folder: The folder of the file that is read.
    public init(folder: String) { self.folder = folder }

    /// Notes a mistake.
    mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// The shape of a table; nil where it, or the dimension of its scope, is wrong.
    public mutating func shape(_ section: Section) -> (any Shape)? {
        guard let word = section.node?["shape"]?.text, let kind = ShapeRegistry.kind(word),
            let dimension = section.scope.dimension
        else { return nil }
        guard kind.serves(dimension: dimension) else {
            report(
                section.diagnostic(
                    "shape", "\"\(word)\" needs three dimensions, there are \(dimension) here",
                    allowed: ShapeRegistry.words(dimension: dimension).joined(separator: ", ")))
            return nil
        }
        guard let shape = kind.build(section, &self),
            let motion = ShapeMotion.read(section, &self)
        else { return nil }
        return motion.isIdentity ? shape : MovedShape(shape, motion)
    }
}
