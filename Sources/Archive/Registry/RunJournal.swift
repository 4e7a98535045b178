/// Keeps one run's record in the registry, and never lets the registry disturb the run: what fails there
/// becomes one warning.
public final class RunJournal {
    private let registry: RunRegistry?
    private let warn: (String) -> Void
    private var record: RunRecord

    /// The run's number in the registry; nil where the registry does not work.
    public var id: Int64? { record.id }

    /// Notes that something begins. `warn` is told, once, if the registry does not work.
    public init(
        _ record: RunRecord, path: String = RunRegistry.standardPath(), warn: @escaping (String) -> Void
    ) {
        self.record = record
        self.warn = warn
        do {
            let registry = try RunRegistry(path: path)
            self.record.id = try registry.add(record)
            self.registry = registry
        } catch {
            self.registry = nil
            warn("this run is not listed in the registry \(path): \(error.localizedDescription)")
        }
    }

    /// Notes how it ended; `extra` is anything else, as a JSON object.
    public func end(_ status: String, steps: Int? = nil, seconds: Double? = nil, extra: String? = nil) {
        record = record.ended(status, steps: steps, seconds: seconds)
        if let extra { record.extra = extra }
        do {
            try registry?.update(record)
        } catch {
            warn("the end of this run is not noted in the registry: \(error.localizedDescription)")
        }
    }
}
