import Fluids
import Numerics

/// Fills the rows of both sides of a few faces. The formula is known to the closure only, so that reconstructions and
/// Riemann solvers are compiled apart: their numbers add, and do not multiply.
package struct StateReconstruction<Scalar: Real>: Sendable {
    /// `count` faces from `face` on, rounded up to whole vectors.
    let fill:
        @Sendable (_ stencil: FaceStencil<Scalar>, _ face: Int, _ count: Int, _ rows: SideRows<Scalar>) ->
            Void

    /// A reconstruction of primitive variables or of their waves.
    package init<R: Reconstruction, F: Fluid>(_: R.Type, _ projection: Projection, _ fluid: F)
    where F.Scalar == Scalar {
        switch projection {
        case .component:
            fill = { stencil, face, count, rows in
                for row in 0..<rows.count { Self.component(R.self, stencil, face, count, rows, row) }
            }
        case .characteristic:
            fill = { stencil, face, count, rows in
                Self.waves(R.self, fluid, stencil, face, count, rows)
                for row in 3..<max(3, rows.count) { Self.component(R.self, stencil, face, count, rows, row) }
            }
        }
    }

    /// One variable by itself.
    @inline(never) private static func component<R: Reconstruction>(
        _: R.Type, _ stencil: FaceStencil<Scalar>, _ face: Int, _ count: Int, _ rows: SideRows<Scalar>,
        _ row: Int
    ) {
        typealias V = Scalar.Vector
        let mean = V(rows.mean(row))
        let offset = rows.variable(row) * stencil.variableStride + face
        let target = row * rows.width
        for at in stride(from: 0, to: count, by: V.count) {
            let cells = SixCells<V>(stencil, offset + at)
            (cells.left(R.self) + mean).store(at: rows.left + target + at)
            (cells.right(R.self) + mean).store(at: rows.right + target + at)
        }
    }
}

/// One quantity in the six cells of each face of a vector.
struct SixCells<V: Lanes> {
    let c0: V
    let c1: V
    let c2: V
    let c3: V
    let c4: V
    let c5: V

    /// Reads them at an offset from variable 0 of face 0.
    @inline(__always) init(_ stencil: FaceStencil<V.Element>, _ offset: Int) {
        c0 = V(at: stencil.cell0 + offset)
        c1 = V(at: stencil.cell1 + offset)
        c2 = V(at: stencil.cell2 + offset)
        c3 = V(at: stencil.cell3 + offset)
        c4 = V(at: stencil.cell4 + offset)
        c5 = V(at: stencil.cell5 + offset)
    }

    /// A combination of two quantities, cell by cell.
    @inline(__always) init(_ a: SixCells, _ b: SixCells, _ combine: (V, V) -> V) {
        c0 = combine(a.c0, b.c0)
        c1 = combine(a.c1, b.c1)
        c2 = combine(a.c2, b.c2)
        c3 = combine(a.c3, b.c3)
        c4 = combine(a.c4, b.c4)
        c5 = combine(a.c5, b.c5)
    }

    /// What the cells on the left tell about the face between c2 and c3.
    @inline(__always) func left<R: Reconstruction>(_: R.Type) -> V { R.face(c0, c1, c2, c3, c4) }

    /// What the cells on the right tell about it.
    @inline(__always) func right<R: Reconstruction>(_: R.Type) -> V { R.face(c5, c4, c3, c2, c1) }
}
