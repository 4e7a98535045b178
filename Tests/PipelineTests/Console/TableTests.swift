import Pipeline
import Testing

@Suite("Table")
struct TableTests {
    private func sample() -> Table {
        var table = Table([.init("name"), .init("seconds", .right), .init("remark")])
        table.add(["sod", "0.21", "a tube"])
        table.add(["quadrants", "12.40", "four shocks and what they leave behind"])
        return table
    }

    @Test("Text is set left, numbers are set right, no line ends in spaces")
    func alignment() {
        var table = Table([.init("name"), .init("seconds", .right)])
        table.add(["sod", "0.21"])
        table.add(["quadrants", "12.40"])
        table.add(["short"])
        #expect(table.rendered() == "name       seconds\nsod           0.21\nquadrants    12.40\nshort")
    }

    @Test("Without a heading there is no heading line")
    func noHeading() {
        var table = Table([.init(""), .init("")])
        table.add(["a", "b"])
        #expect(table.rendered() == "a  b")
    }

    @Test("The last column is wrapped to the terminal and keeps its indent")
    func wrapping() {
        let lines = sample().rendered(on: Terminal(isInteractive: true, usesColour: false, width: 46))
            .split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.count <= 46 })
        #expect(lines.last == "                    leave behind")
    }

    @Test("In a file, lines keep their full length")
    func noWrappingInFiles() { #expect(sample().rendered().split(separator: "\n").count == 3) }
}
