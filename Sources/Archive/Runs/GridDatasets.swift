/// The groups `/grid` and `/geometry`, which run files and geometry files share.
enum GridDatasets {
    /// Writes `/grid` and the names of the axes at the root. Throws `HDF5Error`.
    static func writeAxes(_ axes: [RunAxis], to root: HDF5Group) throws {
        let grid = try root.createGroup("grid")
        for axis in axes {
            let centers = try grid.createDataset(axis.name, axis.centers)
            try grid.createDataset("\(axis.name)_faces", axis.faces)
            try centers.becomeDimensionScale(axis.name)
            // A second name at the root: netCDF tools look for coordinates in the groups above a variable.
            try root.link(axis.name, to: "/grid/\(axis.name)")
        }
    }

    /// Reads `/grid`, x first. Throws `HDF5Error`.
    static func readAxes(_ root: HDF5Group) throws -> [RunAxis] {
        let grid = try root.group("grid")
        let axes = try RunFileLayout.axisNames.filter { try grid.contains($0) }.map { name in
            RunAxis(
                name: name, faces: try grid.dataset("\(name)_faces").read(),
                centers: try grid.dataset(name).read())
        }
        do { try RunFileLayout.validate(axes) } catch let error as ArchiveError {
            throw grid.location.failure("read the grid", error.message)
        }
        for axis in axes
        where !zip(axis.faces, axis.faces.dropFirst()).allSatisfy(<) || !axis.faces.allSatisfy(\.isFinite) {
            throw grid.location.failure("read the grid", "the faces of the axis \(axis.name) do not ascend")
        }
        return axes
    }

    /// Writes `/geometry/sdf` and `/geometry/mask`, labelled with their axes. Throws `HDF5Error`.
    static func writeGeometry(
        _ geometry: RunGeometry, axes: [RunAxis], deflateLevel: Int, to root: HDF5Group
    ) throws {
        let group = try root.createGroup("geometry")
        let shape = axes.reversed().map(\.cellCount)
        let chunk = DatasetStorage.rows(shape, .float32, deflateLevel: 0).chunk.map { Array($0.dropFirst()) }
        let storage = DatasetStorage(chunk: chunk, deflateLevel: deflateLevel)
        let distance = try group.createDataset("sdf", geometry.signedDistance, shape: shape, storage: storage)
        let mask = try group.createDataset("mask", geometry.mask, shape: shape, storage: storage)
        for dataset in [distance, mask] { try attach(axes, to: dataset, firstAxis: 0, root) }
    }

    /// Reads `/geometry`; nil where there is none. Throws `HDF5Error`.
    static func readGeometry(_ root: HDF5Group) throws -> RunGeometry? {
        guard try root.contains("geometry/sdf") else { return nil }
        return RunGeometry(
            signedDistance: try root.dataset("geometry/sdf").read(),
            mask: try root.dataset("geometry/mask").read())
    }

    /// Labels the axes of a dataset, whose slowest axis of the grid is `firstAxis`. Throws `HDF5Error`.
    static func attach(
        _ axes: [RunAxis], to dataset: HDF5Dataset, firstAxis: Int, _ root: HDF5Group
    ) throws {
        for (offset, axis) in axes.reversed().enumerated() {
            try dataset.attach(root.dataset("grid/\(axis.name)"), axis: firstAxis + offset)
        }
    }
}
