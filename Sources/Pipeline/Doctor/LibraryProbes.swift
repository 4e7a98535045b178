import Foundation

private typealias TextFunction = @convention(c) () -> UnsafePointer<CChar>?

/// OpenBLAS, whose matrix products tell `bench` what the processor can do at best.
enum OpenBLASProbe {
    static func findings() -> [Finding] {
        guard let library = DynamicLibrary(anyOf: names) else {
            let detail = "optional, with it `hugoniot bench` measures the processor's peak"
            return [Finding("OpenBLAS", .absent, detail, advice: "apt-get install libopenblas0")]
        }
        let configuration = library.function("openblas_get_config", as: TextFunction.self)?()
        let detail = configuration.map { String(cString: $0).trimmingCharacters(in: .whitespaces) }
        return [Finding("OpenBLAS", .ok, detail ?? library.name)]
    }

    static let names = [
        "libopenblas.so.0", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    ]
}

/// Cairo, which draws PNG, PDF and SVG.
enum CairoProbe {
    static func findings() -> [Finding] {
        guard let library = DynamicLibrary(anyOf: ["libcairo.so.2", "libcairo.2.dylib"]) else {
            return [Finding("cairo", .missing, "not found", advice: "apt-get install libcairo2")]
        }
        let version = library.function("cairo_version_string", as: TextFunction.self)?()
        return [Finding("cairo", .ok, version.map { String(cString: $0) } ?? library.name)]
    }
}

/// MPI, for runs on many machines.
enum MPIProbe {
    static func findings() -> [Finding] {
        let names = ["libmpi.so.40", "libmpi.so.12", "libmpi.so", "libmpi.dylib"]
        guard let library = DynamicLibrary(anyOf: names) else {
            return [
                Finding(
                    "MPI", .absent, "not found; this release computes on one machine and does not need it")
            ]
        }
        return [Finding("MPI", .ok, "\(version(of: library) ?? library.name); this release does not use it")]
    }

    /// `MPI_Get_library_version` may be called before `MPI_Init` (MPI 3.0, section 8.1).
    private static func version(of library: DynamicLibrary) -> String? {
        typealias Function =
            @convention(c) (UnsafeMutablePointer<CChar>, UnsafeMutablePointer<Int32>) -> Int32
        guard let function = library.function("MPI_Get_library_version", as: Function.self) else {
            return nil
        }
        // MPICH asks for up to 8192 characters.
        var text = [CChar](repeating: 0, count: 16384)
        var length: Int32 = 0
        guard function(&text, &length) == 0 else { return nil }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)?
            .split(separator: ",").first.map(String.init)
    }
}
