import Foundation
internal import GRDB

/// The list of everything that ran here, in an SQLite database that several processes may write at once.
public final class RunRegistry: Sendable {
    /// The database file.
    public let path: String
    private let database: DatabasePool

    /// Opens or creates the registry and brings its tables up to date. Throws where the folder cannot be
    /// written or the file is no registry.
    public init(path: String = RunRegistry.standardPath()) throws {
        self.path = path
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        database = try Self.openPool(path)
    }

    /// `$HUGONIOT_HOME/registry.sqlite`, else in `$XDG_DATA_HOME/hugoniot`, else in
    /// `~/.local/share/hugoniot`.
    public static func standardPath(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("HUGONIOT_HOME") { return home + "/registry.sqlite" }
        if let data = value("XDG_DATA_HOME") { return data + "/hugoniot/registry.sqlite" }
        return (value("HOME") ?? NSHomeDirectory()) + "/.local/share/hugoniot/registry.sqlite"
    }

    /// Adds a record and returns its number. Throws a database error.
    public func add(_ record: RunRecord) throws -> Int64 {
        try database.write { database in
            try RunRow(record).inserted(database).id ?? 0
        }
    }

    /// Replaces the record of the same number. Throws a database error.
    public func update(_ record: RunRecord) throws {
        try database.write { try RunRow(record).update($0) }
    }

    /// The latest records, newest first. Throws a database error.
    public func latest(_ count: Int = 50, verb: String? = nil) throws -> [RunRecord] {
        try database.read { database in
            var request = RunRow.order(Column("id").desc).limit(count)
            if let verb { request = request.filter(Column("verb") == verb) }
            return try request.fetchAll(database).map(\.record)
        }
    }

    /// The record of this number, or nil. Throws a database error.
    public func record(_ id: Int64) throws -> RunRecord? {
        try database.read { try RunRow.fetchOne($0, key: id)?.record }
    }

    /// Several processes that open a new registry at once can collide: SQLite's busy timeout does not cover
    /// the switch to write-ahead logging, and two may apply the same migration. The one that lost tries again
    /// and finds it done.
    private static func openPool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // What is listed stays listed when the power fails.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        var attempt = 0
        while true {
            do {
                let database = try DatabasePool(path: path, configuration: configuration)
                try migrator.migrate(database)
                return database
            } catch let error as DatabaseError
                where attempt < 50 && [.SQLITE_BUSY, .SQLITE_CONSTRAINT].contains(error.resultCode)
            {
                attempt += 1
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: runs") { database in
            try database.create(table: "run", options: .ifNotExists) { table in
                table.autoIncrementedPrimaryKey("id")
                for name in [
                    "verb", "title", "status", "inputPath", "inputSHA256", "outputPath", "toolVersion",
                ] {
                    table.column(name, .text).notNull()
                }
                table.column("started", .datetime).notNull()
                table.column("finished", .datetime)
                table.column("cells", .integer)
                table.column("steps", .integer)
                table.column("seconds", .double)
                table.column("nanosecondsPerCellStep", .double)
                table.column("extra", .jsonText).notNull()
            }
        }
        return migrator
    }
}

/// A record in the database; the columns are the record's own.
private struct RunRow: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "run"
    var record: RunRecord

    init(_ record: RunRecord) { self.record = record }
    init(from decoder: any Decoder) throws { record = try RunRecord(from: decoder) }
    func encode(to encoder: any Encoder) throws { try record.encode(to: encoder) }

    var id: Int64? { record.id }
    mutating func didInsert(_ inserted: InsertionSuccess) { record.id = inserted.rowID }
}
