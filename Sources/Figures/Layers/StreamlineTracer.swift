/// Finds streamlines that keep a distance from each other: new ones begin beside old ones, and end where they come too
/// near to another, leave the field, or stand still.
struct StreamlineTracer {
    private let field: VectorPlane
    /// The distance between lines, in units of the field.
    private let distance: Double
    private var step: Double { 0.25 * distance }
    /// Vectors shorter than this stand still.
    private let slowest: Double
    private static let mostSteps = 4000
    private static let mostLines = 5000

    init(_ field: VectorPlane, spacing: Double) {
        self.field = field
        let (x, y) = (field.u.x, field.u.y)
        distance = spacing * max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        slowest = 1e-6 * field.largest
    }

    typealias Place = (x: Double, y: Double)

    /// All lines, in an order that depends on the field alone.
    func lines() -> [[Place]] {
        guard slowest > 0 else { return [] }
        var taken = PlaceIndex(field.u.x, field.u.y, distance: distance)
        var lines: [[Place]] = []
        for seed in raster() {
            grow(from: [seed], &lines, &taken)
            if lines.count >= Self.mostLines { break }
        }
        return lines
    }

    /// Lines from some places, and from places beside those lines, until nothing is free.
    private func grow(from seeds: [Place], _ lines: inout [[Place]], _ taken: inout PlaceIndex) {
        var seeds = seeds
        while let seed = seeds.popLast(), lines.count < Self.mostLines {
            guard taken.isFree(seed, distance) else { continue }
            let line = trace(from: seed, taken)
            guard line.count > 5 else { continue }
            for place in line { taken.insert(place) }
            lines.append(line)
            seeds += beside(line)
        }
    }

    /// Starting points all over the field, for parts that no line leads to.
    private func raster() -> [Place] {
        let count = 24
        let centres = { (range: ClosedRange<Double>) -> [Double] in
            let width = (range.upperBound - range.lowerBound) / Double(count)
            return (0..<count).map { range.lowerBound + (Double($0) + 0.5) * width }
        }
        let columns = centres(field.u.x)
        return centres(field.u.y).flatMap { y in columns.map { (x: $0, y: y) } }
    }

    /// Places at the distance of the lines on both sides, every few steps.
    private func beside(_ line: [Place]) -> [Place] {
        stride(from: 0, to: line.count, by: 6).flatMap { index -> [Place] in
            let place = line[index]
            guard let way = direction(place) else { return [] }
            let reach = 1.02 * distance
            return [
                (place.x - reach * way.y, place.y + reach * way.x),
                (place.x + reach * way.y, place.y - reach * way.x),
            ]
        }
    }

    private func trace(from seed: Place, _ taken: PlaceIndex) -> [Place] {
        let back = march(from: seed, sign: -1, taken)
        return back.reversed() + [seed] + march(from: seed, sign: 1, taken)
    }

    /// Steps of equal length by the midpoint rule; also ends where the line meets its own beginning.
    private func march(from seed: Place, sign: Double, _ taken: PlaceIndex) -> [Place] {
        var (place, line): (Place, [Place]) = (seed, [])
        while line.count < Self.mostSteps {
            guard let first = direction(place) else { break }
            let half = (x: place.x + sign * step / 2 * first.x, y: place.y + sign * step / 2 * first.y)
            guard let second = direction(half) else { break }
            place = (place.x + sign * step * second.x, place.y + sign * step * second.y)
            guard direction(place) != nil, taken.isFree(place, 0.6 * distance) else { break }
            line.append(place)
            let (dx, dy) = (place.x - seed.x, place.y - seed.y)
            if line.count > 8, dx * dx + dy * dy < step * step { break }
        }
        return line
    }

    /// The unit vector along the field.
    private func direction(_ place: Place) -> Place? {
        guard let vector = field.value(atX: place.x, y: place.y) else { return nil }
        let length = (vector.u * vector.u + vector.v * vector.v).squareRoot()
        return length > slowest ? (vector.u / length, vector.v / length) : nil
    }
}

/// Places sorted into boxes, so that neighbours are found at once.
private struct PlaceIndex {
    private let origin: (x: Double, y: Double)
    private let size: Double
    private let columns: Int
    private let rows: Int
    private var boxes: [[(x: Double, y: Double)]]

    init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, distance: Double) {
        origin = (x.lowerBound, y.lowerBound)
        size = distance
        columns = Int((x.upperBound - x.lowerBound) / distance) + 1
        rows = Int((y.upperBound - y.lowerBound) / distance) + 1
        boxes = Array(repeating: [], count: columns * rows)
    }

    private func box(_ place: (x: Double, y: Double)) -> (column: Int, row: Int) {
        (
            min(max(Int((place.x - origin.x) / size), 0), columns - 1),
            min(max(Int((place.y - origin.y) / size), 0), rows - 1)
        )
    }

    mutating func insert(_ place: (x: Double, y: Double)) {
        let (column, row) = box(place)
        boxes[row * columns + column].append(place)
    }

    /// Whether no place is nearer than a distance, which is at most that of the boxes.
    func isFree(_ place: (x: Double, y: Double), _ distance: Double) -> Bool {
        let (column, row) = box(place)
        for near in max(0, row - 1)...min(rows - 1, row + 1) {
            for side in max(0, column - 1)...min(columns - 1, column + 1) {
                for other in boxes[near * columns + side] {
                    let (dx, dy) = (other.x - place.x, other.y - place.y)
                    if dx * dx + dy * dy < distance * distance { return false }
                }
            }
        }
        return true
    }
}
