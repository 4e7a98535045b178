import Foundation

extension Ticks {
    /// `value` with a fixed number of decimals and a true minus sign; never "−0".
    static func fixedPoint(_ value: Double, decimals: Int) -> String {
        let text = String(format: "%.\(decimals)f", value)
        let isZero = !text.contains { ("1"..."9").contains($0) }
        return typographic(isZero ? text.replacingOccurrences(of: "-", with: "") : text)
    }

    /// `value` with as few digits as tell it apart, at most ten.
    static func shortest(_ value: Double) -> String { String(format: "%.10g", value) }

    /// "10⁻³" or "2×10⁻³".
    static func power(_ factor: Int, _ exponent: Int) -> String {
        (factor == 1 ? "" : "\(factor)×") + "10" + raised(exponent)
    }

    /// An integer in raised digits.
    static func raised(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return String(
            String(number).map { character in
                character == "-" ? "⁻" : character.wholeNumberValue.map { digits[$0] } ?? character
            })
    }

    /// The same text with true minus signs.
    static func typographic(_ text: String) -> String { text.replacingOccurrences(of: "-", with: "−") }

    /// An axis label with its unit and with what the tick labels leave out:
    /// "pressure (10⁵ Pa)", "mass − 1 (×10⁻⁹)".
    package func axisLabel(_ label: String, unit: String?) -> String {
        var text = label
        if offset != 0 {
            let sign = offset < 0 ? "+" : "−"
            text += (text.isEmpty ? "" : " ") + sign + " " + Self.typographic(Self.shortest(abs(offset)))
        }
        let factor = exponent == 0 ? "" : "10" + Self.raised(exponent)
        let unit = unit ?? ""
        if !unit.isEmpty {
            text += (text.isEmpty ? "(" : " (") + factor + (factor.isEmpty ? "" : " ") + unit + ")"
        } else if !factor.isEmpty {
            text += (text.isEmpty ? "(" : " (") + "×" + factor + ")"
        }
        return text
    }
}
