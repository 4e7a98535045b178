import Foundation

/// How the cells of a line are separated, and with it how numbers are written.
enum CellSeparator: Character {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"

    /// The separator of a line of names; a comma where there is one name alone.
    init(ofNames line: String) {
        self = line.contains(";") ? .semicolon : line.contains("\t") && !line.contains(",") ? .tab : .comma
    }

    /// The cells of a line without their quotes; what stands between quotes is not separated.
    func cells(of line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case rawValue where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// A number; beside other separators than commas these may stand for the point.
    func number(_ cell: String) -> Double? {
        if let value = Double(cell) { return value }
        guard cell.count(where: { $0 == "," }) == 1, !cell.contains(".") else { return nil }
        return Double(cell.replacing(",", with: "."))
    }
}
