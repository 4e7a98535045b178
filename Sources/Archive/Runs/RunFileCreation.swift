import Foundation

/// Lays out a new run file.
enum RunFileCreation {
    /// Creates groups, grid, geometry and empty datasets. Throws `HDF5Error`.
    static func layOut(_ file: HDF5File, _ description: RunFileDescription) throws {
        try HugoniotFile.mark(file.root, format: RunFileLayout.format)
        try writeProvenance(file.root, description)
        try file.root.attributes.write("started", .text(RunFileLayout.timestamp(description.started)))
        try writeGrid(file.root, description.axes)
        if let geometry = description.geometry {
            try writeGeometry(file.root, geometry, description)
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

    private static func writeGrid(_ root: HDF5Group, _ axes: [RunAxis]) throws {
        let grid = try root.createGroup("grid")
        for axis in axes {
            let centers = try grid.createDataset(axis.name, axis.centers)
            try grid.createDataset("\(axis.name)_faces", axis.faces)
            try centers.becomeDimensionScale(axis.name)
            // A second name at the root: netCDF tools look for coordinates in the groups above a variable.
            try root.link(axis.name, to: "/grid/\(axis.name)")
        }
    }

    private static func writeGeometry(
        _ root: HDF5Group, _ geometry: RunGeometry, _ description: RunFileDescription
    ) throws {
        let group = try root.createGroup("geometry")
        let shape = description.fieldShape
        let chunk = DatasetStorage.rows(shape, .float32, deflateLevel: 0).chunk.map { Array($0.dropFirst()) }
        let storage = DatasetStorage(chunk: chunk, deflateLevel: description.deflateLevel)
        let distance = try group.createDataset("sdf", geometry.signedDistance, shape: shape, storage: storage)
        let mask = try group.createDataset("mask", geometry.mask, shape: shape, storage: storage)
        for dataset in [distance, mask] { try attachAxes(root, dataset, description.axes, firstAxis: 0) }
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
            try attachAxes(root, field, description.axes, firstAxis: 1)
        }
    }

    private static func attachAxes(
        _ root: HDF5Group, _ dataset: HDF5Dataset, _ axes: [RunAxis], firstAxis: Int
    ) throws {
        for (offset, axis) in axes.reversed().enumerated() {
            try dataset.attach(root.dataset("grid/\(axis.name)"), axis: firstAxis + offset)
        }
    }
}
