import Foundation
internal import GRDB

/// The list of all samples of a sweep, in an SQLite database that several processes and machines may change at once.
///
/// It keeps SQLite's rollback journal, which works on shared file systems, where write-ahead logging does not.
public final class SweepRegistry: Sendable {
    /// The database file.
    public let path: String
    private let database: DatabaseQueue

    /// Opens or creates the registry. Throws `ArchiveError` where the file cannot be written or is no registry.
    public init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try Self.migrator.migrate(database)
        } catch {
            throw Self.explain(error, path)
        }
    }

    /// Lists all samples of a new sweep at once, or nothing at all. Throws `ArchiveError`.
    public func begin(fingerprint: String, _ samples: [SweepSample]) throws {
        try writing { database in
            try database.execute(sql: "DELETE FROM sample")
            for sample in samples { try SampleRow(sample).insert(database) }
            try database.execute(
                sql: "INSERT OR REPLACE INTO sweep (key, value) VALUES ('fingerprint', ?)",
                arguments: [fingerprint])
        }
    }

    /// The digest of the campaign whose samples are listed; nil in a new registry. Throws `ArchiveError`.
    public func fingerprint() throws -> String? {
        try writing { try String.fetchOne($0, sql: "SELECT value FROM sweep WHERE key = 'fingerprint'") }
    }

    /// Takes the first pending sample for a worker; nil where there is none. No two callers get the same one. Throws
    /// `ArchiveError`.
    public func claim(owner: String) throws -> SweepSample? {
        try writing { database in
            let request = SampleRow.filter(Column("state") == SweepSample.State.pending.rawValue)
                .order(Column("number"))
            guard var sample = try request.fetchOne(database)?.sample else { return nil }
            sample.state = .claimed
            sample.owner = owner
            sample.claimed = Date()
            try SampleRow(sample).update(database)
            return sample
        }
    }

    /// Replaces what is known of a sample. Throws `ArchiveError`.
    public func update(_ sample: SweepSample) throws { try writing { try SampleRow(sample).update($0) } }

    /// Makes samples pending again that were claimed: all, or those of one owner. Throws `ArchiveError`.
    public func release(owner: String? = nil) throws {
        try writing { database in
            var sql = "UPDATE sample SET state = 'pending', owner = NULL WHERE state = 'claimed'"
            if owner != nil { sql += " AND owner = ?" }
            try database.execute(sql: sql, arguments: owner.map { [$0] } ?? [])
        }
    }

    /// All samples, in order. Throws `ArchiveError`.
    public func samples() throws -> [SweepSample] {
        try writing { try SampleRow.order(Column("number")).fetchAll($0).map(\.sample) }
    }

    /// How many samples are in each state; states without samples are absent. Throws `ArchiveError`.
    public func counts() throws -> [SweepSample.State: Int] {
        try writing { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT state, COUNT(*) AS n FROM sample GROUP BY state")
            let pairs = try rows.map { row in
                let word = try row.decode(String.self, forColumn: "state")
                guard let state = SweepSample.State(rawValue: word) else {
                    throw ArchiveError(
                        .damaged, "the registry \(path) is damaged: it has the state \"\(word)\"")
                }
                return (state, try row.decode(Int.self, forColumn: "n"))
            }
            return Dictionary(pairs) { $1 }
        }
    }

    private func writing<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            // Immediate: two readers that both want to write would deadlock.
            return try database.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    return .commit
                }
                guard let result else { throw ArchiveError(.damaged, "\(path) gave no answer") }
                return result
            }
        } catch {
            throw Self.explain(error, path)
        }
    }

    private static func explain(_ error: any Error, _ path: String) -> any Error {
        if error is ArchiveError { return error }
        guard let error = error as? DatabaseError else {
            return ArchiveError(.damaged, "the registry \(path) is damaged: \(error)")
        }
        switch error.resultCode {
        case .SQLITE_FULL: return ArchiveError(.diskFull, "the disk is full: \(path) cannot be written")
        case .SQLITE_BUSY, .SQLITE_LOCKED: return ArchiveError(.busy, "another process holds \(path)")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
            return ArchiveError(
                .unwritable, "cannot write the registry \(path): \(error.message ?? "refused")")
        default: return ArchiveError(.damaged, "the registry \(path) is damaged: \(error)")
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: samples") { database in
            try database.create(table: "sweep", options: .ifNotExists) { table in
                table.primaryKey("key", .text)
                table.column("value", .text).notNull()
            }
            try database.create(table: "sample", options: .ifNotExists) { table in
                table.primaryKey("number", .integer)
                table.column("state", .text).notNull().indexed()
                table.column("recipe", .jsonText).notNull()
                for name in ["attempts", "deaths"] { table.column(name, .integer).notNull() }
                for name in ["owner", "failure", "reason", "ending"] { table.column(name, .text) }
                table.column("steps", .integer)
                for name in ["time", "residual", "seconds"] { table.column(name, .double) }
                for name in ["claimed", "finished"] { table.column(name, .datetime) }
            }
        }
        return migrator
    }
}

/// A sample in the database; the columns are its own.
private struct SampleRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "sample"
    let sample: SweepSample

    init(_ sample: SweepSample) { self.sample = sample }
    init(from decoder: any Decoder) throws { sample = try SweepSample(from: decoder) }
    func encode(to encoder: any Encoder) throws { try sample.encode(to: encoder) }
}
