import Foundation

/// The seasons at one place.
struct PlanktonSite {
    /// The depth of the mixed layer at its deepest and at its shallowest, in metres.
    let winterDepth, summerDepth: Double
    /// Temperature over the year, in °C: mean and amplitude.
    let temperature, temperatureAmplitude: Double
    /// Light at the surface as a mean over day and night, in W/m²: mean and amplitude.
    let light, lightAmplitude: Double

    /// The names of the settings, in the order of the properties.
    static let names = [
        "winter_depth", "summer_depth", "temperature", "temperature_amplitude", "light", "light_amplitude",
    ]

    /// The sites of the twin experiment.
    static let twins: [(name: String, settings: [Double])] = [
        ("subpolar", [180, 22, 8, 3.5, 95, 75]),
        ("temperate", [120, 18, 13, 5, 130, 80]),
        ("shelf", [55, 12, 12, 6, 125, 85]),
        ("subtropical", [90, 25, 21, 3, 190, 60]),
        ("northern", [150, 16, 10, 4.5, 110, 80]),
    ]

    /// A site by its settings; nil where one is missing.
    init?(_ values: [String: Double]) {
        let found = Self.names.compactMap { values[$0] }
        guard found.count == Self.names.count else { return nil }
        (winterDepth, summerDepth, temperature) = (found[0], found[1], found[2])
        (temperatureAmplitude, light, lightAmplitude) = (found[3], found[4], found[5])
    }

    /// What a day of the year brings; the water is warmest and its layer shallowest in August, light is strongest in June.
    func season(_ day: Double) -> (depth: Double, deepening: Double, temperature: Double, light: Double) {
        let year = 2 * Double.pi / 365
        let (phase, sun) = (year * (day - 225), year * (day - 172))
        // The layer shoals quickly in spring and deepens slowly: the square of a cosine of the halved phase.
        let (warmth, slope) = (0.5 * (1 + cos(phase)), -0.5 * sin(phase) * year)
        let ratio = log(summerDepth / winterDepth)
        let depth = winterDepth * exp(ratio * warmth)
        return (
            depth, depth * ratio * slope, temperature + temperatureAmplitude * cos(phase),
            max(1, light + lightAmplitude * cos(sun))
        )
    }
}
