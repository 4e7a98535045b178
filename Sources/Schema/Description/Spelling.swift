/// "Did you mean" for misspelt words.
public enum Spelling {
    /// The candidate that a person most likely meant, or nil where none is near.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - candidates: What is allowed.
    public static func closest(to word: String, among candidates: [String]) -> String? {
        let written = normalised(word)
        let limit = max(1, written.count / 3)
        let ranked = candidates.map { (candidate: $0, distance: distance(written, normalised($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit,
            best.distance < written.count
        else { return nil }
        return best.candidate
    }

    private static func normalised(_ word: String) -> [Character] {
        Array(word.lowercased().map { $0 == "-" ? "_" : $0 })
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other
    /// (optimal string alignment; Damerau 1964, doi:10.1145/363958.363994).
    static func distance(_ first: [Character], _ second: [Character]) -> Int {
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        var before: [Int] = []
        var previous = Array(0...second.count)
        for row in 1...first.count {
            var current = [row]
            for column in 1...second.count {
                let same = first[row - 1] == second[column - 1]
                var cost = min(previous[column] + 1, current[column - 1] + 1)
                cost = min(cost, previous[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, first[row - 1] == second[column - 2],
                    first[row - 2] == second[column - 1]
                {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            (before, previous) = (previous, current)
        }
        return previous[second.count]
    }
}
