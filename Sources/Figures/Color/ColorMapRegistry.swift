extension ColorMap {
    /// Every map that can be asked for by name. A new map is one file and one entry here.
    public static let all: [ColorMap] = [.viridis, .inferno, .cividis, .coolWarm, .grey]

    /// The map called `name`.
    /// - Throws: ``FigureError/unknownColorMap(_:allowed:)`` when there is none.
    public static func named(_ name: String) throws(FigureError) -> ColorMap {
        guard let map = all.first(where: { $0.name == name.lowercased() }) else {
            throw .unknownColorMap(name, allowed: all.map(\.name))
        }
        return map
    }
}
