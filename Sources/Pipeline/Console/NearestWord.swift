import Schema

/// The candidate that a person most likely meant, or nil where none is near.
public func nearestWord(to word: String, among candidates: [String]) -> String? {
    Spelling.closest(to: word, among: candidates)
}
