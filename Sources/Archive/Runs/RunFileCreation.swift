import Foundation

/// Lays out a new run file.
enum RunFileCreation {
    /// Creates groups, grid, geometry and empty datasets. Throws `HDF5Error`.
    static func layOut(_ file: HDF5File, _ description: RunFileDescription) throws {
        try HugoniotFile.mark(file.root, format: RunFileLayout.format)
        try writeProvenance(file.root, description)
        try file.root.attributes.write("started", .text(RunFileLayout.timestamp(description.started)))
        try GridDatasets.writeAxes(description.axes, to: file.root)
        if let geometry = description.geometry {
            try GridDatasets.writeGeometry(
                geometry, axes: description.axes, deflateLevel: description.deflateLevel, to: file.root)
        }
        try createSnapshots(file.root, description)
        try file.flush()
    }

    /// Writes what says how the results came about. Throws `HDF5Error`.
    static func writeProvenance(_ root: HDF5Group, _ description: RunFileDescription) throws {
        var values = description.attributes
        values["tool_version"] = .text(description.toolVersion)
        values["case"] = .text(description.caseText)
        values["case_sha256"] = .text(Fingerprint.sha256(of: description.caseText))
        values["storage"] = .text(description.storage)
        values["status"] = "running"
        try root.attributes.write(values)
    }

    private static func createSnapshots(_ root: HDF5Group, _ description: RunFileDescription) throws {
        let time = try root.createDataset("time", .float64, shape: [0], storage: .series(chunkLength: 128))
        try time.becomeDimensionScale("time")
        let step = try root.createDataset("step", .int64, shape: [0], storage: .series(chunkLength: 128))
        try step.attach(time, axis: 0)
        let group = try root.createGroup("fields")
        let shape = description.fieldShape
        let storage = DatasetStorage.rows(
            shape, description.fieldType, deflateLevel: description.deflateLevel)
        for name in description.fields {
            let field = try group.createDataset(
                name, description.fieldType, shape: [0] + shape, storage: storage)
            try field.attach(time, axis: 0)
            try GridDatasets.attach(description.axes, to: field, firstAxis: 1, root)
        }
    }
}
