/// The XDMF 2 texts of one rectilinear mesh with its cell-centred scalars, which point into an HDF5 file that
/// lies beside the text. A line appears as one row of cells.
struct XDMFMesh {
    /// The name of the HDF5 file, without its folder.
    let fileName: String
    /// The grid's axes, x first.
    let axes: [RunAxis]

    /// A scalar: the whole dataset, or one of its rows.
    struct Scalar {
        let name: String
        let path: String
        let type: ElementType
        /// The row and the number of rows; nil where the dataset has the shape of the grid.
        var row: (index: Int, count: Int)?
    }

    private var name: String { Self.escape(fileName) }
    private var gridShape: [Int] { axes.reversed().map(\.cellCount) }
    /// The mesh's cells, slowest axis first; a line becomes a row.
    private var shape: [Int] { axes.count == 1 ? [1] + gridShape : gridShape }

    /// A `Grid` element of the given name.
    func grid(_ title: String, time: Double? = nil, _ scalars: [Scalar]) -> String {
        let kind = shape.count == 2 ? "2DRectMesh" : "3DRectMesh"
        let geometry = shape.count == 2 ? "VXVY" : "VXVYVZ"
        let timeText = time.map { "        <Time Value=\"\($0)\"/>\n" } ?? ""
        return """
                  <Grid Name="\(Self.escape(title))" GridType="Uniform">
            \(timeText)        <Topology TopologyType="\(kind)" Dimensions="\(Self.list(shape.map { $0 + 1 }))"/>
                    <Geometry GeometryType="\(geometry)">
            \(faces)        </Geometry>
            \(scalars.map(attribute).joined())      </Grid>

            """
    }

    /// The text around the grids.
    static func document(_ grids: String) -> String {
        """
        <?xml version="1.0" ?>
        <!DOCTYPE Xdmf SYSTEM "Xdmf.dtd" []>
        <Xdmf Version="2.0">
          <Domain>
        \(grids)  </Domain>
        </Xdmf>

        """
    }

    private var faces: String {
        var items = axes.map { axis in
            """
                      <DataItem Dimensions="\(axis.faces.count)" NumberType="Float" Precision="8" Format="HDF">
                        \(name):/grid/\(axis.name)_faces
                      </DataItem>

            """
        }
        if let axis = axes.first, axes.count == 1 {
            let height = ((axis.faces.last ?? 1) - (axis.faces.first ?? 0)) / 20
            items.append(
                """
                          <DataItem Dimensions="2" NumberType="Float" Precision="8" Format="XML">0 \(height)</DataItem>

                """)
        }
        return items.joined()
    }

    private func attribute(_ scalar: Scalar) -> String {
        """
                <Attribute Name="\(Self.escape(scalar.name))" AttributeType="Scalar" Center="Cell">
        \(scalar.row.map { row(scalar, $0.index, of: $0.count) } ?? whole(scalar, shape))        </Attribute>

        """
    }

    private func row(_ scalar: Scalar, _ index: Int, of count: Int) -> String {
        let start = [index] + gridShape.map { _ in 0 }
        let selection = [start, start.map { _ in 1 }, [1] + gridShape].map(Self.list).joined(separator: " ")
        let full = [count] + gridShape
        return """
                  <DataItem ItemType="HyperSlab" Dimensions="\(Self.list(shape))">
                    <DataItem Dimensions="3 \(full.count)" Format="XML">\(selection)</DataItem>
            \(whole(scalar, full))          </DataItem>

            """
    }

    private func whole(_ scalar: Scalar, _ shape: [Int]) -> String {
        let kind = scalar.type == .uint8 ? "UChar" : "Float"
        return """
                    <DataItem Dimensions="\(Self.list(shape))" NumberType="\(kind)" Precision="\(scalar.type.size)" Format="HDF">
                      \(name):\(Self.escape(scalar.path))
                    </DataItem>

            """
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.map(String.init).joined(separator: " ")
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
