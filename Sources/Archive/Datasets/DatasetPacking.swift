/// Packs a finished dataset into a compressed file, sample after sample, so that the order in which samples finished
/// leaves no trace.
enum DatasetPacking {
    /// Throws `HDF5Error`.
    static func pack(
        _ source: HDF5Group, _ description: DatasetDescription, _ statuses: [SampleStatus],
        into file: HDF5File
    ) throws {
        try DatasetCreation.layOut(file.root, description, deflateLevel: description.deflateLevel)
        let (from, to) = (try DatasetRows(source, description), try DatasetRows(file.root, description))
        let reasons = try from.readReasons()
        for index in statuses.indices {
            try to.write(from.read(index), at: index)
            try to.writeReason(reasons[index], at: index)
            try to.write(statuses[index], at: index)
        }
        try to.shortenSplits(to: statuses)
        for part in ["inputs", "outputs"] {
            for name in DatasetLayout.statisticNames {
                let dataset = "statistics/\(part)/\(name)"
                let values: [Double] = try source.dataset(dataset).read()
                try file.root.dataset(dataset).write(values)
            }
        }
    }
}
