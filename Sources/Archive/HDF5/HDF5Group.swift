internal import CHDF5

/// A group: a folder of groups and datasets. Names may be paths, `a/b/c`, below this group.
public final class HDF5Group: Sendable {
    let handle: HDF5Handle
    let location: HDF5Location

    /// The group's path in its file.
    public var path: String { location.path }
    /// The group's attributes.
    public var attributes: HDF5Attributes { HDF5Attributes(owner: handle, location: location) }

    /// The kinds of objects that a group holds.
    public enum ChildKind: Sendable, Equatable { case group, dataset, other }

    init(handle: HDF5Handle, location: HDF5Location) {
        self.handle = handle
        self.location = location
    }

    convenience init(parent: HDF5Handle, name: String, _ location: HDF5Location) throws {
        let handle = try HDF5Handle("open the group", location, keeping: parent) {
            H5Gopen2(parent.id, name, hid_t(H5P_DEFAULT))
        }
        self.init(handle: handle, location: location)
    }

    /// Opens the group `name`. Throws `HDF5Error`.
    public func group(_ name: String) throws -> HDF5Group {
        try HDF5Group(parent: handle, name: name, location.child(name))
    }

    /// Creates the group `name`; its parent must exist. Throws `HDF5Error`.
    public func createGroup(_ name: String) throws -> HDF5Group {
        let place = location.child(name)
        let created = try HDF5Handle("create the group", place, keeping: handle) {
            H5Gcreate2(handle.id, name, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
        }
        return HDF5Group(handle: created, location: place)
    }

    /// Opens the group `name`, creating it where it is missing. Throws `HDF5Error`.
    public func groupCreatingIfMissing(_ name: String) throws -> HDF5Group {
        try contains(name) ? group(name) : createGroup(name)
    }

    /// Whether `name`, each part of a path in turn, exists. Throws `HDF5Error`.
    public func contains(_ name: String) throws -> Bool {
        var partial = ""
        for part in name.split(separator: "/") {
            partial += partial.isEmpty ? String(part) : "/\(part)"
            let found = try hdf5("look for '\(partial)' in", location) {
                H5Lexists(handle.id, partial, hid_t(H5P_DEFAULT))
            }
            if found == 0 { return false }
        }
        return true
    }

    /// The names of the children, in alphabetical order. Throws `HDF5Error`.
    public func childNames() throws -> [String] {
        var info = H5G_info_t()
        try hdf5("list the group", location) { H5Gget_info(handle.id, &info) }
        var names: [String] = []
        // One by one: a file may promise more than it has.
        for index in 0..<info.nlinks {
            var buffer = [CChar](repeating: 0, count: 1024)
            try hdf5("list the group", location) {
                H5Lget_name_by_idx(
                    handle.id, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count,
                    hid_t(H5P_DEFAULT))
            }
            names.append(HDF5Names.text(buffer))
        }
        return names
    }

    /// All datasets below this group, depth first and in alphabetical order. Each is there once, however many names lead to
    /// it, and links that lead nowhere are left out. Throws `HDF5Error`.
    public func allDatasets() throws -> [HDF5Dataset] {
        var seen: Set<UInt64> = []
        return try allDatasets(&seen, depth: 0)
    }

    /// Groups are not nested more deeply than this in any file that somebody made to be read.
    private static let deepest = 64

    private func allDatasets(_ seen: inout Set<UInt64>, depth: Int) throws -> [HDF5Dataset] {
        guard depth < Self.deepest else { return [] }
        var found: [HDF5Dataset] = []
        for name in try childNames() {
            guard let address = try? address(of: name), seen.insert(address).inserted else { continue }
            switch try kind(of: name) {
            case .group: found += try group(name).allDatasets(&seen, depth: depth + 1)
            case .dataset: found.append(try dataset(name))
            case .other: break
            }
        }
        return found
    }

    /// Where the object of this name begins in the file: the same for all its names.
    private func address(of name: String) throws -> UInt64 {
        let child = try HDF5Handle("open", location.child(name)) {
            H5Oopen(handle.id, name, hid_t(H5P_DEFAULT))
        }
        var address: UInt64 = 0
        try hdf5("find", location.child(name)) { chdf5_object_address(child.id, &address) }
        return address
    }

    /// Removes the object `name`. Throws `HDF5Error`.
    func remove(_ name: String) throws {
        try hdf5("remove", location.child(name)) { H5Ldelete(handle.id, name, hid_t(H5P_DEFAULT)) }
    }

    /// What the child `name` is. Throws `HDF5Error`.
    public func kind(of name: String) throws -> ChildKind {
        let child = try HDF5Handle("open", location.child(name)) {
            H5Oopen(handle.id, name, hid_t(H5P_DEFAULT))
        }
        var type = H5I_BADID
        hdf5Quietly { type = H5Iget_type(child.id) }
        switch type {
        case H5I_GROUP: return .group
        case H5I_DATASET: return .dataset
        default: return .other
        }
    }

    /// Gives the object `existing`, a path from the root, the further name `name`. Throws `HDF5Error`.
    public func link(_ name: String, to existing: String) throws {
        try hdf5("link", location.child(name)) {
            H5Lcreate_hard(handle.id, existing, handle.id, name, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
        }
    }

    /// Opens the dataset `name`. Throws `HDF5Error`.
    public func dataset(_ name: String) throws -> HDF5Dataset {
        let place = location.child(name)
        return try HDF5Dataset(
            handle: try HDF5Handle("open the dataset", place, keeping: handle) {
                H5Dopen2(handle.id, name, hid_t(H5P_DEFAULT))
            }, location: place)
    }

    /// Creates a dataset of `type` and `shape`, slowest axis first. Throws `HDF5Error`.
    public func createDataset(
        _ name: String, _ type: ElementType, shape: [Int], storage: DatasetStorage = .contiguous
    ) throws -> HDF5Dataset {
        let place = location.child(name)
        let fileType = try type.makeDatatype(place)
        let space = try HDF5Dataspace.simple(shape, isExtendable: storage.isExtendable, place)
        let properties = try storage.makeProperties(place)
        let created = try HDF5Handle("create the dataset", place, keeping: handle) {
            H5Dcreate2(
                handle.id, name, fileType.id, space.id, hid_t(H5P_DEFAULT), properties.id, hid_t(H5P_DEFAULT))
        }
        return try HDF5Dataset(handle: created, location: place)
    }

    /// Creates a dataset that holds `values`. Throws `HDF5Error`.
    @discardableResult
    public func createDataset<Element: HDF5Element>(
        _ name: String, _ values: [Element], shape: [Int]? = nil, storage: DatasetStorage = .contiguous
    ) throws -> HDF5Dataset {
        let dataset = try createDataset(
            name, Element.elementType, shape: shape ?? [values.count], storage: storage)
        try dataset.write(values)
        return dataset
    }

    /// Creates a scalar dataset that holds one text. Throws `HDF5Error`.
    public func createText(_ name: String, _ text: String) throws {
        let place = location.child(name)
        let type = try HDF5Strings.makeDatatype(place)
        let space = try HDF5Dataspace.scalar(place)
        let created = try HDF5Handle("create the dataset", place) {
            H5Dcreate2(
                handle.id, name, type.id, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT),
                hid_t(H5P_DEFAULT))
        }
        try HDF5Strings.write([text], place) { pointers in
            try hdf5("write the dataset", place) {
                H5Dwrite(
                    created.id, type.id, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), pointers)
            }
        }
    }
}

extension DatasetStorage {
    func makeProperties(_ location: HDF5Location) throws -> HDF5Handle {
        let properties = try HDF5Handle("plan the storage of", location) { H5Pcreate(chdf5_dataset_create()) }
        // Times of creation would make equal runs differ.
        try hdf5("plan the storage of", location) { H5Pset_obj_track_times(properties.id, false) }
        if isAllocatedEarly {
            try hdf5("plan the space of", location) { H5Pset_alloc_time(properties.id, H5D_ALLOC_TIME_EARLY) }
        }
        if var fill {
            try hdf5("plan the filling of", location) {
                H5Pset_fill_value(properties.id, chdf5_native_double(), &fill)
            }
        }
        guard let chunk else { return properties }
        let extent = chunk.map { hsize_t($0) }
        try hdf5("plan the chunks of", location) { H5Pset_chunk(properties.id, Int32(extent.count), extent) }
        if deflateLevel > 0 {
            try hdf5("plan the shuffling of", location) { H5Pset_shuffle(properties.id) }
            try hdf5("plan the compression of", location) {
                H5Pset_deflate(properties.id, UInt32(min(deflateLevel, 9)))
            }
        }
        return properties
    }
}
