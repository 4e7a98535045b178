/// Two sides of a closed curve that meet where they should not.
struct CurveCrossing {
    /// The indices of the sides; side i starts at vertex i.
    let sides: (Int, Int)
    /// Where they meet.
    let place: PlanarPoint
}

/// Finds sides of a curve that cross, touch or fold back on each other.
struct CrossingSearch {
    private let vertices: [PlanarPoint]
    private let chords: [Chord]

    init(_ vertices: [PlanarPoint], chords: [Chord]) {
        self.vertices = vertices
        self.chords = chords
    }

    /// The first crossing within a run; runs whose boxes are apart are not looked at.
    func within(_ node: Int, _ run: Range<Int>) -> CurveCrossing? {
        guard run.count > 1 else { return nil }
        let middle = run.lowerBound + run.count / 2
        let (left, right) = (run.lowerBound..<middle, middle..<run.upperBound)
        return within(2 * node, left) ?? within(2 * node + 1, right)
            ?? between(2 * node, left, 2 * node + 1, right)
    }

    private func between(
        _ first: Int, _ firstRun: Range<Int>, _ second: Int, _ secondRun: Range<Int>
    ) -> CurveCrossing? {
        let (one, two) = (chords[first], chords[second])
        if any(one.lower .> two.upper) || any(two.lower .> one.upper) { return nil }
        if firstRun.count == 1, secondRun.count == 1 {
            return sides(firstRun.lowerBound, secondRun.lowerBound)
        }
        if firstRun.count >= secondRun.count {
            let middle = firstRun.lowerBound + firstRun.count / 2
            return between(2 * first, firstRun.lowerBound..<middle, second, secondRun)
                ?? between(2 * first + 1, middle..<firstRun.upperBound, second, secondRun)
        }
        let middle = secondRun.lowerBound + secondRun.count / 2
        return between(first, firstRun, 2 * second, secondRun.lowerBound..<middle)
            ?? between(first, firstRun, 2 * second + 1, middle..<secondRun.upperBound)
    }

    private func sides(_ first: Int, _ second: Int) -> CurveCrossing? {
        let one = Chord(vertices[first], vertices[(first + 1) % vertices.count])
        let two = Chord(vertices[second], vertices[(second + 1) % vertices.count])
        if second == first + 1 {
            return fold(one, two).map { CurveCrossing(sides: (first, second), place: $0) }
        }
        if (second + 1) % vertices.count == first {
            return fold(two, one).map { CurveCrossing(sides: (second, first), place: $0) }
        }
        return meeting(one, two).map { CurveCrossing(sides: (first, second), place: $0) }
    }

    /// Neighbours share a vertex; they meet elsewhere only where the second returns along the first.
    private func fold(_ one: Chord, _ two: Chord) -> PlanarPoint? {
        let turn = one.along.x * two.along.y - one.along.y * two.along.x
        return turn == 0 && (one.along * two.along).sum() < 0 ? two.start : nil
    }

    /// Where two sides without a common vertex meet, if they do.
    private func meeting(_ one: Chord, _ two: Chord) -> PlanarPoint? {
        let away = two.start - one.start
        let turn = one.along.x * two.along.y - one.along.y * two.along.x
        if turn == 0 {
            return [two.start, two.end].first { one.distance(to: $0) == 0 }
                ?? [one.start, one.end].first { two.distance(to: $0) == 0 }
        }
        let shareOfOne = (away.x * two.along.y - away.y * two.along.x) / turn
        let shareOfTwo = (away.x * one.along.y - away.y * one.along.x) / turn
        guard (0...1).contains(shareOfOne), (0...1).contains(shareOfTwo) else { return nil }
        return one.start + one.along * shareOfOne
    }
}
