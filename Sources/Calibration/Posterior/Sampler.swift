import Numerics

/// A method that draws from the posterior e^(−cost/2) within the cube.
public protocol Sampler: Method {
    /// The draws of every chain: chain, draw, coordinate. The first half of each is the burn-in.
    var chains: [[[Double]]] { get }
    /// Whether the chains are walkers of one ensemble, which are slow each for itself and many together.
    var isEnsemble: Bool { get }
}

extension Sampler {
    /// Chains that know nothing of each other.
    public var isEnsemble: Bool { false }

    /// How many independent draws one coordinate's draws are worth, and R̂.
    public func diagnosis(of coordinate: Int) -> (size: Double, reduction: Double) {
        let values = settledChains.map { $0.map { $0[coordinate] } }
        guard !isEnsemble else {
            return (ChainDiagnosis.ensembleSampleSize(values), ChainDiagnosis.ensembleReduction(values))
        }
        let ranked = ChainDiagnosis.ranked(ChainDiagnosis.halves(values))
        return (ChainDiagnosis.effectiveSampleSize(ranked), ChainDiagnosis.potentialScaleReduction(values))
    }

    /// The draws without their burn-in, chain by chain.
    public var settledChains: [[[Double]]] { chains.map { Array($0.suffix($0.count / 2)) } }

    /// The draws without their burn-in.
    public var samples: [[Double]] { settledChains.flatMap { $0 } }
}

/// Whether chains agree, and how much they know.
public enum ChainDiagnosis {
    /// R̂ of split chains: √(total variance / variance within); 1 where they agree (Gelman & Rubin 1992,
    /// doi:10.1214/ss/1177011136). It is that of the ranks, and of the ranks of distances from the median, whichever is larger, so
    /// that neither heavy tails nor chains of equal means and unequal widths go unseen (Vehtari et al. 2021,
    /// doi:10.1214/20-BA1221). NaN for fewer than four draws.
    ///
    /// - Parameter chains: The values of one quantity, chain by chain, all of one length.
    public static func potentialScaleReduction(_ chains: [[Double]]) -> Double {
        let halves = halves(chains)
        guard let length = halves.first?.count, length > 1 else { return .nan }
        let middle = median(halves.flatMap { $0 })
        let folded = halves.map { $0.map { abs($0 - middle) } }
        return max(reduction(ranked(halves)), reduction(ranked(folded)))
    }

    private static func reduction(_ chains: [[Double]]) -> Double {
        let length = Double(chains[0].count)
        let within = chains.map(variance).mean
        let between = variance(chains.map(\.mean))
        return (((length - 1) / length * within + between) / within).squareRoot()
    }

    /// The first and the second half of every chain.
    static func halves(_ chains: [[Double]]) -> [[Double]] {
        chains.flatMap { [Array($0.prefix($0.count / 2)), Array($0.suffix($0.count / 2))] }
    }

    /// Values as the normal quantiles of their ranks among all, z = Φ⁻¹((r − 3/8)/(n + 1/4)); equal values share theirs.
    static func ranked(_ chains: [[Double]]) -> [[Double]] {
        let all = chains.flatMap { $0 }
        let order = all.indices.sorted { all[$0] < all[$1] }
        var scores = all
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, all[order[end]] == all[order[first]] { end += 1 }
            let rank = 0.5 * Double(first + 1 + end)
            let score = PredictiveInterval.normalQuantile((rank - 0.375) / (Double(all.count) + 0.25))
            for place in first..<end { scores[order[place]] = score }
            first = end
        }
        var rest = scores[...]
        return chains.map { chain in
            defer { rest = rest.dropFirst(chain.count) }
            return Array(rest.prefix(chain.count))
        }
    }

    /// The effective sample size m n / (1 + 2 Σ ρ_t), the sum cut where pairs of autocorrelations cease to be positive
    /// (Geyer 1992, doi:10.1214/ss/1177011137).
    public static func effectiveSampleSize(_ chains: [[Double]]) -> Double {
        guard let length = chains.first?.count, length > 3 else { return .nan }
        let total = Double(length * chains.count)
        let within = chains.map(variance).mean
        let between = chains.count > 1 ? variance(chains.map(\.mean)) : 0
        let spread = Double(length - 1) / Double(length) * within + between
        guard spread > 0 else { return .nan }
        func correlation(_ lag: Int) -> Double {
            let covariance = chains.map { autocovariance($0, lag) }.mean
            return 1 - (within - covariance) / spread
        }
        var sum = 0.0
        var previous = Double.infinity
        for lag in stride(from: 0, to: length - 1, by: 2) {
            let pair = min(previous, correlation(lag) + correlation(lag + 1))
            if pair <= 0 { break }
            sum += pair
            previous = pair
        }
        return total / max(1e-3, 2 * sum - 1)
    }

    /// The effective sample size of walkers of one ensemble: by how slowly the mean over the walkers moves (Goodman & Weare
    /// 2010, doi:10.2140/camcos.2010.5.65), its two halves in time as chains.
    public static func ensembleSampleSize(_ walkers: [[Double]]) -> Double {
        guard let length = walkers.first?.count, length > 7 else { return .nan }
        let means = (0..<length).map { draw in walkers.map { $0[draw] }.mean }
        let halves = [Array(means.prefix(length / 2)), Array(means.suffix(length / 2))]
        return min(effectiveSampleSize(halves) * Double(walkers.count), Double(walkers.count * length))
    }

    /// R̂ of an ensemble that is split into halves of its walkers, each of which into halves in time.
    public static func ensembleReduction(_ walkers: [[Double]]) -> Double {
        guard let length = walkers.first?.count, length > 3, walkers.count > 1 else { return .nan }
        let middle = walkers.count / 2
        let groups = [walkers[..<middle], walkers[middle..<2 * middle]].map { group in
            (0..<length).flatMap { draw in group.map { $0[draw] } }
        }
        return potentialScaleReduction(groups)
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.mean
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
    }

    private static func autocovariance(_ values: [Double], _ lag: Int) -> Double {
        let mean = values.mean
        return (0..<values.count - lag).reduce(0) { $0 + (values[$1] - mean) * (values[$1 + lag] - mean) }
            / Double(values.count)
    }
}
