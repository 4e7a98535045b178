import Foundation

/// A slab of water of varying depth with ten pools of nitrogen and silicon, in mmol/m³: nitrate, ammonium, silicate, two
/// groups of algae, bacteria, two of grazers, detritus and dissolved matter; after Fasham, Ducklow & McKelvie 1990,
/// doi:10.1357/002224090784984678, with diatoms and larger grazers added.
struct PlanktonModel {
    /// The pools, in the order of the state.
    static let pools = [
        "nitrate", "ammonium", "silicate", "flagellates", "diatoms", "bacteria", "microzooplankton",
        "mesozooplankton", "detritus", "dissolved",
    ]
    /// The days of the second year on which every pool is observed.
    static let days = (0..<24).map { 8 + 15 * Double($0) }
    /// Days of one step.
    private static let step = 0.25

    private let site: PlanktonSite
    private let flagellates, diatoms: Phytoplankton
    private let micro, meso: Zooplankton
    private let constants: Constants

    /// What the equations use besides groups, looked up once.
    private struct Constants {
        let inhibition, silicate, silicateRatio: Double
        let bacteriaGrowth, bacteriaHalf, bacteriaAmmonium, bacteriaYield, bacteriaLoss: Double
        let onBacteria, onMicro, onDetritus, grazerTemperature, closure: Double
        let breakdown, dissolution, sinking, release, nitrification, nitrificationLight: Double
        let silicateDissolution, remineralisationTemperature, attenuation, shading, share: Double
        let deepNitrate, deepSilicate, deepMixing: Double

        init(_ p: PlanktonParameters) {
            inhibition = p["ammonium_inhibition"]
            silicate = p["diatoms_silicate"]
            silicateRatio = p["diatoms_silicate_ratio"]
            bacteriaGrowth = p["bacteria_growth"]
            bacteriaHalf = p["bacteria_half"]
            bacteriaAmmonium = p["bacteria_ammonium"]
            bacteriaYield = p["bacteria_yield"]
            bacteriaLoss = p["bacteria_loss"]
            onBacteria = p["microzooplankton_on_bacteria"]
            onMicro = p["mesozooplankton_on_microzooplankton"]
            onDetritus = p["mesozooplankton_on_detritus"]
            grazerTemperature = p["zooplankton_temperature"]
            closure = p["mesozooplankton_closure"]
            breakdown = p["detritus_breakdown"]
            dissolution = p["detritus_dissolution"]
            sinking = p["detritus_sinking"]
            release = p["dissolved_release"]
            nitrification = p["nitrification"]
            nitrificationLight = p["nitrification_light"]
            silicateDissolution = p["silicate_dissolution"]
            remineralisationTemperature = p["remineralisation_temperature"]
            attenuation = p["water_attenuation"]
            shading = p["self_shading"]
            share = p["light_share"]
            deepNitrate = p["deep_nitrate"]
            deepSilicate = p["deep_silicate"]
            deepMixing = p["deep_mixing"]
        }
    }

    /// A slab with some parameters at a site.
    init(_ p: PlanktonParameters, site: PlanktonSite) {
        self.site = site
        flagellates = Phytoplankton("flagellates", p)
        diatoms = Phytoplankton("diatoms", p)
        micro = Zooplankton("microzooplankton", p)
        meso = Zooplankton("mesozooplankton", p)
        constants = Constants(p)
    }

    /// The pools on the observed days; nil where they grow beyond all bounds.
    func run() -> [String: [Double]]? {
        var state = [constants.deepNitrate, 0.3, constants.deepSilicate] + Array(repeating: 0.15, count: 7)
        var outputs = [[Double]](repeating: [], count: Self.pools.count)
        let steps = Int((365 + (Self.days.last ?? 0)) / Self.step)
        let observed = Set(Self.days.map { Int((365 + $0) / Self.step) })
        for number in 1...steps {
            advance(&state, from: Double(number - 1) * Self.step)
            guard state.allSatisfy({ $0 < 1e4 }) else { return nil }
            if observed.contains(number) {
                for (pool, value) in state.enumerated() { outputs[pool].append(value) }
            }
        }
        return Dictionary(uniqueKeysWithValues: zip(Self.pools, outputs))
    }

