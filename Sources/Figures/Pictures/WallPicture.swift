/// The state at the wall of one body.
public struct Wall: Sendable {
    /// The body's name.
    public var name: String
    /// Positions along x.
    public var x: [Double]
    /// The component of the normal, out of the body, that tells the upper from the lower side.
    public var upward: [Double]
    /// The pressure coefficient, one for each position.
    public var pressureCoefficient: [Double]
    /// Whether neighbours in the lists are neighbours on the wall, so that a line may join them.
    public var isOrdered: Bool

    /// A wall.
    public init(
        name: String, x: [Double], upward: [Double], pressureCoefficient: [Double], isOrdered: Bool
    ) {
        self.name = name
        self.x = x
        self.upward = upward
        self.pressureCoefficient = pressureCoefficient
        self.isOrdered = isOrdered
    }
}

/// Ready-made pictures of what happens at the walls of bodies.
public enum WallPicture {
    /// The pressure coefficient over x with suction upwards, as aerodynamicists draw it. One body shows its
    /// upper and its lower side in two colours, several have one colour each.
    /// - Throws: ``FigureError`` for walls without finite points or with lists of unequal length.
    public static func pressureCoefficient(
        _ walls: [Wall], title: String = "", xLabel: String = "x", size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        var layers: [any Layer] = []
        for (index, wall) in walls.enumerated() {
            layers += walls.count == 1 ? try sides(wall) : try [whole(wall, color: .series(index))]
        }
        layers.insert(GuideLayer(.horizontal(0), stroke: Stroke(.grey(0.6), width: 0.7)), at: 0)
        let panel = Panel(
            xAxis: Axis(xLabel, margin: 0.03),
            yAxis: Axis("pressure coefficient Cp", margin: 0.07, isReversed: true), layers: layers)
        return Figure(title: title, panels: [panel], size: size)
    }

    private static let lowerSide = "lower side"

    private static func sides(_ wall: Wall) throws(FigureError) -> [any Layer] {
        var layers: [any Layer] = []
        for (index, label) in ["upper side", lowerSide].enumerated() {
            let isOnSide = wall.upward.map { index == 0 ? $0 >= 0 : $0 < 0 }
            guard isOnSide.contains(true) else { continue }
            layers.append(try layer(wall, where: isOnSide, color: .series(index), label: label))
        }
        return layers
    }

    private static func whole(_ wall: Wall, color: Color) throws(FigureError) -> any Layer {
        try layer(wall, where: wall.x.map { _ in true }, color: color, label: wall.name)
    }

    /// The points of one side; a NaN parts a line where it leaves the side.
    private static func layer(
        _ wall: Wall, where isShown: [Bool], color: Color, label: String
    ) throws(FigureError) -> any Layer {
        let values = zip(wall.pressureCoefficient, isShown).map { $1 ? $0 : .nan }
        guard !wall.isOrdered else {
            // Dashes let the upper side be seen where both are the same.
            let stroke = Stroke(color, width: 1.5, dash: label == lowerSide ? .dashed : .solid)
            return try LineLayer(x: wall.x, y: values, stroke: stroke, label: label)
        }
        return try ScatterLayer(
            x: wall.x, y: values, marker: Marker(color: color.opacity(0.6), size: 2.5), label: label)
    }
}
