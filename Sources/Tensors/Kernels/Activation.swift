import Numerics

/// A function that is applied to every value of a layer's result.
public enum Activation: String, Sendable, CaseIterable {
    /// The identity.
    case none
    /// x·Φ(x) (Hendrycks & Gimpel 2016, arXiv:1606.08415), the exact form.
    case gelu
    /// max(0, x).
    case relu

    /// The value and the derivative in every lane.
    @inline(__always) func apply<V: Lanes>(_ x: V) -> (value: V, slope: V) {
        switch self {
        case .none: return (x, V(1))
        case .gelu:
            let (integral, density) = Gaussian.distribution(x)
            return (x * integral, integral.adding(x, times: density))
        case .relu:
            let positive = V.less(V(0), x)
            return (V.choose(positive, x, V(0)), V.choose(positive, V(1), V(0)))
        }
    }
}

/// Loops over rows of channels.
enum RowKernels {
    /// x ← f(x + bias), and the derivative where it is wanted. `bias` has a value for every channel.
    @inline(__always) static func activate<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>, rows: Int, channels: Int, bias: UnsafePointer<Scalar>?,
        _ activation: Activation, slope: UnsafeMutablePointer<Scalar>?
    ) {
        switch activation {
        case .none:
            if let bias { loop(x, rows, channels, bias, nil) { ($0, $0) } }
        case .gelu: loop(x, rows, channels, bias, slope) { Activation.gelu.apply($0) }
        case .relu: loop(x, rows, channels, bias, slope) { Activation.relu.apply($0) }
        }
    }

    @inline(__always) private static func loop<Scalar: Real>(
        _ x: UnsafeMutablePointer<Scalar>, _ rows: Int, _ channels: Int, _ bias: UnsafePointer<Scalar>?,
        _ slope: UnsafeMutablePointer<Scalar>?, _ function: (Scalar.Vector) -> (Scalar.Vector, Scalar.Vector)
    ) {
        typealias V = Scalar.Vector
        for row in 0..<rows {
            var channel = 0
            while channel < channels {
                let (at, width) = (row &* channels &+ channel, min(V.count, channels &- channel))
                var input = V(at: x + at)
                if let bias { input = input + V(at: bias + channel) }
                let (value, derivative) = function(input)
                Products.put(value, x + at, width, false)
                if let slope { Products.put(derivative, slope + at, width, false) }
                channel &+= V.count
            }
        }
    }

    /// Sums the rows into one: total += Σ x[row].
    @inline(__always) static func addRows<Scalar: Real>(
        _ x: UnsafePointer<Scalar>, rows: Int, channels: Int, to total: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        var channel = 0
        while channel < channels {
            // Four sums, because each addition waits for the one before.
            var (a, b, c, d) = (V(0), V(0), V(0), V(0))
            var row = 0
            while row &+ 4 <= rows {
                let source = x + (row &* channels &+ channel)
                a = a + V(at: source)
                b = b + V(at: source + channels)
                c = c + V(at: source + 2 &* channels)
                d = d + V(at: source + 3 &* channels)
                row &+= 4
            }
            while row < rows {
                a = a + V(at: x + (row &* channels &+ channel))
                row &+= 1
            }
            Products.put((a + b) + (c + d), total + channel, min(V.count, channels - channel), true)
            channel += V.count
        }
    }

    /// The sum of all rows, by all workers; the scratch memory holds a row for each.
    @inline(__always) static func addRows<Scalar: Real>(
        _ x: UnsafePointer<Scalar>, rows: Int, channels: Int, into place: GradientPlace<Scalar>?,
        _ workers: Workers, _ workspace: UnsafeMutablePointer<Scalar>
    ) {
        guard place != nil else { return }
        let spaces = WorkerSpaces(workers, workspace, channels)
        for worker in 0..<workers.count { spaces.space(worker).update(repeating: 0, count: channels) }
        spaces.share(rows) { items, sums in
            addRows(x + items.lowerBound * channels, rows: items.count, channels: channels, to: sums)
        }
        reduce(workers.count, count: channels, into: place) { UnsafePointer(spaces.space($0)) }
    }

    /// The sum of the first lanes.
    @inline(__always) static func total<V: Lanes>(_ value: V, first count: Int) -> V.Element {
        var total = V.Element(0)
        withUnsafePointer(to: value) { pointer in
            pointer.withMemoryRebound(to: V.Element.self, capacity: V.count) { lanes in
                for lane in 0..<count { total += lanes[lane] }
            }
        }
        return total
    }

    /// The transpose of a small matrix.
    @inline(__always) static func transpose<Scalar: Real>(
        _ x: UnsafePointer<Scalar>, rows: Int, columns: Int, into y: UnsafeMutablePointer<Scalar>
    ) {
        for row in 0..<rows {
            for column in 0..<columns { y[column &* rows &+ row] = x[row &* columns &+ column] }
        }
    }

    /// target = Σ parts, or target += Σ parts, part after part.
    @inline(__always) static func reduce<Scalar: Real>(
        _ parts: Int, count: Int, into place: GradientPlace<Scalar>?,
        _ part: (Int) -> UnsafePointer<Scalar>
    ) {
        guard let place else { return }
        for index in 0..<parts {
            let source = part(index)
            if index == 0 && !place.accumulates {
                place.base.update(from: source, count: count)
            } else {
                for i in 0..<count { place.base[i] += source[i] }
            }
        }
    }
}