    /// One step of the classical fourth-order scheme; what would become negative ends at a trace.
    private func advance(_ state: inout [Double], from time: Double) {
        let h = Self.step
        let start = state
        let shifted = { (slope: [Double], length: Double) in zip(start, slope).map { $0 + length * $1 } }
        let k1 = slope(state, time)
        let k2 = slope(shifted(k1, h / 2), time + h / 2)
        let k3 = slope(shifted(k2, h / 2), time + h / 2)
        let k4 = slope(shifted(k3, h), time + h)
        for index in state.indices {
            state[index] += h / 6 * (k1[index] + 2 * k2[index] + 2 * k3[index] + k4[index])
            state[index] = state[index] > 1e-4 ? state[index] : 1e-4
        }
    }

    /// d/dt of the pools.
    private func slope(_ state: [Double], _ time: Double) -> [Double] {
        let c = constants
        let (n, a, si, f, d) = (state[0], state[1], state[2], state[3], state[4])
        let (b, z, m, det, dom) = (state[5], state[6], state[7], state[8], state[9])
        let season = site.season(time)
        let mixing = (c.deepMixing + max(0, season.deepening)) / season.depth
        let extinction = (c.attenuation + c.shading * (f + d)) * season.depth
        let light = c.share * season.light * (1 - exp(-extinction)) / extinction
        let warmth = exp(c.grazerTemperature * (season.temperature - 12))
        let decay = exp(c.remineralisationTemperature * (season.temperature - 12))

        let small = flagellates.uptake(
            light: light, temperature: season.temperature, nitrate: n, ammonium: a, inhibition: c.inhibition)
        var large = diatoms.uptake(
            light: light, temperature: season.temperature, nitrate: n, ammonium: a, inhibition: c.inhibition)
        let silica = si / (c.silicate + si)
        large = (large.nitrate * silica, large.ammonium * silica)

        let consumption = c.bacteriaGrowth * decay * b * dom / (c.bacteriaHalf + dom)
        let bacterialUptake = 0.3 * consumption * a / (c.bacteriaAmmonium + a)
        let byMicro = micro.eaten([f, c.onBacteria * b], by: z, warmth: warmth)
        let byMeso = meso.eaten([d, c.onMicro * z, c.onDetritus * det], by: m, warmth: warmth)
        let (microFood, mesoFood) = (byMicro.reduce(0, +), byMeso.reduce(0, +))
        let closure = c.closure * m * m
        let deaths = micro.mortality * z + meso.mortality * m
        let excreted = (micro.excretion * z + meso.excretion * m) * warmth
        let nitrified = c.nitrification * a * c.nitrificationLight / (c.nitrificationLight + light)
        let waste = (1 - micro.efficiency) * microFood + (1 - meso.efficiency) * mesoFood
        let released =
            c.release * ((small.nitrate + small.ammonium) * f + (large.nitrate + large.ammonium) * d)

        return [
            mixing * (c.deepNitrate - n) + nitrified - small.nitrate * f - large.nitrate * d,
            excreted + (1 - c.bacteriaYield) * consumption + c.bacteriaLoss * b - bacterialUptake - nitrified
                - small.ammonium * f - large.ammonium * d - mixing * a + 0.5 * closure,
            mixing * (c.deepSilicate - si) + c.silicateDissolution * det
                - c.silicateRatio * (large.nitrate + large.ammonium) * d,
            (1 - c.release) * (small.nitrate + small.ammonium) * f - flagellates.loss * f - byMicro[0]
                - (mixing + flagellates.sinking / season.depth) * f,
            (1 - c.release) * (large.nitrate + large.ammonium) * d - diatoms.loss * d - byMeso[0]
                - (mixing + diatoms.sinking / season.depth) * d,
            c.bacteriaYield * consumption + bacterialUptake - c.bacteriaLoss * b - byMicro[1] - mixing * b,
            micro.efficiency * microFood - micro.mortality * z - micro.excretion * warmth * z - byMeso[1]
                - mixing * z,
            meso.efficiency * mesoFood - meso.mortality * m - meso.excretion * warmth * m - closure - mixing
                * m,
            waste + deaths + flagellates.loss * f + diatoms.loss * d - byMeso[2]
                - (c.breakdown + c.dissolution) * decay * det - (mixing + c.sinking / season.depth) * det,
            released + (c.breakdown + 0.5 * c.dissolution) * decay * det - consumption - mixing * dom,
        ]
    }
}
