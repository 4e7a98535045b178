import CProcessor
import Foundation

/// The processor, its vector instructions, and what this binary was built for.
enum ProcessorProbe {
    static func findings() -> [Finding] { [processor(), instructions(), build(), cores()] }

    /// The extensions of the list in CBuiltFeatures that satisfy a condition, by place in the list.
    private static func features(where condition: (Int32, String) -> Bool) -> [String] {
        var names: [String] = []
        var index: Int32 = 0
        while let pointer = processor_feature_name(index) {
            let name = String(cString: pointer)
            if condition(index, name) { names.append(name) }
            index += 1
        }
        return names
    }

    private static func processor() -> Finding {
        #if arch(x86_64)
            let architecture = "x86-64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "another architecture"
        #endif
        let model = SystemFile.value(of: "model name", in: "/proc/cpuinfo")
        return Finding("processor", .ok, [model, architecture].compactMap { $0 }.joined(separator: ", "))
    }

    private static func instructions() -> Finding {
        let offered = features { _, name in processor_offers(name) }
        return Finding("instructions", .ok, offered.isEmpty ? "baseline" : offered.joined(separator: " "))
    }

    /// Built for less than the processor offers is slow, not wrong.
    private static func build() -> Finding {
        let used = features { index, _ in processor_build_uses(index) }
        let unused = features { index, name in processor_offers(name) && !processor_build_uses(index) }
        let wide = unused.filter { ["avx", "avx2", "fma", "f16c", "avx512f", "sve"].contains($0) }
        let detail = used.isEmpty ? "the baseline, runs on every machine" : used.joined(separator: " ")
        guard !wide.isEmpty else { return Finding("built for", .ok, detail) }
        return Finding(
            "built for", .missing, detail,
            advice: "this processor also has \(wide.joined(separator: " ")): rebuild here with `make`")
    }

    private static func cores() -> Finding {
        let offered = ProcessInfo.processInfo.activeProcessorCount
        let shared = SystemFile.value(of: "siblings", in: "/proc/cpuinfo").flatMap(Int.init)
        let real = SystemFile.value(of: "cpu cores", in: "/proc/cpuinfo").flatMap(Int.init)
        var detail = "\(offered)"
        if let shared, let real, shared > real {
            detail += ", \(shared / real) hardware threads share one core"
        }
        return Finding("cores", .ok, detail)
    }
}
