/// A line through points, with or without markers. It breaks where a value cannot be drawn.
public struct LineLayer: Layer {
    /// Horizontal positions.
    public let x: [Double]
    /// Vertical positions, one for each of `x`.
    public let y: [Double]
    /// The line; nil draws markers only.
    public var stroke: Stroke?
    /// The mark at each point; nil draws the line only.
    public var marker: Marker?
    /// The name in the legend; nil leaves the line out of it.
    public var label: String?

    /// A line.
    /// - Throws: ``FigureError/lengthMismatch(what:expected:found:)`` when `x` and `y` differ in length,
    ///   ``FigureError/emptyData(what:)`` when no point is finite.
    public init(
        x: [Double], y: [Double], stroke: Stroke? = Stroke(.series(0)), marker: Marker? = nil,
        label: String? = nil
    ) throws(FigureError) {
        let what = label.map { "the line '\($0)'" } ?? "a line"
        guard x.count == y.count else {
            throw .lengthMismatch(what: "\(what): y", expected: x.count, found: y.count)
        }
        guard zip(x, y).contains(where: { $0.isFinite && $1.isFinite }) else { throw .emptyData(what: what) }
        self.x = x
        self.y = y
        self.stroke = stroke
        self.marker = marker
        self.label = label
    }

    /// Positions.
    public var series: [(name: String, values: [Double])] { [("x", x), ("y", y)] }

    /// The bounds of the points.
    public var extent: Extent { Extent(x: Bounds(x), y: Bounds(y)) }

    /// A sample of line and marker.
    public var legend: LegendEntry? { label.map { LegendEntry($0, stroke: stroke, marker: marker) } }

    /// Points along the line, a few points of paper apart.
    public func obstacles(in frame: Frame) -> [Point] {
        pieces(in: frame).flatMap { piece in
            stroke == nil ? piece : piece.sampled(every: 4)
        }
    }

    /// Draws the line.
    public func draw(on canvas: Canvas, in frame: Frame) {
        guard let stroke else { return }
        for piece in pieces(in: frame) { canvas.line(piece.thinned(), stroke) }
    }

    /// Draws the markers, whole even on the edge of the box.
    public func drawMarks(on canvas: Canvas, in frame: Frame) {
        guard let marker else { return }
        for point in pieces(in: frame).joined() where frame.box.grown(by: 1).contains(point) {
            canvas.mark(marker, at: point)
        }
    }

    private func pieces(in frame: Frame) -> [[Point]] {
        var pieces: [[Point]] = [[]]
        for (x, y) in zip(x, y) {
            if let point = frame.point(x, y) {
                pieces[pieces.count - 1].append(point)
            } else if pieces.last?.isEmpty == false {
                pieces.append([])
            }
        }
        return pieces.filter { !$0.isEmpty }
    }
}

extension [Point] {
    /// Without points that lie so close to the one before that nobody could tell: a million points then make
    /// no larger file than the paper can show.
    func thinned() -> [Point] {
        guard count > 500, var last = first else { return self }
        var result = [last]
        for point in dropFirst().dropLast() where abs(point.x - last.x) + abs(point.y - last.y) > 0.15 {
            result.append(point)
            last = point
        }
        return result + suffix(1)
    }

    /// Points along the line, at most `distance` apart.
    func sampled(every distance: Double) -> [Point] {
        guard let first else { return [] }
        return zip(self, dropFirst()).reduce(into: [first]) { result, ends in
            let (from, to) = ends
            let length = Swift.max(abs(to.x - from.x), abs(to.y - from.y))
            let count = Swift.min(Int(length / distance) + 1, 1000)
            for index in 1...count {
                let share = Double(index) / Double(count)
                result.append(
                    Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share))
            }
        }
    }
}
