import Foundation
import Schema

/// Builds shapes from tables of ``ShapeSchema``; what is wrong is collected, never thrown.
public struct ShapeReader: Sendable {
    /// The folder from which relative paths of files start.
    public let folder: String
    /// What was wrong beyond what the checker reports.
    public private(set) var diagnostics: [Diagnostic] = []
    /// What was mended in files or looks wrong there, one sentence each.
    public private(set) var warnings: [String] = []

    /// - Parameter folder: The folder of the file that is read.
    public init(folder: String) { self.folder = folder }

    /// The path of a file that a key names: relative to the folder, or absolute as it is.
    func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).path
    }

    /// Notes what is no mistake but worth knowing.
    mutating func warn(_ sentences: [String]) { warnings += sentences }

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
        let moved = motion.isIdentity ? shape : shape.moved(by: motion)
        guard moved.distance(to: Point(repeating: 0)).isFinite else {
            report(
                section.diagnostic(nil, "has numbers that are too large or too small to compute with"))
            return nil
        }
        return moved
    }
}
