import Foundation

/// An airfoil of the NACA four- or five-digit series with a chord of 1, its leading edge at the origin.
///
/// Thickness and four-digit camber: Jacobs, Ward & Pinkerton 1933, NACA Report 460. Five-digit camber, simple
/// and reflexed: Jacobs & Pinkerton 1935, NACA Report 537. Thickness is laid off normal to the camber line.
struct NACAAirfoil {
    private let camber: NACACamber
    private let thickness: Double
    /// The coefficient of x⁴; −0.1036 instead of the published −0.1015 closes the trailing edge.
    private let last: Double

    /// - Parameters:
    ///   - digits: Four or five digits.
    ///   - isClosed: Whether the trailing edge is sharp.
    /// - Returns: nil where there is no such airfoil.
    init?(digits: String, isClosed: Bool) {
        let values = digits.compactMap(\.wholeNumberValue).filter { (0...9).contains($0) }
        guard values.count == digits.count, let camber = NACACamber(values) else { return nil }
        let percent = values.suffix(2).reduce(0) { 10 * $0 + $1 }
        guard percent > 0 else { return nil }
        self.camber = camber
        thickness = Double(percent) / 100
        last = isClosed ? -0.1036 : -0.1015
    }

    /// The point for a parameter that goes from 0 at the trailing edge over the upper side to 1 at the leading
    /// edge and along the lower side to 2. The curve is smooth in it, also at the leading edge.
    func point(_ parameter: Double) -> PlanarPoint {
        // √x, negative on the lower side: the thickness then changes its sign with the side.
        let root = cos(parameter * .pi / 2)
        let x = root * root
        let inner = -0.1260 + x * (-0.3516 + x * (0.2843 + x * last))
        let half = 5 * thickness * (0.2969 * root + (root < 0 ? -1 : 1) * x * inner)
        let (y, slope) = camber.line(x)
        let length = (1 + slope * slope).squareRoot()
        return PlanarPoint(x - half * slope / length, y + half / length)
    }

    /// The vertices; the camber line has a break where its two parts meet.
    var vertices: [PlanarPoint] {
        let turn = 2 / .pi * acos(camber.junction.squareRoot())
        let breaks = camber.junction > 0 ? [0, turn, 1, 2 - turn, 2] : [0, 1, 2]
        return CurveSampler.vertices(breaks: breaks, point)
    }
}

/// A camber line of two polynomials.
struct NACACamber {
    private enum Form {
        /// Largest camber m.
        case fourDigits(camber: Double)
        case simple(factor: Double)
        case reflexed(factor: Double, ratio: Double)
    }

    private let form: Form
    /// Where the two parts meet; 0 for a symmetric airfoil.
    let junction: Double

    /// (position of the largest camber in 5 %, reflexed) → m, k₁, k₂/k₁ for a design lift coefficient of 0.3.
    private static let lines: [Int: (junction: Double, factor: Double, ratio: Double)] = [
        10: (0.0580, 361.400, 0), 20: (0.1260, 51.640, 0), 30: (0.2025, 15.957, 0),
        40: (0.2900, 6.643, 0), 50: (0.3910, 3.230, 0), 21: (0.1300, 51.990, 0.000764),
        31: (0.2170, 15.793, 0.00677), 41: (0.3180, 6.520, 0.0303), 51: (0.4410, 3.191, 0.1355),
    ]

    init?(_ digits: [Int]) {
        switch digits.count {
        case 4:
            guard (digits[0] == 0) == (digits[1] == 0) else { return nil }
            form = .fourDigits(camber: Double(digits[0]) / 100)
            junction = Double(digits[1]) / 10
        case 5:
            guard digits[0] > 0, let line = Self.lines[10 * digits[1] + digits[2]] else { return nil }
            let factor = line.factor * Double(digits[0]) / 2
            form = line.ratio > 0 ? .reflexed(factor: factor, ratio: line.ratio) : .simple(factor: factor)
            junction = line.junction
        default: return nil
        }
    }

    /// Height and slope at x.
    func line(_ x: Double) -> (height: Double, slope: Double) {
        let (m, isFront) = (junction, x < junction)
        switch form {
        case .fourDigits(let camber):
            if m == 0 { return (0, 0) }
            let factor = camber / (isFront ? m * m : (1 - m) * (1 - m))
            let height = factor * (isFront ? x * (2 * m - x) : 1 - 2 * m + x * (2 * m - x))
            return (height, 2 * factor * (m - x))
        case .simple(let factor):
            let sixth = factor / 6
            return isFront
                ? (
                    sixth * x * (x * (x - 3 * m) + m * m * (3 - m)),
                    sixth * (3 * x * (x - 2 * m) + m * m * (3 - m))
                )
                : (sixth * m * m * m * (1 - x), -sixth * m * m * m)
        case .reflexed(let factor, let ratio):
            let (away, lead) = (x - m, isFront ? 1 : ratio)
            let tilt = ratio * (1 - m) * (1 - m) * (1 - m) + m * m * m
            return (
                factor / 6 * (lead * away * away * away - tilt * x + m * m * m),
                factor / 6 * (3 * lead * away * away - tilt)
            )
        }
    }
}
