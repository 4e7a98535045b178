extension ColorMap {
    /// Black to white, the map of schlieren pictures.
    public static let grey = ColorMap(name: "grey", kind: .sequential, points: [.grey(0), .grey(1)])
}
