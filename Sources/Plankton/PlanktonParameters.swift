import Foundation

/// The 51 parameters of the model with their true values of the twin experiment and bounds that are a factor of 16 apart,
/// for shares less.
struct PlanktonParameters {
    /// One parameter: its name, true value and bounds.
    struct Entry {
        let name: String
        let truth: Double
        let lower: Double
        let upper: Double
        /// What no value may exceed.
        var largest = Double.infinity
    }

    /// All parameters, in the order of the calibration. The truth lies now in the lower, now in the upper half of a range, so
    /// that its middle is no hint.
    static let entries = described.enumerated().map { number, entry in
        let share = 0.25 + 0.5 * (0.618034 * Double(number + 1)).truncatingRemainder(dividingBy: 1)
        let ratio = entry.upper / entry.lower
        let lower = entry.truth * pow(ratio, -share)
        return Entry(
            name: entry.name, truth: entry.truth, lower: lower, upper: min(lower * ratio, entry.largest))
    }

    private static let described: [Entry] =
        phytoplankton(
            "flagellates", growth: 1.1, light: 0.045, nitrate: 0.5, ammonium: 0.25, loss: 0.04, sinking: 0.05)
        + phytoplankton(
            "diatoms", growth: 1.6, light: 0.035, nitrate: 1.0, ammonium: 0.5, loss: 0.05, sinking: 0.6)
        + [
            entry("flagellates_temperature", 0.055), entry("diatoms_temperature", 0.04),
            entry("diatoms_silicate", 1.2), entry("diatoms_silicate_ratio", 1.0),
            entry("ammonium_inhibition", 1.5), entry("bacteria_growth", 1.8), entry("bacteria_half", 0.8),
            entry("bacteria_ammonium", 0.3), share("bacteria_yield", 0.35), entry("bacteria_loss", 0.06),
        ]
        + grazer(
            "microzooplankton", grazing: 1.2, half: 0.6, efficiency: 0.65, mortality: 0.06, excretion: 0.05)
        + grazer(
            "mesozooplankton", grazing: 0.5, half: 1.1, efficiency: 0.6, mortality: 0.04, excretion: 0.03)
        + [
            entry("microzooplankton_on_bacteria", 0.7),
            entry("mesozooplankton_on_microzooplankton", 0.8),
            entry("mesozooplankton_on_detritus", 0.2), entry("zooplankton_temperature", 0.05),
            entry("mesozooplankton_closure", 0.15), entry("detritus_breakdown", 0.08),
            entry("detritus_dissolution", 0.05), entry("detritus_sinking", 2.0),
            entry("dissolved_release", 0.06), entry("nitrification", 0.04), entry("nitrification_light", 12),
            entry("silicate_dissolution", 0.03), entry("remineralisation_temperature", 0.06),
            entry("water_attenuation", 0.05), entry("self_shading", 0.03), entry("light_share", 0.43),
            entry("deep_nitrate", 12), entry("deep_silicate", 9), entry("deep_mixing", 0.08),
        ]

    private let values: [String: Double]

    /// Parameters by their names; nil where one is missing.
    init?(_ values: [String: Double]) {
        guard Self.entries.allSatisfy({ values[$0.name] != nil }) else { return nil }
        self.values = values
    }

    /// The values of the twin experiment.
    static let truth = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.truth) })

    /// The value of one parameter.
    subscript(_ name: String) -> Double { values[name, default: .nan] }

    private static func entry(_ name: String, _ truth: Double) -> Entry {
        Entry(name: name, truth: truth, lower: truth / 4, upper: truth * 4)
    }

    private static func share(_ name: String, _ truth: Double) -> Entry {
        Entry(name: name, truth: truth, lower: truth / 2, upper: truth * 2, largest: 0.95)
    }

    private static func phytoplankton(
        _ group: String, growth: Double, light: Double, nitrate: Double, ammonium: Double, loss: Double,
        sinking: Double
    ) -> [Entry] {
        [
            entry("\(group)_growth", growth), entry("\(group)_light", light),
            entry("\(group)_nitrate", nitrate),
            entry("\(group)_ammonium", ammonium), entry("\(group)_loss", loss),
            entry("\(group)_sinking", sinking),
        ]
    }

    private static func grazer(
        _ group: String, grazing: Double, half: Double, efficiency: Double, mortality: Double,
        excretion: Double
    ) -> [Entry] {
        [
            entry("\(group)_grazing", grazing), entry("\(group)_half", half),
            share("\(group)_efficiency", efficiency), entry("\(group)_mortality", mortality),
            entry("\(group)_excretion", excretion),
        ]
    }
}
