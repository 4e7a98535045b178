import Schema

/// The names of shapes that stand in one file.
public enum ShapeNames {
    /// The name of each table: its `name`, or `body-` and its number from 1, or the next one that is free.
    /// Names become those of groups in files; one that cannot, or that is taken, is reported.
    public static func names(of tables: [Section], _ diagnostics: inout [Diagnostic]) -> [String] {
        var taken: Set<String> = []
        for table in tables {
            guard let name = table.node?["name"]?.text else { continue }
            if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
                let allowed = "text without / that starts with no ."
                diagnostics.append(table.diagnostic("name", "\"\(name)\" is no name", allowed: allowed))
            } else if !taken.insert(name).inserted {
                diagnostics.append(table.diagnostic("name", "\"\(name)\" is the name of another body"))
            }
        }
        return tables.enumerated().map { index, table in
            if let name = table.node?["name"]?.text { return name }
            var number = index + 1
            while !taken.insert("body-\(number)").inserted { number += 1 }
            return "body-\(number)"
        }
    }
}
