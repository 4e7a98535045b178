import Foundation
import Schema

/// How a number is written: `.3f`, `.2e`, `.4g`, `.1%`, or `d` for a whole number.
public struct NumberFormat: Sendable, Equatable {
    private var digits: Int
    private var letter: Character

    /// Reads a format. Throws where it is none.
    init(_ text: String, at place: Place) throws(InvalidInput) {
        let problem = InvalidInput(
            Diagnostic(
                at: place, message: "\"\(text)\" is no number format",
                allowed: ".3f, .2e, .4g, .1% with up to 17 digits, or d"))
        guard let letter = text.last, "fegd%".contains(letter) else { throw problem }
        self.letter = letter
        let rest = text.dropLast()
        if letter == "d" {
            guard rest.isEmpty else { throw problem }
            digits = 0
        } else if rest.isEmpty {
            digits = 6
        } else {
            guard rest.first == ".", let digits = Int(rest.dropFirst()), (0...17).contains(digits) else {
                throw problem
            }
            self.digits = digits
        }
    }

    /// The number as text.
    public func text(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        switch letter {
        case "d": return String(format: "%.0f", value)
        case "%": return String(format: "%.\(digits)f", 100 * value) + " %"
        default: return String(format: "%.\(digits)\(letter)", value)
        }
    }
}
