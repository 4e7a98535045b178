import Foundation
import Schema
import Testing

extension Document {
    /// The node at a path.
    fileprivate func node(_ path: String...) -> Node? {
        path.reduce(root as Node?) { node, key in
            Int(key).flatMap { index in node?.elements.dropFirst(index).first } ?? node?[key]
        }
    }

    /// `line:column` of key and value.
    fileprivate func places(_ path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        let node = parts.reduce(root as Node?) { node, key in
            node?[key] ?? Int(key).flatMap { index in node?.elements.dropFirst(index).first }
        }
        guard let key = node?.keyPlace, let value = node?.valuePlace else { return "none" }
        return "\(key.line ?? 0):\(key.column ?? 0) \(value.line ?? 0):\(value.column ?? 0)"
    }
}

@Suite struct DocumentTests {
    private let text = """
        # comment with [brackets] and "quotes"
        top = 1
        "quoted key" = 'it''s'

        [gas]  # the gas
        gamma = 1.4
          deep.er.key = "a # b"
        list = [
          1, # one
          [2, 3], "four",
        ]
        inline = { a = 1, b.c = [ { d = 2 } ], "e.f" = 3 }
        long = \"\"\"
        text with [gas]
        fake = 1
        \"\"\"
        after = 2024-01-01 10:00:00

        [[body]]
        name = "first"
        [body.shape]
        kind = "ball"
        [[body.part]]
        x = 1
        [[body]]
        name = "second"
        [[body.part]]
        x = 2
        [[body.part]]
        x = 3
        [ a . "b c" . d ]
        "ü" = { "é" = "é", z = true } # ü
        """.replacing("'it''s'", with: "'its'")

    @Test(
        arguments: [
            ("top", "2:1 2:7"), ("quoted key", "3:1 3:16"), ("gas", "5:2 5:2"), ("gas/gamma", "6:1 6:9"),
            ("gas/deep/er/key", "7:11 7:17"), ("gas/deep/er", "7:8 7:8"), ("gas/list", "8:1 8:8"),
            ("gas/list/0", "9:3 9:3"), ("gas/list/1", "10:3 10:3"), ("gas/list/1/1", "10:7 10:7"),
            ("gas/list/2", "10:11 10:11"), ("gas/inline/a", "12:12 12:16"),
            ("gas/inline/b/c/0/d", "12:29 12:33"),
            ("gas/inline/e.f", "12:40 12:48"), ("gas/long", "13:1 13:8"), ("gas/after", "17:1 17:9"),
            ("body/0/name", "20:1 20:8"), ("body/0/shape/kind", "22:1 22:8"),
            ("body/0/part/0/x", "24:1 24:5"),
            ("body/1", "25:3 25:3"), ("body/1/name", "26:1 26:8"), ("body/1/part/1/x", "30:1 30:5"),
            ("a/b c/d/ü/z", "32:20 32:24"),
        ])
    func everyKeyAndValueHasItsPlace(path: String, expected: String) throws {
        let document = try Document(text: text, file: "a.toml")
        #expect(document.places(path) == expected)
    }

    @Test func keysKeepTheOrderOfTheText() throws {
        let document = try Document(text: "[constants]\nzeta = 1\nalpha = 2\nmiddle = 3\n", file: "a.toml")
        #expect(document.root["constants"]?.entries.map(\.key) == ["zeta", "alpha", "middle"])
    }

    @Test func windowsLineEndsDoNotShiftColumns() throws {
        let document = try Document(text: "a = 1\r\n[b]\r\nc = 'x'\r\n", file: "a.toml")
        #expect(document.places("b/c") == "3:1 3:5")
    }

