import Foundation

/// Where an axis has ticks, and what stands at them.
///
/// The number at a tick is `label * 10^exponent + offset`; exponent and offset go into the axis label.
package struct Ticks: Sendable, Equatable {
    package var major: [Double] = []
    package var minor: [Double] = []
    package var labels: [String] = []
    package var exponent = 0
    package var offset = 0.0

    /// Ticks at round numbers inside of `range`, about `target` of them.
    package static func choose(in range: ClosedRange<Double>, scale: AxisScale, target: Int) -> Ticks {
        scale == .linear ? linear(in: range, target: target) : logarithmic(in: range, target: target)
    }

    /// Ticks at the given positions, as far as `range` holds them.
    package static func fixed(_ positions: [Double], in range: ClosedRange<Double>) -> Ticks {
        let inside = positions.filter { range.contains($0) }
        return Ticks(major: inside, labels: inside.map { typographic(shortest($0)) })
    }

    // MARK: Linear

    /// Multiples of 1, 2 or 5 times a power of ten.
    package static func linear(in range: ClosedRange<Double>, target: Int) -> Ticks {
        let coarse = RoundStep(atLeast: range.upperBound / Double(target) - range.lowerBound / Double(target))
        // The coarse step gives at most the wished number; the next finer one may come closer to it.
        let (few, many) = (coarse.multiples(in: range).count, coarse.finer.multiples(in: range).count)
        let isCloser = abs(many - target) < abs(few - target)
        let isBetter = isCloser || few < 2 || (few < 3 && many * 5 <= target * 11)
        let step = isBetter ? coarse.finer : coarse
        var ticks = Ticks()
        ticks.major = step.multiples(in: range)
        ticks.minor = step.subdivided.multiples(in: range).filter { position in
            !ticks.major.contains { abs($0 - position) < step.value * 1e-6 }
        }
        ticks.labelLinear(step: step, range: range)
        return ticks
    }

    private mutating func labelLinear(step: RoundStep, range: ClosedRange<Double>) {
        let greatest = major.reduce(0) { max($0, abs($1)) }
        guard greatest > 0 else {
            labels = major.map { _ in "0" }
            return
        }
        // Seven digits or more are hard to read: take the common part out.
        if decade(greatest) - step.exponent + 1 > 6 {
            let unit = pow(10, Double(decade(range.upperBound - range.lowerBound) + 1))
            offset = ((range.lowerBound / 2 + range.upperBound / 2) / unit).rounded() * unit
        }
        let remainders = major.map { $0 - offset }
        let largest = remainders.reduce(0) { max($0, abs($1)) }
        let power = largest > 0 ? decade(largest) : 0
        if largest >= 1e6 || (largest >= 1e5 && step.exponent >= 3) || largest < 0.0099 { exponent = power }
        let decimals = max(0, exponent - step.exponent)
        labels = remainders.map { Self.fixedPoint($0 / pow(10, Double(exponent)), decimals: decimals) }
    }

    // MARK: Logarithmic

    /// Powers of ten; 1, 2 and 5 times powers of ten where fewer than two of them lie in `range`, and
    /// linear ticks where those are fewer than two as well.
    package static func logarithmic(in range: ClosedRange<Double>, target: Int) -> Ticks {
        let decades = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
        let inside = { (value: Double) in
            value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
        }
        let powers = decades.map { (exponent: $0, value: decimal(1, $0)) }.filter { inside($0.value) }
        let fine = decades.flatMap { exponent in (2...9).map { decimal($0, exponent) } }.filter(inside)
        if powers.count >= 2 {
            return decadeTicks(powers, fine: fine, target: target)
        }
        let coarse = decades.flatMap { exponent in [1, 2, 5].map { ($0, exponent) } }
            .filter { inside(decimal($0.0, $0.1)) }
        guard coarse.count >= 2 else { return linear(in: range, target: target) }
        let isPlain = coarse.allSatisfy { (-3...4).contains($0.1) }
        return Ticks(
            major: coarse.map { decimal($0.0, $0.1) }, minor: fine,
            labels: coarse.map { isPlain ? shortest(decimal($0.0, $0.1)) : power($0.0, $0.1) })
    }

    private static func decadeTicks(
        _ powers: [(exponent: Int, value: Double)], fine: [Double], target: Int
    ) -> Ticks {
        let stride = (powers.count + target - 1) / max(target, 1)
        let shown = powers.filter { $0.exponent % stride == 0 }
        let isPlain = shown.allSatisfy { (-2...3).contains($0.exponent) }
        return Ticks(
            major: shown.map(\.value),
            minor: stride == 1 ? fine : powers.filter { $0.exponent % stride != 0 }.map(\.value),
            labels: shown.map { isPlain ? shortest($0.value) : power(1, $0.exponent) })
    }
}

/// A step of 1, 2 or 5 times a power of ten.
struct RoundStep {
    var factor: Int
    var exponent: Int

    init(atLeast least: Double) {
        let power = decade(max(least, 1e-300))
        let share = least / pow(10, Double(power))
        let factor = [1, 2, 5].first { Double($0) >= share * (1 - 1e-9) }
        self.init(factor: factor ?? 1, exponent: factor == nil ? power + 1 : power)
    }

    private init(factor: Int, exponent: Int) {
        self.factor = factor
        self.exponent = exponent
    }

    var value: Double { decimal(factor, exponent) }

    /// The next smaller round step.
    var finer: RoundStep {
        switch factor {
        case 1: RoundStep(factor: 5, exponent: exponent - 1)
        case 2: RoundStep(factor: 1, exponent: exponent)
        default: RoundStep(factor: 2, exponent: exponent)
        }
    }

    /// The step of the small ticks in between.
    var subdivided: RoundStep {
        switch factor {
        case 1: RoundStep(factor: 2, exponent: exponent - 1)
        case 2: RoundStep(factor: 5, exponent: exponent - 1)
        default: RoundStep(factor: 1, exponent: exponent)
        }
    }

    func multiples(in range: ClosedRange<Double>) -> [Double] {
        let first = (range.lowerBound / value - 1e-6).rounded(.up)
        let last = (range.upperBound / value + 1e-6).rounded(.down)
        guard first <= last, last - first < 1000 else { return [] }
        return (0...Int(last - first)).map { index in
            let count = first + Double(index)
            // Dividing by a whole power of ten rounds better than multiplying by its inverse.
            return exponent < 0 && exponent > -300
                ? count * Double(factor) / pow(10, Double(-exponent)) : count * value
        }
    }
}

/// The exponent of the leading decimal digit of a positive number.
func decade(_ value: Double) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    return Int((log10(value) + 1e-12).rounded(.down))
}

private func decimal(_ factor: Int, _ exponent: Int) -> Double {
    exponent < 0 && exponent > -300
        ? Double(factor) / pow(10, Double(-exponent)) : Double(factor) * pow(10, Double(exponent))
}
