import Foundation
import Numerics

/// The covariance of observation errors in a file.
struct CovarianceTable {
    let path: String
    /// As messages name it.
    let shown: String
    /// The path in an HDF5 file.
    let dataset: String
    let arrays: (any ArraySource)?

    /// Its Cholesky factor.
    func factor(size: Int) throws(ArchiveProblem) -> Cholesky {
        let values = try values(size: size)
        let matrix = Matrix(rows: size, columns: size, values: values)
        for row in 0..<size {
            for column in 0..<row where !isSymmetric(matrix[row, column], matrix[column, row]) {
                throw ArchiveProblem(
                    message: "\(shown) is not symmetric: row \(row + 1), column \(column + 1) is "
                        + "\(matrix[row, column]), its mirror \(matrix[column, row])")
            }
        }
        guard let factor = Cholesky(matrix) else {
            throw ArchiveProblem(
                message:
                    "\(shown) is not positive definite: some combination of observations would have no error",
                hint: "add the variance of independent errors to the diagonal")
        }
        return factor
    }

    private func isSymmetric(_ one: Double, _ other: Double) -> Bool {
        abs(one - other) <= 1e-8 * max(abs(one), abs(other))
    }

    private func values(size: Int) throws(ArchiveProblem) -> [Double] {
        let values = ObservationTable.isArchive(shown) ? try stored() : try written()
        guard values.count == size * size else {
            throw ArchiveProblem(
                message: "\(shown) has \(values.count) numbers",
                hint: "\(size) observations need \(size) rows of \(size) numbers, in their order")
        }
        return values
    }

    private func stored() throws(ArchiveProblem) -> [Double] {
        guard let arrays else { throw ArchiveProblem(message: "HDF5 files cannot be read here") }
        do { return try arrays.array(path, dataset: dataset).values } catch {
            throw ArchiveProblem(message: "\(error)")
        }
    }

    private func written() throws(ArchiveProblem) -> [Double] {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw ArchiveProblem(
                message: "\(shown) cannot be read as a text file",
                hint: "a relative path starts from the folder of the calibration")
        }
        var values: [Double] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) && line.first != "#" {
            for cell in line.split(separator: ",") {
                guard let value = Double(cell.trimmingCharacters(in: .whitespaces)), value.isFinite else {
                    throw ArchiveProblem(message: "\(shown):\(number + 1): \"\(cell)\" is no number")
                }
                values.append(value)
            }
        }
        return values
    }
}
