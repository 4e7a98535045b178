import Foundation
import Pipeline
import Testing

@Suite("Version")
struct VersionTests {
    @Test("The changelog has a heading for this version")
    func changelog() throws {
        let file = PackageDescription.root.appending(path: "CHANGELOG.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("\n## [\(ToolVersion.current)]"))
    }
}
