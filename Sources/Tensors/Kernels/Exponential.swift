import Foundation
import Numerics

/// eˣ in vectors.
enum Exponential {
    /// eˣ in every lane.
    @inline(__always) static func of<V: Lanes>(_ x: V) -> V {
        if V.self == SIMD16<Float>.self {
            return unsafeBitCast(single(unsafeBitCast(x, to: SIMD16<Float>.self)), to: V.self)
        }
        var values = x
        withUnsafeMutablePointer(to: &values) { pointer in
            pointer.withMemoryRebound(to: V.Element.self, capacity: V.count) { lanes in
                for lane in 0..<V.count { lanes[lane] = V.Element(double: exp(lanes[lane].double)) }
            }
        }
        return values
    }

    /// eˣ = 2ⁿ·eʳ with |r| ≤ ½ ln 2 and a polynomial of degree 6 (Cephes' coefficients); relative error 2·10⁻⁷. Below
    /// −87 the result is e⁻⁸⁷.
    @inline(__always) static func single(_ argument: SIMD16<Float>) -> SIMD16<Float> {
        typealias V = SIMD16<Float>
        let x = V.smaller(V.larger(argument, V(-87)), V(88))
        // Adding 1.5·2²³ rounds to an integer, which then stands in the low bits.
        let shifted = V(12_582_912).adding(x, times: V(1.44269504))
        let n = shifted - V(12_582_912)
        let r = x.subtracting(n, times: V(0.693359375)).subtracting(n, times: V(-2.12194440e-4))
        var series = V(1.3981999507e-3).adding(V(1.9875691500e-4), times: r)
        series = V(8.3334519073e-3).adding(series, times: r)
        series = V(4.1665795894e-2).adding(series, times: r)
        series = V(1.6666665459e-1).adding(series, times: r)
        series = V(5.0000001201e-1).adding(series, times: r)
        let fraction = (V(1) + r).adding(series, times: r * r)
        let bits = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23 &+ 0x3F80_0000
        return fraction * unsafeBitCast(bits, to: V.self)
    }
}
