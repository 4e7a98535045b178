extension FieldPicture {
    /// The signed distance of bodies on a plane: colours that part at zero, bodies in grey with an outline, lines
    /// of equal distance.
    /// - Throws: ``FigureError`` for a plane without finite values.
    public static func distance(
        _ distance: Plane, options: Options = Options()
    ) throws(FigureError) -> Figure {
        try plane(
            distance, field: "sdf", body: outline(distance),
            options: adapted(options, to: distance.bounds))
    }

    /// The signed distance of bodies in space, on cuts: the three through the middle unless told.
    /// - Throws: ``FigureError`` for cuts without finite values or outside of the volume.
    public static func distance(
        _ distance: Volume, cuts: [Slice] = Slice.middles, options: Options = Options()
    ) throws(FigureError) -> Figure {
        try slices(
            distance, field: "sdf", cuts: cuts, body: distance,
            options: adapted(options, to: Bounds(distance.values.lazy.map(Double.init))))
    }

    /// A plane without a body has no outline.
    private static func outline(_ distance: Plane) -> Plane? {
        distance.bounds.lower < 0 ? distance : nil
    }

    /// Colours centred at zero and lines at round distances, where nothing else is asked for.
    private static func adapted(_ options: Options, to bounds: Bounds) -> Options {
        var options = options
        options.showsInterior = true
        let reach = max(abs(bounds.lower), abs(bounds.upper), 1e-30)
        options.range = options.range ?? -reach...reach
        guard options.contourCount == 0 else { return options }
        let step = RoundStep(atLeast: reach / 12)
        options.contourLevels = step.multiples(in: -reach...reach).filter { abs($0) > step.value / 2 }
        return options
    }
}
