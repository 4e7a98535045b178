import Foundation

/// A value that is not what was accepted.
public struct Drift: Sendable, Codable, Equatable {
    /// The value: `steps`, `profile.y.maximum`.
    public var name: String
    /// What was accepted; nil where it is new.
    public var old: String?
    /// What came out; nil where it is gone.
    public var new: String?
    /// How far it may be, as an absolute number; nil where it has to be the same.
    public var limit: Double?

    /// One line.
    public var text: String {
        guard let old else { return "\(name) is new: \(new ?? "")" }
        guard let new else { return "\(name) is gone; it was \(old)" }
        let allowed = limit.map { String(format: "± %.3g allowed", $0) } ?? "has to be the same"
        return "\(name): \(old) → \(new), \(allowed)"
    }
}

extension LockFile.Cell {
    /// Numbers this small are rounding errors of zero, whatever the tolerance.
    private static let smallest = 1e-12

    /// What is not as accepted.
    func drift(of new: LockFile.Cell) -> [Drift] {
        var drifts = compareValues(new)
        drifts += compareSeries(new)
        drifts += Self.compareNames(
            texts.map { ($0.name, "\($0.value.prefix(8))…") },
            new.texts.map { ($0.name, "\($0.value.prefix(8))…") })
        drifts += new.texts.compactMap { text in
            guard let old = texts.first(where: { $0.name == text.name }), old.value != text.value else {
                return nil
            }
            return Drift(
                name: text.name, old: "\(old.value.prefix(8))…", new: "\(text.value.prefix(8))…", limit: nil)
        }
        return drifts
    }

    private func compareValues(_ new: LockFile.Cell) -> [Drift] {
        let gone = Self.compareNames(
            values.map { ($0.name, $0.value.text(nil)) }, new.values.map { ($0.name, $0.value.text(nil)) })
        return gone
            + new.values.compactMap { value in
                guard let old = values.first(where: { $0.name == value.name }) else { return nil }
                return compare(value.name, old.value, value.value)
            }
    }

    private func compare(_ name: String, _ old: CellValue, _ new: CellValue) -> Drift? {
        guard let before = old.number, let after = new.number else {
            return old == new ? nil : Drift(name: name, old: old.text(nil), new: new.text(nil), limit: nil)
        }
        return compare(name, before, after, scale: abs(before))
    }

    private func compare(_ name: String, _ old: Double, _ new: Double, scale: Double) -> Drift? {
        let limit = max(tolerance * scale, Self.smallest)
        let isSame =
            old.isFinite && new.isFinite ? abs(new - old) <= limit : old.description == new.description
        return isSame
            ? nil
            : Drift(
                name: name, old: String(format: "%.6g", old), new: String(format: "%.6g", new), limit: limit)
    }

    private func compareSeries(_ new: LockFile.Cell) -> [Drift] {
        let gone = Self.compareNames(
            series.map { ($0.name, "\($0.count) numbers") },
            new.series.map { ($0.name, "\($0.count) numbers") })
        return gone
            + new.series.flatMap { found -> [Drift] in
                guard let old = series.first(where: { $0.name == found.name }) else { return [] }
                guard old.count == found.count, old.finite == found.finite else {
                    return [
                        Drift(
                            name: found.name, old: "\(old.count) numbers, \(old.finite) finite",
                            new: "\(found.count) numbers, \(found.finite) finite", limit: nil)
                    ]
                }
                return zip(old.numbers, found.numbers).compactMap { before, after in
                    compare("\(found.name).\(before.name)", before.value, after.value, scale: old.scale)
                }
            }
    }

    private static func compareNames(_ old: [(String, String)], _ new: [(String, String)]) -> [Drift] {
        old.filter { entry in !new.contains { $0.0 == entry.0 } }.map {
            Drift(name: $0.0, old: $0.1, new: nil, limit: nil)
        }
            + new.filter { entry in !old.contains { $0.0 == entry.0 } }.map {
                Drift(name: $0.0, old: nil, new: $0.1, limit: nil)
            }
    }
}
