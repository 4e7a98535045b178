import Foundation

/// Result files of calibrations.
public enum CalibrationFile {
    static let format = "hugoniot-calibration"

    /// Writes `PATH` through `PATH.tmp`. Throws `ArchiveError`; then nothing carries the name.
    public static func write(_ record: CalibrationRecord, to path: String) throws {
        let partial = try PartialFile(creating: path)
        do {
            let file = try HDF5File.create(partial)
            try HugoniotFile.mark(file.root, format: format)
            try file.root.attributes.write(record.attributes)
            try fill(file.root, record)
            try partial.commit(closing: file)
        } catch {
            partial.discard()
            throw (error as? HDF5Error).map { HugoniotFile.translate($0, path) } ?? error
        }
    }

    private static func fill(_ root: HDF5Group, _ record: CalibrationRecord) throws {
        let parameters = try root.createGroup("parameters")
        try texts(parameters, "name", record.parameterNames)
        try columns(parameters, record.parameters)
        let evaluations = try root.createGroup("evaluations")
        if !record.points.isEmpty {
            try evaluations.createDataset(
                "parameters", record.points.flatMap { $0 },
                shape: [record.points.count, record.parameterNames.count])
            try evaluations.createDataset("cost", record.costs)
        }
        if !record.observations.isEmpty {
            let observations = try root.createGroup("observations")
            for (name, values) in record.observationTexts { try texts(observations, name, values) }
            try columns(observations, record.observations)
        }
        if !record.verifications.isEmpty {
            let group = try root.createGroup("verifications")
            try columns(group, record.verifications)
            try group.createDataset(
                "parameters", record.verifiedPoints.flatMap { $0 },
                shape: [record.verifiedPoints.count, record.parameterNames.count])
        }
        if let first = record.track.first {
            let group = try root.createGroup("track")
            let shape = [record.track.count, first.mean.count]
            if !record.trackTimes.isEmpty { try group.createDataset("time", record.trackTimes) }
            try group.createDataset("mean", record.track.flatMap(\.mean), shape: shape)
            try group.createDataset("deviation", record.track.flatMap(\.deviation), shape: shape)
        }
        try posterior(root, record)
        guard !record.decisions.isEmpty else { return }
        let decisions = try root.createGroup("decisions")
        try decisions.createDataset("evaluations", record.decisions.map { Int64($0.evaluations) })
        try decisions.createDataset("best", record.decisions.map(\.best))
        try texts(decisions, "reason", record.decisions.map(\.reason))
    }

    private static func posterior(_ root: HDF5Group, _ record: CalibrationRecord) throws {
        if !record.matrices.isEmpty {
            let posterior = try root.createGroup("posterior")
            for (name, values) in record.matrices {
                let size = Int(Double(values.count).squareRoot().rounded())
                try posterior.createDataset(name, values, shape: [size, size])
            }
        }
        if !record.spectrum.isEmpty { try root.createDataset("spectrum", record.spectrum) }
        if !record.samples.isEmpty {
            try root.createDataset(
                "samples", record.samples.flatMap { $0 },
                shape: [record.samples.count, record.parameterNames.count])
        }
        guard !record.profiles.isEmpty else { return }
        let profiles = try root.createGroup("profiles")
        for profile in record.profiles {
            let group = try profiles.createGroup(profile.name.replacing("/", with: "_"))
            try group.createDataset("value", profile.values)
            try group.createDataset("cost", profile.costs)
        }
    }

    private static func columns(_ group: HDF5Group, _ columns: [CalibrationRecord.Column]) throws {
        for column in columns { try group.createDataset(column.name, column.values) }
    }

    private static func texts(_ group: HDF5Group, _ name: String, _ values: [String]) throws {
        try group.createFixedTexts(name, values, width: max(1, values.map(\.utf8.count).max() ?? 1))
    }

    /// Reads a result. Throws `ArchiveError`.
    public static func read(_ path: String) throws -> CalibrationRecord {
        let file = try HugoniotFile.open(path, format: format)
        do {
            let root = file.root
            var record = CalibrationRecord(
                attributes: try root.attributes.all(),
                parameterNames: try root.dataset("parameters/name").readTexts())
            record.parameters = try columns(of: root, "parameters", besides: ["name"])
            if try root.contains("evaluations/cost") {
                record.costs = try root.dataset("evaluations/cost").read()
                let values: [Double] = try root.dataset("evaluations/parameters").read()
                record.points = try rows(values, of: record, count: record.costs.count, path)
            }
            if try root.contains("observations") {
                let names = ["output", "site", "group"]
                record.observationTexts = try names.map { name in
                    (name: name, values: try root.dataset("observations/\(name)").readTexts())
                }
                record.observations = try columns(of: root, "observations", besides: names)
            }
            if try root.contains("verifications") {
                record.verifications = try columns(of: root, "verifications", besides: ["parameters"])
            }
            if try root.contains("posterior") {
                record.matrices = try root.group("posterior").childNames().map { name in
                    (name: name, values: try root.dataset("posterior/\(name)").read())
                }
            }
            if try root.contains("spectrum") { record.spectrum = try root.dataset("spectrum").read() }
            if try root.contains("samples") {
                let values: [Double] = try root.dataset("samples").read()
                record.samples = try rows(values, of: record, path)
            }
            if try root.contains("profiles") {
                record.profiles = try root.group("profiles").childNames().sorted(by: record.isBefore).map {
                    name in
                    (
                        name: name, values: try root.dataset("profiles/\(name)/value").read(),
                        costs: try root.dataset("profiles/\(name)/cost").read()
                    )
                }
            }
            if try root.contains("decisions") {
                let counts: [Int64] = try root.dataset("decisions/evaluations").read()
                let best: [Double] = try root.dataset("decisions/best").read()
                let reasons = try root.dataset("decisions/reason").readTexts()
                guard best.count == counts.count, reasons.count == counts.count else {
                    throw ArchiveError(
                        .damaged, "\(path) is damaged: the lists of /decisions differ in length")
                }
                record.decisions = counts.indices.map { (Int(counts[$0]), best[$0], reasons[$0]) }
            }
            return record
        } catch let error as HDF5Error { throw HugoniotFile.translate(error, path) }
    }

    /// Values that lie together as rows, one value a parameter. Throws `ArchiveError` where they do not fit.
    private static func rows(
        _ values: [Double], of record: CalibrationRecord, count: Int? = nil, _ path: String
    ) throws -> [[Double]] {
        let width = record.parameterNames.count
        guard width > 0, values.count.isMultiple(of: width),
            count ?? values.count / width == values.count / width
        else {
            throw ArchiveError(
                .damaged, "\(path) is damaged: \(values.count) values are no rows of \(width) parameters")
        }
        return (0..<values.count / width).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }

    private static func columns(
        of root: HDF5Group, _ group: String, besides others: [String]
    ) throws -> [CalibrationRecord.Column] {
        try root.group(group).childNames().filter { !others.contains($0) }.map { name in
            CalibrationRecord.Column(name, try root.dataset("\(group)/\(name)").read())
        }
    }
}
