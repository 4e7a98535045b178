import Foundation

extension ColorMap {
    /// Blue over light grey to red, for signed quantities, computed at 65 points.
    ///
    /// K. Moreland (2009), Diverging Color Maps for Scientific Visualization, ISVC 2009, LNCS 5876,
    /// doi:10.1007/978-3-642-10520-3_9: linear interpolation in Msh, the polar form of CIE L*a*b*, from each
    /// end to an unsaturated middle, with the hue turned away from purple on the way.
    public static let coolWarm = ColorMap(
        name: "coolwarm", kind: .diverging,
        points: (0...64).map { index in
            let cool = PolarLab(Color(red: 59 / 255, green: 76 / 255, blue: 192 / 255))
            let warm = PolarLab(Color(red: 180 / 255, green: 4 / 255, blue: 38 / 255))
            let position = Double(index) / 64
            return position < 0.5
                ? PolarLab.towardsGrey(from: cool, share: 2 * position)
                : PolarLab.towardsGrey(from: warm, share: 2 - 2 * position)
        })
}

/// Msh: M is the length of (L*, a*, b*), s the angle from the lightness axis, h the hue angle.
private struct PolarLab {
    var length: Double
    var saturation: Double
    var hue: Double

    private static let white = (x: 0.95047, y: 1.0, z: 1.08883)
    private static let middleLength = 88.0

    init(_ color: Color) {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        func root(_ value: Double) -> Double {
            value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
        }
        let (red, green, blue) = (linear(color.red), linear(color.green), linear(color.blue))
        let x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / Self.white.x)
        let y = root((0.2126 * red + 0.7152 * green + 0.0722 * blue) / Self.white.y)
        let z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / Self.white.z)
        let (lightness, a, b) = (116 * y - 16, 500 * (x - y), 200 * (y - z))
        length = (lightness * lightness + a * a + b * b).squareRoot()
        saturation = acos(lightness / length)
        hue = atan2(b, a)
    }

    private init(length: Double, saturation: Double, hue: Double) {
        self.length = length
        self.saturation = saturation
        self.hue = hue
    }

    /// The hue to give the grey middle so that the way there stays even and away from purple.
    private var spunHue: Double {
        guard length < Self.middleLength else { return hue }
        let excess = (Self.middleLength * Self.middleLength - length * length).squareRoot()
        let spin = saturation * excess / (length * sin(saturation))
        return hue > -Double.pi / 3 ? hue + spin : hue - spin
    }

    static func towardsGrey(from end: PolarLab, share: Double) -> Color {
        func between(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
        return PolarLab(
            length: between(end.length, middleLength), saturation: between(end.saturation, 0),
            hue: between(end.hue, end.spunHue)
        ).color
    }

    private var color: Color {
        func cube(_ value: Double) -> Double {
            value > 0.206893 ? value * value * value : (value - 16.0 / 116) / 7.787
        }
        func encoded(_ value: Double) -> Double {
            value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
        }
        let y = (length * cos(saturation) + 16) / 116
        let x = cube(y + length * sin(saturation) * cos(hue) / 500) * Self.white.x
        let z = cube(y - length * sin(saturation) * sin(hue) / 200) * Self.white.z
        let level = cube(y) * Self.white.y
        return Color(
            red: encoded(3.2406 * x - 1.5372 * level - 0.4986 * z),
            green: encoded(-0.9689 * x + 1.8758 * level + 0.0415 * z),
            blue: encoded(0.0557 * x - 0.2040 * level + 1.0570 * z))
    }
}
