import Schema

/// The keys of `[[observations]]` that read HDF5 files.
enum ArchivedObservations {
    private static let outputs = Field(
        "outputs", .list(.text, .within(1...10_000)),
        "Outputs that are read from a run: PROBE.pressure, field.pressure (at `points`), surface.BODY.pressure, "
            + "body.BODY.drag.")
    private static let dataset = Key.text(
        "dataset", "The path of observed numbers in an HDF5 file of any program."
    )
    .optional(otherwise: "the file is a run of this program")
    private static let sigmaDataset = Key.text("sigma_dataset", "The path of their standard deviations.")
        .optional(otherwise: "`sigma` and `relative`")
    private static let coordinates = Field(
        "coordinates", .namedValues(.text),
        "The paths of their coordinates: `{ t = \"/time\" }`; x, y, z, t.")
    private static let points = Field(
        "points", .list(.list(.number(.any), .within(1...3)), .within(1...1_000_000)),
        "Where `field.NAME` is looked at.")
    private static let time = Key.number("time", .any, "When `field.NAME` is looked at.").optional(
        otherwise: "at the end of the run")
    private static let every = Key.integer(
        "every", 1...1_000_000_000, default: 1, "Of a series only each so many-th number is taken.")

    static let keys: [any SchemaKey] = [outputs, dataset, sigmaDataset, coordinates, points, time, every]

    /// The observations of an HDF5 file; nil where they cannot be read, which is reported.
    static func read(
        _ section: Section, _ path: String, _ shown: String, _ arrays: (any ArraySource)?,
        _ defaults: Observation, _ diagnostics: inout [Diagnostic]
    ) -> [Observation]? {
        guard let arrays else {
            diagnostics.append(section.diagnostic("file", "HDF5 files cannot be read here"))
            return nil
        }
        do {
            let found =
                section[dataset] == nil
                ? try runs(section, path, arrays, defaults) : try plain(section, path, arrays, defaults)
            guard let bad = found.first(where: { !$0.value.isFinite || !$0.deviation.isFinite }) else {
                return found
            }
            throw ArchiveProblem(
                message: "\(shown): \(bad.output) holds a number that is not finite",
                hint: "take another part of the file, or `every`")
        } catch let problem as ArchiveProblem {
            diagnostics.append(section.diagnostic("file", problem.message, hint: problem.hint))
        } catch {
            diagnostics.append(section.diagnostic("file", "\(error)"))
        }
        return nil
    }

    /// The outputs of a run of this program.
    private static func runs(
        _ section: Section, _ path: String, _ arrays: any ArraySource, _ defaults: Observation
    ) throws -> [Observation] {
        var names = section.node?["outputs"]?.elements.compactMap(\.text) ?? []
        if names.isEmpty, !defaults.output.isEmpty { names = [defaults.output] }
        guard !names.isEmpty else {
            throw ArchiveProblem(
                message: "does not say what is read", hint: "set outputs = [\"PROBE.pressure\"], or dataset")
        }
        let points = (section.node?["points"]?.elements ?? []).map { $0.elements.compactMap(\.double) }
        return try names.flatMap { name in
            let values = try arrays.run(path, output: name, points: points, time: section[time])
            return thinned(values, section[every]).map { observation(name, $0, defaults) }
        }
    }

    /// A dataset of any program.
    private static func plain(
        _ section: Section, _ path: String, _ arrays: any ArraySource, _ defaults: Observation
    ) throws -> [Observation] {
        guard !defaults.output.isEmpty else {
            throw ArchiveProblem(
                message: "does not say which output its numbers are", hint: "set output beside dataset")
        }
        let values = try arrays.array(path, dataset: section[dataset] ?? "").values
        let table = section.section("coordinates")
        var places = Array(repeating: [String: Double](), count: values.count)
        for entry in table.node?.entries ?? [] {
            let column = try column(entry.node.text ?? "", path, arrays, count: values.count)
            for index in places.indices { places[index][entry.key] = column[index] }
        }
        var found = zip(values, places).map {
            observation(defaults.output, ArchivedValue($0, at: $1), defaults)
        }
        if let name = section[sigmaDataset] {
            let deviations = try column(name, path, arrays, count: values.count)
            guard deviations.allSatisfy({ $0 > 0 }) else {
                throw ArchiveProblem(message: "\(name) holds a standard deviation that is not positive")
            }
            for index in found.indices { found[index].deviation = deviations[index] }
        }
        return thinned(found, section[every])
    }

    private static func column(
        _ name: String, _ path: String, _ arrays: any ArraySource, count: Int
    ) throws -> [Double] {
        let values = try arrays.array(path, dataset: name).values
        guard values.count == count else {
            throw ArchiveProblem(
                message: "\(name) has \(values.count) numbers, the observations are \(count)",
                hint: "give datasets of one length")
        }
        return values
    }

    private static func thinned<Element>(_ values: [Element], _ every: Int) -> [Element] {
        stride(from: 0, to: values.count, by: every).map { values[$0] }
    }

    private static func observation(
        _ output: String, _ value: ArchivedValue, _ defaults: Observation
    ) -> Observation {
        var observation = defaults
        (observation.output, observation.index) = (output, -1)
        (observation.value, observation.coordinates) = (value.value, value.coordinates)
        return observation
    }
}

/// What is wrong with a file of arrays.
struct ArchiveProblem: Error {
    var message: String
    var hint: String?
}
