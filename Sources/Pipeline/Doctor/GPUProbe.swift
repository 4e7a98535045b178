/// NVIDIA graphics processors, through the driver's own library.
enum GPUProbe {
    static func findings() -> [Finding] {
        guard let library = DynamicLibrary(anyOf: ["libcuda.so.1"]) else {
            return [Finding("GPU", .absent, "no NVIDIA driver; this release computes on the processor")]
        }
        guard let names = devices(of: library), !names.isEmpty else {
            return [
                Finding(
                    "GPU", .absent, "an NVIDIA driver without a usable device; this release does not use it")
            ]
        }
        return names.map { Finding("GPU", .ok, "\($0); this release does not use it") }
    }

    private static func devices(of library: DynamicLibrary) -> [String]? {
        typealias Initialize = @convention(c) (UInt32) -> Int32
        typealias Count = @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
        guard let initialize = library.function("cuInit", as: Initialize.self), initialize(0) == 0,
            let count = library.function("cuDeviceGetCount", as: Count.self)
        else { return nil }
        var number: Int32 = 0
        guard count(&number) == 0 else { return nil }
        return (0..<max(0, number)).compactMap { name(of: $0, in: library) }
    }

    /// Device ordinals and device handles are both plain integers of the driver.
    private static func name(of ordinal: Int32, in library: DynamicLibrary) -> String? {
        typealias Get = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
        typealias Name = @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
        guard let get = library.function("cuDeviceGet", as: Get.self),
            let name = library.function("cuDeviceGetName", as: Name.self)
        else { return nil }
        var device: Int32 = 0
        var text = [CChar](repeating: 0, count: 256)
        guard get(&device, ordinal) == 0, name(&text, Int32(text.count), device) == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
