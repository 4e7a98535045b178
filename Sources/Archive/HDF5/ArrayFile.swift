/// Arrays in HDF5 files of other programs.
public enum ArrayFile {
    /// The shape, slowest axis first, and the values of a dataset of numbers.
    ///
    /// - Throws: `ArchiveError` where the file or the dataset is missing or holds no numbers; the message lists
    ///   what there is.
    public static func read(_ path: String, dataset name: String) throws -> (shape: [Int], values: [Float]) {
        try numbers(path, name)
    }

    /// The same with 64 bits.
    public static func readDoubles(
        _ path: String, dataset name: String
    ) throws -> (shape: [Int], values: [Double]) {
        try numbers(path, name)
    }

    private static func numbers<Element: HDF5Element>(
        _ path: String, _ name: String
    ) throws -> (shape: [Int], values: [Element]) {
        let file = try HugoniotFile.openHDF5(path)
        let trimmed = name.split(separator: "/").joined(separator: "/")
        do {
            guard !trimmed.isEmpty, try file.root.contains(trimmed),
                try file.root.kind(of: trimmed) == .dataset
            else {
                let names = try file.root.allDatasets().filter { $0.elementType != nil }.map(\.path)
                throw ArchiveError(
                    .mismatch,
                    "\(path) has no dataset '\(name)'; it has \(names.joined(separator: ", "))")
            }
            let dataset = try file.root.dataset(trimmed)
            guard dataset.elementType != nil else {
                throw ArchiveError(.mismatch, "\(path): '\(name)' holds no numbers")
            }
            return (try dataset.shape(), try dataset.read())
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }
}
