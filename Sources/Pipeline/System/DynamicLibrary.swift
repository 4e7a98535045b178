import Foundation

/// A shared library that may be absent. It stays loaded: libraries with threads of their own do not survive
/// unloading.
struct DynamicLibrary {
    let name: String
    // A handle is only ever passed back to the loader.
    private nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    /// The first of these names that the loader finds; nil where there is none.
    init?(anyOf names: [String]) {
        for name in names {
            if let handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL) {
                (self.name, self.handle) = (name, handle)
                return
            }
        }
        return nil
    }

    /// A function of the library as the C function type `Function`; nil where the library has none of this
    /// name.
    func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        dlsym(handle, name).map { unsafeBitCast($0, to: type) }
    }
}
