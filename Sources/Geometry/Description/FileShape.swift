import Foundation
import Schema

/// The unit of a file's coordinates, where those of the case are metres.
private enum FileUnits: String, CaseIterable {
    case metre = "m"
    case centimetre = "cm"
    case millimetre = "mm"
    case inch = "in"
    case foot = "ft"

    var metres: Double {
        switch self {
        case .metre: 1
        case .centimetre: 0.01
        case .millimetre: 0.001
        case .inch: 0.0254
        case .foot: 0.3048
        }
    }
}

extension ShapeKind {
    private static let path = Key.text(
        "path", "An STL, OBJ, CSV, DAT, PNG or NPY file; from the folder of the file that names it.")
    private static let units = Key<FileUnits>.choice(
        "units", default: .metre, "Unit of the file, where the case is in metres; `scale` does any other.")
    private static let lower = Key.numbers(
        "lower", .any, .within(2...3), unit: "length", "Images and arrays: lower corner."
    ).optional(otherwise: "the origin")
    private static let upper = Key.numbers(
        "upper", .any, .within(2...3), unit: "length", "Images and arrays: upper corner."
    ).optional(otherwise: "cells have a size of 1")
    private static let threshold = Key.number(
        "threshold", .above(0, upTo: 1), default: 0.5, unit: "1", "Images: what is darker is body.")
    private static let isInverted = Key.flag(
        "inverted", default: false,
        "Images: what is lighter is body. Masks: what is not 0 is. Distances: they are positive inside.")
    private static let content = Key<ShapeFileOptions.ArrayContent>.choice(
        "content", default: .distance, "What an array holds."
    ).optional(otherwise: "by its type")

    static let file = ShapeKind(
        "file", .either,
        "The solid in a file: a surface of triangles, an outline or airfoil, an image or an array.",
        [path, units, lower, upper, threshold, isInverted, content]
    ) { section, reader in
        guard section.node?["path"]?.text != nil else { return nil }
        let path = reader.resolved(section[path])
        guard FileManager.default.fileExists(atPath: path) else {
            reader.report(
                section.diagnostic(
                    "path", "there is no file \(path)",
                    hint: "a relative path starts from the folder of the file that names it"))
            return nil
        }
        var options = ShapeFileOptions()
        options.scale = section[units].metres
        (options.lower, options.upper) = (section[lower], section[upper])
        options.threshold = section[threshold].isFinite ? section[threshold] : 0.5
        options.isInverted = section[isInverted]
        options.content = section[content]
        return load(path, options, section, &reader)
    }

    private static func load(
        _ path: String, _ options: ShapeFileOptions, _ section: Section, _ reader: inout ShapeReader
    ) -> (any Shape)? {
        do throws(InvalidInput) {
            let loaded = try ShapeFiles.load(path: path, options: options)
            reader.warn(loaded.warnings.map { "\(path): \($0)" })
            guard section.scope.dimension == 3 || !loaded.isSurface else {
                reader.report(
                    section.diagnostic(
                        "path", "a surface of triangles needs three dimensions, there are 2 here",
                        hint: "give an outline (CSV, DAT) or an image (PNG)"))
                return nil
            }
            return loaded.shape
        } catch {
            for problem in error.diagnostics {
                reader.report(section.diagnostic("path", problem.description))
            }
            return nil
        }
    }
}
