import Fluids
import Numerics

/// The bodies as one block sees them: the states behind the walls that its stencils reach, and what passes the faces of
/// closed bodies in its rows.
final class BlockBodies<Codec: StorageCodec, F: Fluid>: Sendable where F.Scalar == Codec.Scalar {
    let geometry: ImmersedBodies<Codec.Scalar>
    // Of the geometry; rows ask for them too often to go there each time.
    let spans: SolidSpans
    let thinWalls: [ThinWalls]
    let oneCellWalls: OneCellWalls
    let ghosts: GhostStates<Codec, F>
    let balance: SurfaceBalance<Codec, F>

    /// - Parameters:
    ///   - halo: Of the state: tells which planes the block sees.
    ///   - rows: The rows of the whole grid that the block owns.
    init(
        _ geometry: ImmersedBodies<Codec.Scalar>, halo: Halo<Codec>, rows: Range<Int>, shape: GridShape,
        medium: Medium<F>
    ) {
        self.geometry = geometry
        spans = geometry.spans
        thinWalls = geometry.thinWalls
        oneCellWalls = geometry.oneCellWalls
        ghosts = GhostStates(
            geometry.layout, ghosts: Self.ghosts(geometry, halo: halo, shape: shape), rows: rows,
            medium: medium)
        balance = SurfaceBalance(geometry.surface, rows: rows, medium: medium)
    }

    /// The ghosts in the rows of a block and its halo, and those of thin walls in its rows of faces.
    private static func ghosts(
        _ geometry: ImmersedBodies<Codec.Scalar>, halo: Halo<Codec>, shape: GridShape
    ) -> [Int] {
        let layout = geometry.layout
        guard halo.planes.count < shape.marchCells else { return Array(0..<layout.count) }
        var isSeen = [Bool](repeating: false, count: layout.count)
        for plane in halo.visiblePlanes {
            let first = shape.wrapped(plane: plane) * shape.middleCells
            for ghost in layout.rowStarts[first]..<layout.rowStarts[first + shape.middleCells] {
                isSeen[ghost] = true
            }
        }
        for (direction, walls) in geometry.thinWalls.enumerated() {
            for row in shape.faceRows(of: halo.planes, direction: direction) {
                for face in walls[row] {
                    for slot in 0..<6 where face.ghosts[slot] >= 0 { isSeen[Int(face.ghosts[slot])] = true }
                }
            }
        }
        return isSeen.indices.filter { isSeen[$0] }
    }
}

extension GridShape {
    /// The rows of faces of one direction that the update of some planes takes; numbered as in ``FaceRows``.
    fileprivate func faceRows(of planes: Range<Int>, direction: Int) -> [Int] {
        let rows = Array(planes.lowerBound * middleCells..<planes.upperBound * middleCells)
        if direction == marchDirection {
            return rows + (0..<middleCells).map { planes.upperBound * middleCells + $0 }
        }
        return direction == middleDirection ? rows + planes.map { rowCount + $0 } : rows
    }
}
