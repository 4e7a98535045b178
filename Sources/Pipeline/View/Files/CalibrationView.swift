import Archive
import Figures
import Foundation

/// The result of a calibration: the search, the fit, the posterior.
struct CalibrationView: Viewed {
    private let path: String
    private let record: CalibrationRecord

    init(_ path: String) throws {
        self.path = path
        record = try CalibrationFile.read(path)
    }

    private var picture: CalibrationPicture {
        CalibrationPicture(record: record, path: path, look: PlotVerb.Look(size: "wide"))
    }

    func description() throws -> ViewDescription {
        let name = (path as NSString).lastPathComponent
        var view = ViewDescription(kind: .calibration, title: record.attributes["title"]?.text ?? name)
        view.series = [.init(name: "search", label: "the search")]
        view.figures = CalibrationPicture.Subject.allCases.filter { (try? picture.figure($0)) != nil }.map(
            \.rawValue)
        let columns = Dictionary(record.parameters.map { ($0.name, $0.values) }) { first, _ in first }
        for (row, name) in record.parameterNames.enumerated() {
            guard let best = columns["best"]?[row] else { continue }
            let deviation = columns["standard_deviation"]?[row] ?? .nan
            view.tell(name, significant(best) + (deviation.isFinite ? " ± \(significant(deviation))" : ""))
        }
        view.tell("points evaluated", "\(record.costs.count)")
        for (name, value) in record.attributes.sorted(by: { $0.key < $1.key })
        where !["title", "format", "format_version", "study"].contains(name) {
            view.tell(name.replacing("_", with: " "), value.description)
        }
        return view
    }

    func series(_ name: String) throws -> [SeriesColumn] {
        guard name == "search" else { throw ToolError("this calibration has no series \"\(name)\"") }
        var least = Double.infinity
        let best = record.costs.map { cost in
            least = cost.isNaN ? least : min(least, cost)
            return least
        }
        return [
            SeriesColumn("point", record.costs.indices.map { Double($0 + 1) }),
            SeriesColumn("cost", record.costs), SeriesColumn("best", best, label: "best so far"),
        ]
            + record.parameterNames.enumerated().map { column, name in
                SeriesColumn(name, record.points.map { $0[column] }, label: name)
            }
    }

    func figure(_ name: String) throws -> Data {
        guard let subject = CalibrationPicture.Subject(rawValue: name) else {
            throw ToolError("this calibration has no figure \"\(name)\"")
        }
        return try picture.figure(subject).render(.svg)
    }
}
