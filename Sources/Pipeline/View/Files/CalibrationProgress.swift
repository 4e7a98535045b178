import Archive
import Foundation

/// A calibration under way: the model's answers so far, from the log that only grows.
struct CalibrationProgress: Viewed {
    private let path: String

    /// Where the answers of the calibration that writes `path` are.
    static func logPath(of path: String) -> String {
        path.withoutEnding + ".calibration/evaluations.jsonl"
    }

    /// Throws `ToolError` where the log cannot be read.
    init(_ path: String) throws {
        self.path = path
        _ = try answers()
    }

    private struct Answer: Decodable {
        var run: Int
        var parameters: [String: Double]
        var value: Double?
        var error: String?
    }

    /// What is written completely; of several sites the first one tells the parameters.
    private func answers() throws -> [Answer] {
        let log = Self.logPath(of: path)
        guard let data = FileManager.default.contents(atPath: log) else {
            throw ToolError("cannot read \(log)")
        }
        let decoder = JSONDecoder()
        var runs: Set<Int> = []
        return data.split(separator: 10).compactMap { try? decoder.decode(Answer.self, from: Data($0)) }
            .filter { runs.insert($0.run).inserted }
    }

    func description() throws -> ViewDescription {
        let answers = try answers()
        var view = ViewDescription(kind: .calibrating, title: (path as NSString).lastPathComponent)
        view.series = [.init(name: "search", label: "the search")]
        view.tell("status", "calibrating")
        view.tell("points evaluated", "\(answers.count)")
        view.tell("failed", "\(answers.filter { $0.error != nil }.count)")
        view.tell("least value", answers.compactMap(\.value).min().map(significant))
        view.note = "The posterior and the fit are drawn once the calibration has ended."
        return view
    }

    func series(_ name: String) throws -> [SeriesColumn] {
        let answers = try answers().sorted { $0.run < $1.run }
        let names = answers.first.map { $0.parameters.keys.sorted() } ?? []
        var columns = [SeriesColumn("point", answers.map { Double($0.run + 1) })]
        if answers.contains(where: { $0.value != nil }) {
            columns.append(SeriesColumn("value", answers.map { $0.value ?? .nan }))
        }
        return columns
            + names.map { name in SeriesColumn(name, answers.map { $0.parameters[name] ?? .nan }, label: name)
            }
    }
}
