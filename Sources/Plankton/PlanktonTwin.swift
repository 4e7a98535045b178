import Foundation

/// Writes the twin experiment: a calibration file and the observations of each site, computed with the true parameters and
/// blurred by 5 % of the value and 2 % of the output's largest value.
enum PlanktonTwin {
    /// Writes `plankton-51.toml` and one file a site into a folder.
    static func write(to folder: String, seed: UInt64) throws {
        guard let truth = PlanktonParameters(PlanktonParameters.truth) else { return }
        var generator = Generator(state: seed)
        var costs: [Double] = []
        for (name, settings) in PlanktonSite.twins {
            costs.append(0)
            let values = Dictionary(uniqueKeysWithValues: zip(PlanktonSite.names, settings))
            guard let site = PlanktonSite(values), let outputs = PlanktonModel(truth, site: site).run() else {
                continue
            }
            var lines = [
                "# The \(name) site with normal errors of 5 % and 2 % of the largest value",
                "output,t,value,sigma",
            ]
            for pool in PlanktonModel.pools {
                let exact = outputs[pool] ?? []
                let floor = 0.02 * (exact.max() ?? 0)
                for (day, value) in zip(PlanktonModel.days, exact) {
                    let sigma = hypot(0.05 * value, floor)
                    let error = generator.normal()
                    costs[costs.count - 1] += error * error
                    let observed = value + sigma * error
                    lines.append(String(format: "%@,%.0f,%.6g,%.6g", pool, day, observed, sigma))
                }
            }
            try write(lines, "\(folder)/plankton-51-\(name).csv")
        }
        try write(study(truth: costs.dropLast().reduce(0, +)), "\(folder)/plankton-51.toml")
    }

    /// Of the logarithm: a factor of two.
    private static let priorDeviation = 0.7

    /// What the priors, which lie in the middle of the ranges, add to the cost of the true parameters.
    private static var priorCost: Double {
        PlanktonParameters.entries.reduce(0) { sum, entry in
            let distance = log(entry.truth / (entry.lower * entry.upper).squareRoot()) / priorDeviation
            return sum + distance * distance
        }
    }

    private static func write(_ lines: [String], _ path: String) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    }

    /// - Parameter truth: the cost of the true parameters at the sites that are fitted.
    private static func study(truth: Double) -> [String] {
        var lines = [
            "# Written by `plankton --twin FOLDER`; build the program with `swift build -c release --product plankton`.",
            String(
                format:
                    "# The true parameters cost %.1f: %.1f at the four sites that are fitted, the rest by the priors.",
                truth + priorCost, truth),
            "[calibration]",
            "title = \"Plankton: 51 parameters shared by four sites, a fifth one held out\"",
            "reference = \"After Fasham, Ducklow & McKelvie 1990, doi:10.1357/002224090784984678; a twin experiment\"",
            "",
            "[model]", "kind = \"process\"", "command = [\"../../.build/release/plankton\"]", "workers = 2",
            "timeout = 60.0", "",
            "[method]", "name = \"hybrid\"", "budget = 2500", "precision = 1e-10", "",
        ]
        for entry in PlanktonParameters.entries {
            let middle = (entry.lower * entry.upper).squareRoot()
            lines += [
                "[parameters.\(entry.name)]", String(format: "lower = %.6g", entry.lower),
                String(format: "upper = %.6g", entry.upper), "scale = \"log\"",
                String(format: "prior = { mean = %.6g, deviation = %g }", middle, priorDeviation), "",
            ]
        }
        for (index, site) in PlanktonSite.twins.enumerated() {
            let settings = zip(PlanktonSite.names, site.settings).map { "\($0) = \($1)" }.joined(
                separator: ", ")
            lines += ["[[site]]", "name = \"\(site.name)\"", "settings = { \(settings) }"]
            if index == PlanktonSite.twins.count - 1 { lines.append("held_out = true") }
            lines += [
                "", "[[observations]]", "site = \"\(site.name)\"", "file = \"plankton-51-\(site.name).csv\"",
                "",
            ]
        }
        return Array(lines.dropLast())
    }

    /// SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2714064.2660195) with normal numbers by Box and Muller.
    private struct Generator {
        var state: UInt64

        mutating func uniform() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) * 0x1p-53
        }

        mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
    }
}
