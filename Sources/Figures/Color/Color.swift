import Foundation

/// A colour in the sRGB space; every component lies in 0...1.
public struct Color: Sendable, Hashable {
    /// Red, 0...1.
    public var red: Double
    /// Green, 0...1.
    public var green: Double
    /// Blue, 0...1.
    public var blue: Double
    /// Opacity: 0 is invisible, 1 covers what lies beneath.
    public var alpha: Double

    /// A colour from its sRGB components, each clamped to 0...1.
    public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        func clamped(_ value: Double) -> Double { min(max(value, 0), 1) }
        self.red = clamped(red)
        self.green = clamped(green)
        self.blue = clamped(blue)
        self.alpha = clamped(alpha)
    }

    /// A colour from a number such as `0x0072B2`: two hexadecimal digits each for red, green and blue.
    public init(hex: UInt32, alpha: Double = 1) {
        self.init(
            red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255,
            blue: Double(hex & 0xFF) / 255, alpha: alpha)
    }

    /// A grey of the given sRGB level: 0 is black, 1 is white.
    public static func grey(_ level: Double) -> Color { Color(red: level, green: level, blue: level) }

    /// The same colour with another opacity.
    public func opacity(_ alpha: Double) -> Color {
        Color(red: red, green: green, blue: blue, alpha: alpha)
    }

    /// CIE 1976 lightness L* in 0...100 (D65 white), which is what "monotone lightness" of a map means.
    public var lightness: Double {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let luminance = 0.2126729 * linear(red) + 0.7151522 * linear(green) + 0.0721750 * linear(blue)
        return luminance > 216.0 / 24389 ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
    }

    /// The colour as one opaque 32-bit pixel, `0xFFRRGGBB`.
    package var pixel: UInt32 {
        func byte(_ value: Double) -> UInt32 { UInt32((value * 255).rounded()) }
        return 0xFF00_0000 | byte(red) << 16 | byte(green) << 8 | byte(blue)
    }

    func mixed(with other: Color, share: Double) -> Color {
        Color(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share, alpha: alpha + (other.alpha - alpha) * share)
    }
}

extension Color {
    /// White, the paper.
    public static let white = Color.grey(1)
    /// Near black, for text and exact solutions.
    public static let ink = Color.grey(0.13)
    /// The grey of bodies.
    public static let body = Color.grey(0.62)
    /// The colour of cells that hold NaN or infinity. No map of this module comes near it.
    public static let nonFinite = Color(hex: 0xFF00FF)

    /// Colours that stay distinct to colour-blind eyes, for the first, second, … series of a panel.
    ///
    /// M. Okabe and K. Ito (2008), Color universal design, https://jfly.uni-koeln.de/color; yellow is left
    /// out because it is hard to see on white.
    public static let series: [Color] = [
        Color(hex: 0x0072B2), Color(hex: 0xD55E00), Color(hex: 0x009E73), Color(hex: 0xCC79A7),
        Color(hex: 0xE69F00), Color(hex: 0x56B4E9), Color(hex: 0x4D4D4D),
    ]

    /// The colour of series `index`; after the last colour the list starts again.
    public static func series(_ index: Int) -> Color {
        series[((index % series.count) + series.count) % series.count]
    }
}
