import Numerics

/// A plane of points cut into tiles of 4 × 4 results, each of which reads 6 × 6 points; outside are zeros.
struct WinogradTiles: Sendable {
    let batch: Int
    let height: Int
    let width: Int
    private let down: Int
    private let across: Int

    init(batch: Int, height: Int, width: Int) {
        (self.batch, self.height, self.width) = (batch, height, width)
        (down, across) = ((height + 3) / 4, (width + 3) / 4)
    }

    /// The tiles of a convolution for which Winograd's algorithm pays: a kernel of 3 × 3 points between 16 channels or
    /// more, on a grid whose tiles need at most half as many products as its points, which tiny ones do not; nil
    /// for others.
    init?(_ field: Shape, outputs: Int, kernel: Int) {
        let spatial = field.spatial
        guard spatial.count == 2, kernel == 3, min(field.channels, outputs) >= 16 else { return nil }
        self.init(batch: field.batch, height: spatial[0], width: spatial[1])
        if 36 * 2 * count > 9 * field.rows { return nil }
    }

    /// All tiles.
    var count: Int { batch * down * across }

    /// The sample of a tile, and the place of its first result.
    @inline(__always) func origin(_ tile: Int) -> (sample: Int, y: Int, x: Int) {
        let (sample, rest) = tile.quotientAndRemainder(dividingBy: down &* across)
        let (row, column) = rest.quotientAndRemainder(dividingBy: across)
        return (sample, 4 &* row, 4 &* column)
    }

    /// The row of channels of a point near a tile's first result, nil outside of the plane.
    @inline(__always) func row(_ origin: (sample: Int, y: Int, x: Int), _ dy: Int, _ dx: Int) -> Int? {
        let (y, x) = (origin.y &+ dy, origin.x &+ dx)
        guard y >= 0, y < height, x >= 0, x < width else { return nil }
        return (origin.sample &* height &+ y) &* width &+ x
    }

    /// Bᵀ x B of some tiles: frequency f of tile t, channel c lies at `[(f·stride + t − first)·row + c]`.
    @inline(__always) func transform<Scalar: Real>(
        input x: UnsafePointer<Scalar>, channels: Int, _ range: Range<Int>,
        into v: UnsafeMutablePointer<Scalar>, first: Int, stride: Int, row: Int,
        scratch: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        for tile in range {
            let (origin, target) = (origin(tile), v + (tile &- first) &* row)
            for channel in Swift.stride(from: 0, to: channels, by: V.count) {
                WinogradTransforms.plane((6, 6), scratch, WinogradTransforms.input) { dy, dx -> V in
                    guard let at = self.row(origin, dy &- 1, dx &- 1) else { return V(0) }
                    return V(at: x + (at &* channels &+ channel))
                } write: { row1, column, value in
                    value.store(at: target + ((6 &* row1 &+ column) &* stride &* row &+ channel))
                }
            }
        }
    }

    /// A y Aᵀ of some tiles, laid out likewise.
    @inline(__always) func transform<Scalar: Real>(
        gradient y: UnsafePointer<Scalar>, channels: Int, _ range: Range<Int>,
        into v: UnsafeMutablePointer<Scalar>, first: Int, stride: Int, row: Int,
        scratch: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        for tile in range {
            let (origin, target) = (origin(tile), v + (tile &- first) &* row)
            for channel in Swift.stride(from: 0, to: channels, by: V.count) {
                WinogradTransforms.plane((4, 6), scratch, WinogradTransforms.outputAdjoint) { dy, dx -> V in
                    guard let at = self.row(origin, dy, dx) else { return V(0) }
                    return V(at: y + (at &* channels &+ channel))
                } write: { row1, column, value in
                    value.store(at: target + ((6 &* row1 &+ column) &* stride &* row &+ channel))
                }
            }
        }
    }
}