    @Test func syntaxErrorsHaveLineAndColumn() throws {
        let error = #expect(throws: InvalidInput.self) {
            try Document(text: "[gas]\ngamma = = 1\n", file: "bad.toml")
        }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.file == "bad.toml" && diagnostic.line == 2)
        #expect(diagnostic.message.hasPrefix("TOML syntax:"))
    }

    @Test func deepNestingIsAnErrorNotACrash() {
        for opening in ["[", "{ a = "] {
            #expect(throws: InvalidInput.self) {
                try Document(text: "a = " + String(repeating: opening, count: 20_000), file: "a.toml")
            }
        }
    }

    /// Each of these ended a process, or took a time that grows with the square of the length.
    @Test(
        arguments: [
            ("[.a]", "", 0), ("[[.a]]", "", 0), ("[[[1]]]", "", 0), ("[a.]", "", 0), ("[]", "", 0),
            ("[[]]", "", 0),
            ("a.", "", 0), (".a = 1", "", 0), ("a = [", "", 0), ("a = {", "", 0), ("a = \"", "", 0),
            ("\"\"\"a\"\"\" = 1", "", 0), ("", "[", 100_000), ("a", ".a", 100_000), ("[a", ".a", 100_000),
            ("a = ", "{ b = ", 100_000), ("a = ", "[", 100_000),
        ])
    func whatIsNoTOMLIsAnErrorWithAPlace(start: String, piece: String, count: Int) throws {
        let text = start + String(repeating: piece, count: count)
        let error = #expect(throws: InvalidInput.self) { try Document(text: text, file: "a.toml") }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.line == 1 && diagnostic.column != nil)
        #expect(diagnostic.message.hasPrefix("TOML syntax:"))
    }

    @Test(
        arguments: [
            ("[a]\nx = 1\n[a]", 3), ("a = 1\na = 2", 2), ("a = 1\na.b = 2", 2), ("a.b = 1\n[a]", 2),
            ("a = [1]\n[[a]]", 2), ("[[a]]\n[a]", 2), ("[a]\n[[a]]", 2), ("a = { b = 1 }\n[a.c]", 2),
            ("[a.b]\nx = 1\n[a]\nb.y = 2", 4), ("a = { b = 1, b.c = 2 }", 1), ("a = { b.c = 1, b = 2 }", 1),
        ])
    func aKeyIsDefinedOnce(text: String, line: Int) throws {
        let error = #expect(throws: InvalidInput.self) { try Document(text: text, file: "a.toml") }
        #expect(error?.diagnostics.first?.line == line)
    }

    @Test(
        arguments: [
            ("1_000", Node.Value.integer(1000)), ("-17", .integer(-17)), ("+0", .integer(0)),
            ("0xdead_BEEF", .integer(0xDEAD_BEEF)), ("0o17", .integer(15)), ("0b11", .integer(3)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("1.5e-3", .number(1.5e-3)), ("6.02_2E+23", .number(6.022e23)), ("1e06", .number(1e6)),
            ("-inf", .number(-.infinity)), ("true", .boolean(true)),
            (#""a\tb\u00e9\U0001F600\"\\""#, .string("a\tbé😀\"\\")), (#"'a\tb'"#, .string(#"a\tb"#)),
            ("\"\"\"\na\\\n   b\n\"\" c\"\"\"\"\"", .string("ab\n\"\" c\"\"")),
            ("'''a''b'''''", .string("a''b''")),
            ("1979-05-27T07:32:00.5-07:00", .date("1979-05-27T07:32:00.5-07:00")),
            ("2024-02-29", .date("2024-02-29")), ("07:32:00", .date("07:32:00")),
        ])
    func valuesAreRead(text: String, value: Node.Value) throws {
        #expect(try Document(text: "a = \(text) # b", file: "a.toml").root["a"]?.value == value)
    }

    @Test(
        arguments: [
            "01", "1__0", "_1", "1_", "+-1", "0x", "0xg", "-0x1", "1.", ".5", "1.e5", "1e", "1e5.0", "1e400",
            "Inf",
            "9223372036854775808", "True", "2023-02-29", "2024-13-01", "24:00:00", "07:32", "text", "1 2",
            "\"a\nb\"", #""\x41""#, #""\ud800""#, "\"\u{1}\"", "[1 2]", "[,]", "{ a = 1, }", "{\na = 1 }", "",
        ])
    func whatIsNoValueIsRefused(text: String) throws {
        #expect(throws: InvalidInput.self) { try Document(text: "a = \(text)", file: "a.toml") }
    }

    @Test func aLargeTextTakesATimeInProportion() throws {
        let count = 100_000
        let text =
            (0..<count).map { "k\($0).x = \($0)\n" }.joined() + "list = ["
            + (0..<count).map { "\($0)" }.joined(separator: ", ") + "]\n"
            + String(repeating: "[[e]]\n", count: count)
        let root = try Document(text: text, file: "a.toml").root
        #expect(root.entries.count == count + 2 && root["e"]?.elements.count == count)
        #expect(root["list"]?.elements.last?.value == .integer(count - 1))
    }

    @Test func filesWithoutAnEndAreNotReadToIt() throws {
        let error = #expect(throws: InvalidInput.self) { try Document(path: "/dev/zero") }
        #expect(error?.diagnostics.first?.message.contains("more than 32 MB") == true)
    }

    @Test func textAfterANullCharacterIsNotIgnored() throws {
        let error = #expect(throws: InvalidInput.self) {
            try Document(text: "a = 1\nb\0 = 2\n", file: "a.toml")
        }
        #expect(error?.diagnostics.first?.place == Place(file: "a.toml", line: 2, column: 2))
    }

    @Test func unreadableFilesSayWhy() throws {
        func message(_ path: String) -> String? {
            do throws(InvalidInput) {
                _ = try Document(path: path)
                return nil
            } catch { return error.diagnostics.first?.message }
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let latin = folder.appending(path: "latin.toml")
        try Data([0x61, 0xE9, 0x3D]).write(to: latin)
        #expect(message(folder.path + "/none.toml") == "no such file")
        #expect(message(folder.path) == "is a folder; a TOML file is expected")
        #expect(message(latin.path) == "is not a text file in UTF-8")
    }
}

@Suite struct OverrideTests {
    private let text = """
        [gas]
        gamma = 1.4
        [domain]
        cells = [16, 16]
        [[probe]]
        name = "a"
        [expect]
        "error.l1" = { value = 1.0 }
        """

    private func applied(_ overrides: String...) throws -> (document: Document, diagnostics: [Diagnostic]) {
        try Document(text: text, file: "case.toml").applying(overrides)
    }

    @Test(
        arguments: [
            ("gas.gamma=1.67", ["gas", "gamma"], Node.Value.number(1.67)),
            ("gas.prandtl = 1", ["gas", "prandtl"], .integer(1)),
            ("numerics.scheme=igr", ["numerics", "scheme"], .string("igr")),
            ("case.title=a = b", ["case", "title"], .string("a = b")),
            ("domain.cells.1=32", ["domain", "cells", "1"], .integer(32)),
            ("probe.0.name=\"wake\"", ["probe", "0", "name"], .string("wake")),
            ("a.b.c=true", ["a", "b", "c"], .boolean(true)),
            ("expect.\"error.l1\".value=2.5", ["expect", "error.l1", "value"], .number(2.5)),
            ("initial.density=1 + 0.2*sin(x)", ["initial", "density"], .string("1 + 0.2*sin(x)")),
            ("case.title=2024-01-01", ["case", "title"], .string("2024-01-01")),
            ("case.title=1\nb = 2", ["case", "title"], .string("1\nb = 2")),
        ])
    func aPathIsSet(text: String, path: [String], expected: Node.Value) throws {
        let (document, diagnostics) = try applied(text)
        let node = path.reduce(document.root as Node?) { node, key in
            node?[key] ?? Int(key).flatMap { index in node?.elements.dropFirst(index).first }
        }
        #expect(diagnostics.isEmpty)
        #expect(node?.value == expected)
        #expect(node?.valuePlace.file == "--set \(text)")
    }

    @Test(
        arguments: [
            ("gas", "is not of the form key=value"), ("=1", "is not of the form"),
            ("gas..gamma=1", "is not of the form"),
            ("gas.gamma.x=1", "gas.gamma is the number 1.4, not a table"),
            ("probe.1.name=b", "probe has no element 1"),
            ("domain.cells.x=1", "domain.cells has no element x"),
        ])
    func mistakesNameTheOverride(text: String, message: String) throws {
        let diagnostic = try #require(try applied(text).diagnostics.first)
        #expect(diagnostic.message.contains(message))
        #expect(diagnostic.description.hasPrefix("--set \(text): "))
    }

    @Test func theResolvedTextReadsBackAsTheSameTree() throws {
        let document = try applied("gas.gamma=1.67", "case.title=a \"b\"\\", "probe.0.position=[0.1, 1e-300]")
            .document
        let again = try Document(text: document.resolvedText, file: "again.toml")
        #expect(again.root["gas"]?["gamma"]?.value == .number(1.67))
        #expect(again.root["case"]?["title"]?.value == .string("a \"b\"\\"))
        #expect(again.root["probe"]?.elements.first?["name"]?.value == .string("a"))
        #expect(again.root["probe"]?.elements.first?["position"]?.elements.last?.value == .number(1e-300))
        #expect(again.root["expect"]?["error.l1"]?["value"]?.value == .number(1))
    }

    @Test func lineEndsInAnOverrideStayInsideItsComment() throws {
        let document = try applied("case.title=a\r\nb = 2").document
        let again = try Document(text: document.resolvedText, file: "again.toml")
        #expect(again.root["b"] == nil && again.root["case"]?["title"]?.value == .string("a\r\nb = 2"))
    }

    @Test func withoutOverridesTheTextIsTheFile() throws {
        #expect(try applied().document.resolvedText == text)
    }
}
