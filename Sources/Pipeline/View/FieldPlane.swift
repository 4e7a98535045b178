import Figures
import Foundation

/// Values of one field on a plane of cells, or on a line, which is a plane of one row.
struct FieldPlane: Sendable {
    /// Rows from the lowest one, x fastest.
    var values: [Float]
    var width: Int
    var height: Int

    /// Cuts values on one to three axes. Throws `ToolError` for a layer that is not there.
    init(_ values: [Float], cells: [Int], _ request: FieldRequest) throws {
        switch cells.count {
        case 1: (self.values, width, height) = (values, values.count, 1)
        case 2: (self.values, width, height) = (values, cells[0], cells[1])
        default:
            let axis = Direction.allCases.firstIndex(of: request.slice) ?? 2
            try FieldRequest.check(request.layer, cells[axis], "layer")
            let volume = try Volume(
                values: values, cells: (cells[0], cells[1], cells[2]), x: 0...1, y: 0...1, z: 0...1)
            let plane = try volume.slice(across: request.slice, at: request.layer)
            (self.values, width, height) = (plane.values, plane.width, plane.height)
        }
    }

    /// Two extents and the values, all of four bytes, little-endian.
    var encoded: Data {
        var data = Data(capacity: 8 + 4 * values.count)
        for extent in [width, height] {
            withUnsafeBytes(of: UInt32(extent).littleEndian) { data.append(contentsOf: $0) }
        }
        #if _endian(little)
            values.withUnsafeBytes { data.append(contentsOf: $0) }
        #else
            for value in values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        #endif
        return data
    }
}
