import Numerics

/// Fields of files, [channel, (z,) (y,) x], to and from fields of networks, [(z,) (y,) x, channel]. One sample at a time.
public enum ChannelOrder {
    /// Channels first to channels last.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    public static func last<Scalar: Real>(
        _ source: UnsafePointer<Scalar>, points: Int, channels: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        for channel in 0..<channels {
            for point in 0..<points {
                target[point &* channels &+ channel] = source[channel &* points &+ point]
            }
        }
    }

    /// Channels last to channels first.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    public static func first<Scalar: Real>(
        _ source: UnsafePointer<Scalar>, points: Int, channels: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        for channel in 0..<channels {
            for point in 0..<points {
                target[channel &* points &+ point] = source[point &* channels &+ channel]
            }
        }
    }
}
