import Foundation

/// Memory of the machine, and what is free.
enum MemoryProbe {
    static func findings() -> [Finding] {
        let total = gibibytes(Double(ProcessInfo.processInfo.physicalMemory))
        // "12345678 kB"
        let available = SystemFile.value(of: "MemAvailable", in: "/proc/meminfo")?.split(separator: " ").first
            .flatMap { Double($0) }
        let free = available.map { ", \(gibibytes($0 * 1024)) available" } ?? ""
        return [Finding("memory", .ok, total + free)]
    }

    private static func gibibytes(_ bytes: Double) -> String {
        String(format: "%.1f GiB", bytes / 1_073_741_824)
    }
}

/// The `name : value` files with which Linux describes itself.
enum SystemFile {
    /// The first value of this name; nil where the file or the name is absent, as on other systems.
    static func value(of name: String, in path: String) -> String? {
        // Data(contentsOf:) trusts the file size, which is 0 for these files.
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.readToEnd() else {
            return nil
        }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            guard line[..<colon].trimmingCharacters(in: .whitespaces) == name else { continue }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }
}
