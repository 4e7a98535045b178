import Foundation
import Geometry
import Schema

extension FamilyKind {
    private static let path = Key.text(
        "path", "A folder of STL, OBJ, CSV, DAT, TXT, PNG or NPY files; from the folder of this file.")

    /// The files of a folder.
    static let folder = FamilyKind(
        "folder", "The bodies in the files of a folder, by name.", [path] + Placement.keys
    ) { section, context, diagnostics in
        guard section.node?["path"]?.text != nil, let placement = Placement(section, &diagnostics) else {
            return nil
        }
        let folder = BaseSchema.resolved(section[path], besides: context.folder + "/")
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            diagnostics.append(
                section.diagnostic(
                    "path", "there is no folder \(folder)",
                    hint: "a relative path starts from the folder of the sweep file"))
            return nil
        }
        let known = names.filter {
            FolderFamily.endings.contains(($0 as NSString).pathExtension.lowercased())
        }
        guard !known.isEmpty else {
            let allowed = "files that end with \(FolderFamily.endings.joined(separator: ", "))"
            diagnostics.append(section.diagnostic("path", "\(folder) has no bodies", allowed: allowed))
            return nil
        }
        let files = known.sorted().map { "\(folder)/\($0)" }
        return FolderFamily(files: files, placement, section, context, &diagnostics)
    }
}

private struct FolderFamily: ShapeFamily {
    static let endings = ["stl", "obj", "csv", "dat", "txt", "png", "npy"]

    /// A file, the box around its body, and the first file with the same content.
    private struct Member {
        var path: String
        var bounds: Bounds
        var form: String
    }

    let files: [String]
    private var members: [Member] = []
    private let placement: Placement
    private let dimension: Int
    var memberCount: Int? { members.count }

    /// Reads every file; those that are wrong are reported.
    init?(
        files: [String], _ placement: Placement, _ section: Section, _ context: FamilyContext,
        _ diagnostics: inout [Diagnostic]
    ) {
        self.files = files
        self.placement = placement
        dimension = context.dimension
        var forms: [Data: String] = [:]
        for file in files {
            do throws(InvalidInput) {
                let bounds = try ShapeFiles.read(path: file).bounds
                let content = FileManager.default.contents(atPath: file) ?? Data()
                let path = RelativePath.from(context.caseFolder, to: file)
                let form = forms[content] ?? "file \(path)"
                forms[content] = form
                members.append(Member(path: path, bounds: bounds, form: form))
            } catch {
                diagnostics += error.diagnostics.map { section.diagnostic("path", $0.description) }
            }
        }
        guard members.count == files.count else { return nil }
    }

    func member(_ source: inout FamilySource) -> FamilyMember {
        let member = members[source.number % members.count]
        return FamilyMember(
            form: member.form,
            entries: [ShapeEntry("shape", "\"file\""), ShapeEntry("path", quoted(member.path))]
                + placement.entries(member.bounds, dimension: dimension, &source))
    }
}

/// Paths that stay right when the folders around them are moved.
enum RelativePath {
    /// The way from a folder to a file.
    static func from(_ folder: String, to file: String) -> String {
        let start = parts(folder)
        let goal = parts(file)
        let common = zip(start, goal).prefix { $0 == $1 }.count
        let way = Array(repeating: "..", count: start.count - common) + goal[common...]
        return way.joined(separator: "/")
    }

    private static func parts(_ path: String) -> [String] {
        URL(fileURLWithPath: path).standardizedFileURL.path.split(separator: "/").map(String.init)
    }
}
