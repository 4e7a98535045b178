import Foundation
internal import GRDB

/// The answer to a question in SQL.
public struct QueryAnswer: Sendable, Equatable {
    /// One value of the database.
    public enum Value: Sendable, Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
    }

    /// The names of the columns.
    public var columns: [String]
    /// The rows.
    public var rows: [[Value]]
}

/// Questions in SQL to a registry. Nothing can be written, and no other file can be reached.
public enum RegistryQuery {
    /// Answers a question. A registry that is not there yet is an empty one.
    ///
    /// - Parameters:
    ///   - sql: One `SELECT`, with or without `WITH`.
    ///   - values: The rows of a further table `value (cell, name, number, text)`.
    ///   - path: The registry.
    ///   - limit: More rows than that are an error.
    /// - Throws: `ArchiveError` with the reason in the database's words.
    public static func answer(
        _ sql: String, values: [(cell: String, name: String, number: Double?, text: String)] = [],
        registry path: String = RunRegistry.standardPath(), limit: Int = 10_000
    ) throws -> QueryAnswer {
        let first = sql.split(whereSeparator: { $0.isWhitespace || $0 == "(" }).first?.uppercased() ?? ""
        guard first == "SELECT" || first == "WITH" else {
            throw ArchiveError(.mismatch, "a question begins with SELECT or WITH, this one with \"\(first)\"")
        }
        let exists = FileManager.default.fileExists(atPath: path)
        // Brings an older registry up to date, as every other reader does.
        if exists { _ = try RunRegistry(path: path) }
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try create(values, in: database)
                if exists {
                    try database.execute(sql: "ATTACH DATABASE ? AS registry", arguments: [path])
                } else {
                    try database.execute(sql: emptyTable)
                }
                try database.execute(sql: "PRAGMA query_only = ON")
            }
            let queue = try DatabaseQueue(configuration: configuration)
            return try queue.unsafeRead { try rows(of: sql, in: $0, limit: limit) }
        } catch let error as DatabaseError {
            throw ArchiveError(.mismatch, "the database says: \(error.message ?? "\(error.resultCode)")")
        }
    }

    private static let emptyTable =
        "CREATE TABLE run (id, verb, title, status, inputPath, inputSHA256, outputPath, toolVersion, started, finished, "
        + "cells, steps, seconds, nanosecondsPerCellStep, extra)"

    private static func create(
        _ values: [(cell: String, name: String, number: Double?, text: String)], in database: Database
    ) throws {
        try database.execute(sql: "CREATE TABLE value (cell TEXT, name TEXT, number REAL, text TEXT)")
        for value in values {
            try database.execute(
                sql: "INSERT INTO value VALUES (?, ?, ?, ?)",
                arguments: [value.cell, value.name, value.number, value.text])
        }
    }

    private static func rows(of sql: String, in database: Database, limit: Int) throws -> QueryAnswer {
        let statement = try database.makeStatement(sql: sql)
        guard statement.isReadonly else {
            throw ArchiveError(.mismatch, "the question would write; only SELECT is allowed")
        }
        let columns = statement.columnNames
        var rows: [[QueryAnswer.Value]] = []
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            guard rows.count < limit else {
                throw ArchiveError(.mismatch, "the answer has more than \(limit) rows; add a LIMIT")
            }
            rows.append(
                columns.indices.map { index in
                    switch (row[index] as DatabaseValue).storage {
                    case .null: .null
                    case .int64(let value): .integer(value)
                    case .double(let value): .real(value)
                    case .string(let value): .text(value)
                    case .blob(let data): .text("\(data.count) bytes")
                    }
                })
        }
        return QueryAnswer(columns: columns, rows: rows)
    }
}
