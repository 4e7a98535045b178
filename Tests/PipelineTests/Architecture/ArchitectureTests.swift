import Foundation
import Testing

@Suite("Architecture")
struct ArchitectureTests {
    let package: PackageDescription

    init() throws { package = try PackageDescription.current() }

    @Test("No module depends on what the table forbids")
    func edges() {
        for module in package.modules {
            let forbidden = module.dependencies.subtracting(moduleTable[module.name] ?? [])
            #expect(forbidden.isEmpty, "\(module.name) must not depend on \(forbidden.sorted())")
        }
    }

    @Test("The table and the package list the same modules")
    func rows() { #expect(Set(package.modules.map(\.name)) == Set(moduleTable.keys)) }

    @Test("The table has no cycle")
    func noCycle() {
        var settled: Set<String> = []
        var open = moduleTable.mapValues { $0.intersection(moduleTable.keys) }
        while let next = open.first(where: { $0.value.isSubset(of: settled) }) {
            settled.insert(next.key)
            open[next.key] = nil
        }
        #expect(open.isEmpty, "a cycle among \(open.keys.sorted())")
    }

    @Test("No source file imports a module of this package that its own module may not")
    func imports() throws {
        for module in package.modules {
            let allowed = (moduleTable[module.name] ?? []).union([module.name])
            for file in try swiftFiles(in: module) {
                let named = try importedModules(of: file).intersection(moduleTable.keys)
                #expect(
                    named.isSubset(of: allowed), "\(file.path) imports \(named.subtracting(allowed).sorted())"
                )
            }
        }
    }

    @Test("Time is marched in one place: nothing else advances a computation")
    func oneTimeLoop() throws {
        let rooms = ["/Sources/Flow/Simulation/", "/Sources/Flow/Stepping/"]
        let sources = package.modules.filter { $0.path.hasPrefix("Sources/") }
        #expect(!sources.isEmpty)
        for file in try sources.flatMap(swiftFiles) where !rooms.contains(where: file.path.contains) {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains(".advance(by:"), "\(file.path) should use a Simulation")
        }
    }

    private func swiftFiles(in module: PackageDescription.Target) throws -> [URL] {
        let folder = PackageDescription.root.appending(path: module.path)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(".swift") }.map { folder.appending(path: $0) }
    }

    private func importedModules(of file: URL) throws -> Set<String> {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return Set(
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count else {
                    return nil
                }
                return String(words[place + 1])
            })
    }
}
