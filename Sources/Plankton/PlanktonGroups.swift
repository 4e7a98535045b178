import Foundation

/// A group of algae.
struct Phytoplankton {
    let growth, light, nitrate, ammonium, loss, sinking, temperature: Double

    init(_ group: String, _ p: PlanktonParameters) {
        growth = p["\(group)_growth"]
        light = p["\(group)_light"]
        nitrate = p["\(group)_nitrate"]
        ammonium = p["\(group)_ammonium"]
        loss = p["\(group)_loss"]
        sinking = p["\(group)_sinking"]
        temperature = p["\(group)_temperature"]
    }

    /// Uptake of nitrate and of ammonium per day and biomass, where ammonium inhibits the uptake of nitrate (Fasham, Ducklow &
    /// McKelvie 1990, doi:10.1357/002224090784984678) and light saturates (Webb, Newton & Starr 1974,
    /// doi:10.1007/BF00345747).
    func uptake(
        light available: Double, temperature degrees: Double, nitrate n: Double, ammonium a: Double,
        inhibition: Double
    ) -> (nitrate: Double, ammonium: Double) {
        let rate = growth * exp(temperature * (degrees - 12)) * (1 - exp(-light * available))
        let (fresh, recycled) = (n / (nitrate + n) * exp(-inhibition * a), a / (ammonium + a))
        let scale = rate / max(1, fresh + recycled)
        return (scale * fresh, scale * recycled)
    }
}

/// A group of grazers.
struct Zooplankton {
    let grazing, half, efficiency, mortality, excretion: Double

    init(_ group: String, _ p: PlanktonParameters) {
        grazing = p["\(group)_grazing"]
        half = p["\(group)_half"]
        efficiency = p["\(group)_efficiency"]
        mortality = p["\(group)_mortality"]
        excretion = p["\(group)_excretion"]
    }

    /// What is eaten of each prey per day, for prey as it is preferred: it saturates with all of it.
    func eaten(_ prey: [Double], by biomass: Double, warmth: Double) -> [Double] {
        let food = prey.reduce(0, +)
        let rate = grazing * warmth * biomass * food / (half * half + food * food)
        return prey.map { rate * $0 }
    }
}
