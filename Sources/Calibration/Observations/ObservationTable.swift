import Foundation
import Schema

/// `[[observations]]`
enum ObservationTable {
    private static let file = Key.text(
        "file",
        "Comma-separated values under a line of column names: output, value, and where known sigma, "
            + "weight, group, index, bound, x, y, z, t; or an HDF5 file (.h5, .hdf5): a run of this program, or any "
            + "other with `dataset`."
    ).optional(otherwise: "the values below")
    private static let site = Key.text("site", "The site that they belong to.").optional(
        otherwise: "the only site")
    private static let output = Key.text(
        "output", "The output of the model, where the file has no such column."
    )
    .optional(otherwise: "the column `output`")
    private static let values = Key.numbers(
        "values", .any, .any, default: [], described: "from the file", "Observed values.")
    private static let sigma = Key.number(
        "sigma", .above(0), "The standard deviation, where the file has no such column."
    ).optional(otherwise: "1; nothing where `relative` is given")
    private static let relative = Key.number(
        "relative", .atLeast(0), default: 0,
        "A standard deviation as a share of the value, added to `sigma` in squares.")
    private static let weight = Key.number("weight", .atLeast(0), default: 1, "How much they count.")
    private static let group = Key.text("group", default: "", "The group that reports sum over.")
    private static let bound = Key<Observation.Bound>.choice(
        "bound", default: .equal, "Whether a value was measured, or is a limit.")
    private static let huber = Key.number(
        "huber", .above(0), "Residuals beyond so many standard deviations count linearly."
    ).optional(otherwise: "all count in squares")
    private static let correlation = Key.number(
        "correlation", .atLeast(0), default: 0, "Of residuals that follow one another in one output; < 1.")
    private static let covariance = Key.text(
        "covariance",
        "The covariance of their errors, in their order, in the place of sigma: comma-separated rows, or an HDF5 "
            + "file with `covariance_dataset`."
    ).optional(otherwise: "independent errors, or `correlation`")
    private static let covarianceDataset = Key.text(
        "covariance_dataset", default: "covariance", "The path of the covariance in an HDF5 file.")

    static let table = TableSchema(
        "What was observed.",
        [file, site, output, values] + ArchivedObservations.keys + [
            sigma, relative, weight, group, bound, huber, correlation, covariance, covarianceDataset,
        ])

    /// The observations of a table, and the name of their site.
    static func read(
        _ section: Section, folder: String, arrays: (any ArraySource)?, _ diagnostics: inout [Diagnostic]
    ) -> (site: String?, set: ObservationSet)? {
        let defaults = Observation(
            output: section[output] ?? "", index: 0, value: 0,
            deviation: section[sigma] ?? (section[relative] > 0 ? 0 : 1),
            weight: section[weight], bound: section[bound], group: section[group])
        guard
            var observations = observations(section, folder, arrays, defaults, &diagnostics),
            let dependence = dependence(section, folder, arrays, observations, &diagnostics)
        else { return nil }
        for index in observations.indices {
            let share = section[relative] * abs(observations[index].value)
            observations[index].deviation = hypot(observations[index].deviation, share)
        }
        if observations.contains(where: { $0.deviation == 0 }) {
            diagnostics.append(
                section.diagnostic(
                    "relative", "leaves a value of 0 without an error",
                    hint: "set sigma to the error of small values"))
        }
        let set = ObservationSet(
            observations, loss: section[huber].map(Loss.huber) ?? .squares, dependence: dependence)
        return (section[site], set)
    }

    private static func observations(
        _ section: Section, _ folder: String, _ arrays: (any ArraySource)?, _ defaults: Observation,
        _ diagnostics: inout [Diagnostic]
    ) -> [Observation]? {
        if let name = section[file] {
            let path = absolute(name, folder)
            if isArchive(name) {
                return ArchivedObservations.read(section, path, name, arrays, defaults, &diagnostics)
            }
            do throws(InvalidInput) {
                return try ObservationFile(path, shown: name, defaults: defaults).observations
            } catch {
                diagnostics += error.diagnostics
                return nil
            }
        }
        guard let output = section[output], !section[values].isEmpty else {
            diagnostics.append(
                section.diagnostic(nil, "observes nothing", hint: "set file, or output and values"))
            return nil
        }
        return section[values].map { value in
            var observation = defaults
            observation.index = -1
            observation.output = output
            observation.value = value
            return observation
        }
    }

    /// How the errors depend on each other; nil where that cannot be told.
    private static func dependence(
        _ section: Section, _ folder: String, _ arrays: (any ArraySource)?, _ observations: [Observation],
        _ diagnostics: inout [Diagnostic]
    ) -> ErrorDependence? {
        if section[correlation] >= 1 {
            diagnostics.append(
                section.diagnostic("correlation", "\(section[correlation])", allowed: "0 … 1, below 1"))
            return nil
        }
        guard let name = section[covariance] else {
            return section[correlation] > 0 ? .sequence(section[correlation]) : .independent
        }
        if let problem = conflict(section, observations) {
            diagnostics.append(problem)
            return nil
        }
        do {
            let table = CovarianceTable(
                path: absolute(name, folder), shown: name, dataset: section[covarianceDataset], arrays: arrays
            )
            return .covariance(try table.factor(size: observations.count))
        } catch {
            diagnostics.append(section.diagnostic("covariance", error.message, hint: error.hint))
            return nil
        }
    }

    /// What a covariance cannot be combined with.
    private static func conflict(_ section: Section, _ observations: [Observation]) -> Diagnostic? {
        if section[correlation] > 0 {
            return section.diagnostic(
                "covariance", "stands beside correlation, which says the same another way",
                hint: "remove one of them")
        }
        guard observations.contains(where: { $0.bound != .equal }) else { return nil }
        return section.diagnostic(
            "covariance", "needs measured values, but some are bounds",
            hint: "put the bounds into an [[observations]] of their own")
    }

    static func absolute(_ name: String, _ folder: String) -> String {
        URL(fileURLWithPath: name, relativeTo: URL(fileURLWithPath: folder)).standardizedFileURL.path
    }

    static func isArchive(_ name: String) -> Bool {
        ["h5", "hdf5", "hdf", "nc"].contains((name as NSString).pathExtension.lowercased())
    }

    /// Observations without an index of their own count up within their output and site.
    static func number(_ sets: inout [ObservationSet]) {
        var counts: [String: Int] = [:]
        for set in sets.indices {
            for place in sets[set].observations.indices where sets[set].observations[place].index < 0 {
                let output = sets[set].observations[place].output
                sets[set].observations[place].index = counts[output, default: 0]
                counts[output, default: 0] += 1
            }
        }
    }
}
