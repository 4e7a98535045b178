/// Writes a tree of values as TOML, in the order of the tree; within a table plain values come before tables.
package enum TOMLWriter {
    /// The text of a whole document.
    package static func text(of root: Node) -> String {
        lines(root, path: []).joined(separator: "\n") + "\n"
    }

    private static func lines(_ table: Node, path: [String]) -> [String] {
        var plain: [String] = []
        var nested: [String] = []
        for entry in table.entries {
            let place = path + [entry.key]
            if case .table = entry.node.value {
                nested += ["", "[\(dotted(place))]"] + lines(entry.node, path: place)
            } else if isArrayOfTables(entry.node) {
                for element in entry.node.elements {
                    nested += ["", "[[\(dotted(place))]]"] + lines(element, path: place)
                }
            } else {
                plain.append("\(dotted([entry.key])) = \(inline(entry.node))")
            }
        }
        return plain + nested
    }

    private static func isArrayOfTables(_ node: Node) -> Bool {
        !node.elements.isEmpty
            && node.elements.allSatisfy { if case .table = $0.value { true } else { false } }
    }

    /// The text of a value within a line.
    package static func inline(_ node: Node) -> String {
        switch node.value {
        case .string(let text): quoted(text)
        case .integer(let value): "\(value)"
        // Swift's shortest description reads back as the same number, and is TOML for inf and nan as well.
        case .number(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .date(let text): text
        case .array(let elements): "[" + elements.map(inline).joined(separator: ", ") + "]"
        case .table(let entries):
            "{ " + entries.map { "\(dotted([$0.key])) = \(inline($0.node))" }.joined(separator: ", ") + " }"
        }
    }
}

/// A TOML basic string.
package func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
