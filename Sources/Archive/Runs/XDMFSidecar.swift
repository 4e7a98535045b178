import Foundation

/// Writes `RUN.xdmf`, a small XML text that lets ParaView and VisIt open `RUN.h5`: XDMF 2, one rectilinear
/// mesh, a temporal collection, every field a cell-centred scalar that points into the HDF5 file by its
/// relative name. A 1-D run appears as one row of cells.
public enum XDMFSidecar {
    /// The sidecar's path for a run file.
    public static func path(forRunFile path: String) -> String {
        (path as NSString).deletingPathExtension + ".xdmf"
    }

    /// Writes the sidecar of a run file, in one step. Throws `ArchiveError`.
    public static func write(forRunFile path: String) throws {
        let target = self.path(forRunFile: path)
        let reader = try RunFileReader(path)
        do {
            try Data(text(reader).utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
        } catch {
            throw ArchiveError(
                .unwritable,
                "\(path) is complete, but \(target) could not be written: \(error.localizedDescription)")
        }
    }

    static func text(_ reader: RunFileReader) throws -> String {
        let name = escape((reader.path as NSString).lastPathComponent)
        let grids = reader.times.indices.map { snapshotText(reader, name, $0) }.joined()
        return """
            <?xml version="1.0" ?>
            <!DOCTYPE Xdmf SYSTEM "Xdmf.dtd" []>
            <Xdmf Version="2.0">
              <Domain>
                <Grid Name="run" GridType="Collection" CollectionType="Temporal">
            \(grids)    </Grid>
              </Domain>
            </Xdmf>

            """
    }

    private static func snapshotText(_ reader: RunFileReader, _ name: String, _ index: Int) -> String {
        let shape = meshShape(reader)
        let points = shape.map { $0 + 1 }
        let kind = shape.count == 2 ? "2DRectMesh" : "3DRectMesh"
        let geometry = shape.count == 2 ? "VXVY" : "VXVYVZ"
        let fields = reader.fieldNames.map { fieldText(reader, name, $0, index) }.joined()
        return """
                  <Grid Name="snapshot \(index)" GridType="Uniform">
                    <Time Value="\(reader.times[index])"/>
                    <Topology TopologyType="\(kind)" Dimensions="\(list(points))"/>
                    <Geometry GeometryType="\(geometry)">
            \(facesText(reader, name))        </Geometry>
            \(fields)      </Grid>

            """
    }

    /// The mesh's cells, slowest axis first; a line becomes a row.
    private static func meshShape(_ reader: RunFileReader) -> [Int] {
        reader.axes.count == 1 ? [1] + reader.fieldShape : reader.fieldShape
    }

    private static func facesText(_ reader: RunFileReader, _ name: String) -> String {
        var items = reader.axes.map { axis in
            """
                      <DataItem Dimensions="\(axis.faces.count)" NumberType="Float" Precision="8" Format="HDF">
                        \(name):/grid/\(axis.name)_faces
                      </DataItem>

            """
        }
        if let axis = reader.axes.first, reader.axes.count == 1 {
            let height = ((axis.faces.last ?? 1) - (axis.faces.first ?? 0)) / 20
            items.append(
                """
                          <DataItem Dimensions="2" NumberType="Float" Precision="8" Format="XML">0 \(height)</DataItem>

                """)
        }
        return items.joined()
    }

    private static func fieldText(
        _ reader: RunFileReader, _ name: String, _ field: String, _ index: Int
    ) -> String {
        let shape = reader.fieldShape
        let start = [index] + shape.map { _ in 0 }
        let selection = [start, start.map { _ in 1 }, [1] + shape].map(list).joined(separator: " ")
        let full = [reader.snapshotCount] + shape
        return """
                    <Attribute Name="\(escape(field))" AttributeType="Scalar" Center="Cell">
                      <DataItem ItemType="HyperSlab" Dimensions="\(list(meshShape(reader)))">
                        <DataItem Dimensions="3 \(full.count)" Format="XML">\(selection)</DataItem>
                        <DataItem Dimensions="\(list(full))" NumberType="Float" Precision="\(reader.fieldPrecision)" Format="HDF">
                          \(name):/fields/\(escape(field))
                        </DataItem>
                      </DataItem>
                    </Attribute>

            """
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

    private static func escape(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
