import Foundation
import Testing

/// Inside of Flow, too, data flow one way: a folder uses types of the folders below it only.
@Suite("Folders of Flow") struct FolderTests {
    /// From the lowest to the highest.
    private static let order = [
        "Case", "Grid", "State", "Blocks", "Boundaries", "Bodies", "Schemes", "EntropicPressure", "Stepping",
        "Backends", "Computation", "Simulation", "Diagnostics", "Verification",
    ]

    @Test("every folder has its place") func places() throws {
        let root = PackageDescription.root.appending(path: "Sources/Flow")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
        #expect(Set(names) == Set(Self.order))
    }

    @Test("no folder uses a type of a folder above it") func oneWay() throws {
        let codes = try Self.order.map(Self.code)
        let types = try codes.map(Self.declaredTypes)
        for (place, code) in codes.enumerated() {
            let words = Set(
                code.matches(of: /\b[A-Z][A-Za-z0-9]+/.wordBoundaryKind(.simple)).map { String($0.output) })
            for higher in place + 1..<codes.count {
                let used = words.intersection(types[higher]).sorted()
                #expect(used.isEmpty, "\(Self.order[place]) uses \(used) of \(Self.order[higher])")
            }
        }
    }

    /// All code of a folder, without comments and literals.
    private static func code(_ folder: String) throws -> String {
        let root = PackageDescription.root.appending(path: "Sources/Flow").appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
            $0.hasSuffix(".swift")
        }
        return try names.sorted().map {
            SwiftCode.stripped(try String(contentsOf: root.appending(path: $0), encoding: .utf8))
        }.joined(separator: "\n")
    }

    /// Types that stand at the beginning of a line and that other files may see.
    private static func declaredTypes(_ code: String) throws -> Set<String> {
        let declaration =
            /^(?:@\w+ )*(?:public |package |final |indirect )*(?:struct|class|enum|protocol|typealias) (\w+)/
            .anchorsMatchLineEndings()
        return Set(code.matches(of: declaration).map { String($0.output.1) })
    }
}
