import Foundation

/// Finds out what a file holds.
public enum FileInspector {
    /// Texts longer than this, such as a whole case file, are left out of the facts.
    private static let longText = 200
    /// Datasets of more values are not read as a whole.
    private static let manyValues = 1 << 22

    /// Inspects an HDF5 file of any Hugoniot format. With `ranges`, each dataset's smallest and largest value
    /// are sought, in large datasets only in the last row. Throws `ArchiveError` telling apart a missing,
    /// non-HDF5, truncated, foreign, newer and outdated file.
    public static func inspect(_ path: String, ranges: Bool = true) throws -> FileFacts {
        let file = try HugoniotFile.openHDF5(path)
        do {
            let attributes = try file.root.attributes.all()
            let own = attributes["format"]?.text.flatMap { $0.hasPrefix("hugoniot-") ? $0 : nil }
            guard let format = try own ?? foreignDataset(file.root) else {
                throw ArchiveError(
                    .foreign, "\(path) is HDF5, but not written by Hugoniot\(hint(attributes))")
            }
            let version = attributes["format_version"]?.integer
            if let own { try HugoniotFile.checkVersion(path, version, HugoniotFile.versions(of: own)) }
            let hasTimes = try file.root.contains("time")
            return FileFacts(
                path: path, byteCount: size(path), format: format, formatVersion: version ?? 0,
                attributes: shortened(attributes),
                times: hasTimes ? try file.root.dataset("time").read() : [],
                datasets: try file.root.allDatasets().map { try facts($0, ranges) })
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Datasets of other programs are taken as they are.
    private static func foreignDataset(_ root: HDF5Group) throws -> String? {
        try DatasetForm.isDataset(root) ? "dataset of another program" : nil
    }

    private static func hint(_ attributes: [String: AttributeValue]) -> String {
        guard let format = attributes["format"]?.text else { return ": it has no 'format' attribute" }
        return ": it says format = \"\(format)\""
    }

    private static func shortened(_ attributes: [String: AttributeValue]) -> [String: AttributeValue] {
        attributes.filter { name, value in
            name != "format" && name != "format_version" && (value.text?.count ?? 0) <= longText
        }
    }

    private static func size(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    private static func facts(_ dataset: HDF5Dataset, _ ranges: Bool) throws -> DatasetFacts {
        let shape = try dataset.shape()
        let storage = try dataset.storage()
        let isLarge = shape.count > 1 && shape.reduce(1, *) > manyValues
        let range =
            ranges && dataset.elementType != nil && !shape.contains(0)
            ? try range(dataset, isLarge ? .row(shape[0] - 1, ofShape: shape) : nil) : ValueRange()
        return DatasetFacts(
            path: dataset.path, elementType: dataset.elementType, shape: shape, chunk: storage.chunk,
            deflateLevel: storage.deflateLevel, storedBytes: dataset.storedBytes(), minimum: range.minimum,
            maximum: range.maximum, nonFiniteCount: range.nonFiniteCount, rangeIsOfLastRow: isLarge)
    }

    /// Reads plane by plane, so that the largest grid needs little memory.
    private static func range(_ dataset: HDF5Dataset, _ part: Hyperslab?) throws -> ValueRange {
        var range = ValueRange()
        for plane in part.map(planes) ?? [nil] {
            let values: [Double] = try dataset.read(at: plane)
            for value in values { range.include(value) }
        }
        return range
    }

    /// One row cut into planes along its slowest axis.
    private static func planes(_ row: Hyperslab) -> [Hyperslab?] {
        (0..<row.count[1]).map { index in
            var start = row.start
            var count = row.count
            start[1] += index
            count[1] = 1
            return Hyperslab(start: start, count: count)
        }
    }
}

/// The extremes of a list of numbers.
private struct ValueRange {
    var minimum: Double?
    var maximum: Double?
    var nonFiniteCount = 0

    mutating func include(_ value: Double) {
        guard value.isFinite else { return nonFiniteCount += 1 }
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
    }
}
