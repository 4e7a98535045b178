/// HDF5 and its compression filters, asked of the library itself.
enum HDF5Probe {
    static func findings() -> [Finding] {
        let names = ["libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5.so.310", "libhdf5.dylib"]
        guard let library = DynamicLibrary(anyOf: names) else {
            return [Finding("HDF5", .missing, "not found", advice: "apt-get install libhdf5-103-1")]
        }
        return [Finding("HDF5", .ok, version(of: library) ?? library.name)] + filters(of: library)
    }

    private static func version(of library: DynamicLibrary) -> String? {
        typealias Number = UnsafeMutablePointer<UInt32>
        typealias Function = @convention(c) (Number, Number, Number) -> Int32
        guard let function = library.function("H5get_libversion", as: Function.self) else { return nil }
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        return function(&major, &minor, &release) >= 0 ? "\(major).\(minor).\(release)" : nil
    }

    /// A filter's registered number (https://github.com/HDFGroup/hdf5_plugins), and where it comes from.
    private struct Filter {
        var name: String
        var number: Int32
        var package: String?
    }

    private static let known = [
        Filter(name: "deflate", number: 1), Filter(name: "shuffle", number: 2),
        Filter(name: "fletcher32", number: 3), Filter(name: "szip", number: 4),
        Filter(name: "blosc", number: 32001, package: "hdf5-filter-plugin-blosc-serial"),
        Filter(name: "zfp", number: 32013, package: "hdf5-filter-plugin-zfp-serial"),
        Filter(name: "zstd", number: 32015), Filter(name: "lz4", number: 32004),
    ]

    /// Run files need deflate and shuffle; the others read files of other programs.
    private static func filters(of library: DynamicLibrary) -> [Finding] {
        typealias Available = @convention(c) (Int32) -> Int32
        guard let available = library.function("H5Zfilter_avail", as: Available.self) else { return [] }
        silence(library)
        let found = known.filter { available($0.number) > 0 }.map(\.name)
        forgetErrors(library)
        let packages = known.filter { !found.contains($0.name) }.compactMap(\.package)
        let needed = ["deflate", "shuffle"].filter { !found.contains($0) }
        let detail = found.joined(separator: " ")
        guard needed.isEmpty else {
            let advice =
                "this HDF5 lacks \(needed.joined(separator: " and ")): install Debian's libhdf5-103-1"
            return [Finding("HDF5 filters", .missing, detail, advice: advice)]
        }
        let optional =
            packages.isEmpty
            ? nil : "for files of other programs: apt-get install " + packages.joined(separator: " ")
        return [Finding("HDF5 filters", .ok, detail, advice: optional)]
    }

    /// An error left on the stack of a thread keeps HDF5 from closing in order at the end of the process.
    private static func forgetErrors(_ library: DynamicLibrary) {
        typealias Function = @convention(c) (Int64) -> Int32
        _ = library.function("H5Eclear2", as: Function.self)?(0)
    }

    /// Keeps HDF5 from printing its error stack where a plug-in is absent.
    private static func silence(_ library: DynamicLibrary) {
        typealias Function = @convention(c) (Int64, UnsafeRawPointer?, UnsafeRawPointer?) -> Int32
        _ = library.function("H5Eset_auto2", as: Function.self)?(0, nil, nil)
    }
}
