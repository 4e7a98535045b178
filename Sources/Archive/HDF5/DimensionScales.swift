internal import CHDF5

extension HDF5Dataset {
    /// Declares this dataset to be the coordinate `name`, so that xarray and netCDF tools label axes with it.
    /// Throws `HDF5Error`.
    public func becomeDimensionScale(_ name: String) throws {
        try hdf5("name the dimension scale", location) { H5DSset_scale(handle.id, name) }
    }

    /// Labels axis `axis` (0 is the slowest) with the coordinate `scale`. Throws `HDF5Error`.
    public func attach(_ scale: HDF5Dataset, axis: Int) throws {
        try hdf5("attach the coordinate \(scale.path) to", location) {
            H5DSattach_scale(handle.id, scale.handle.id, UInt32(axis))
        }
    }
}
