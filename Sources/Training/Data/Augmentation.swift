import Archive
import Numerics

/// How samples are changed at random each time that they are seen: by symmetries of the equations, and by noise.
struct Augmentation: Sendable {
    /// The symmetries of the grid, the first of them none.
    var symmetries: [FieldSymmetry] = []
    /// Moving frames; nil: none.
    var boost: GalileanBoost?
    /// The deviation of the noise on the given state of a rollout, as a part of the state's own.
    var noise = 0.0

    /// Whether anything is changed.
    var isActive: Bool { symmetries.count > 1 || boost != nil || noise > 0 }

    /// The fields of an item in physical units, seen through a symmetry.
    func apply(_ fields: ItemFields, _ layout: FieldLayout, _ stream: inout RandomStream) -> ItemFields {
        var fields = fields
        if symmetries.count > 1 {
            let choice = min(symmetries.count - 1, Int(stream.uniform() * Double(symmetries.count)))
            if choice > 0 { fields = symmetries[choice].apply(fields) }
        }
        guard let boost else { return fields }
        let points = boost.draw(&stream)
        let state = layout.inputChannels.count * layout.cellShape.reduce(1, *)
        let moved = boost.apply(
            Array(fields.input[state...]), cellShape: layout.cellShape, points: points, first: 0)
        fields.input.replaceSubrange(state..., with: moved)
        fields.target = boost.apply(fields.target, cellShape: layout.cellShape, points: points, first: 1)
        return fields
    }

    /// Adds noise to a normalised state: the channels from a number on.
    func disturb(_ input: inout [Float], from start: Int, _ stream: inout RandomStream) {
        guard noise > 0 else { return }
        for i in start..<input.count { input[i] += Float(noise * stream.normal()) }
    }
}

extension Augmentation {
    /// What a file asks for.
    ///
    /// - Throws: ``TrainingError`` for channels whose behaviour is not known, and for grids that do not map to themselves.
    init(
        _ options: AugmentationOptions, _ layout: FieldLayout, _ dataset: DatasetFileReader,
        symmetriesOnly: Bool = false
    ) throws {
        let elements = options.symmetries(dimension: layout.cellShape.count)
        if elements.count > 1 {
            try Self.checkSpacing(elements, dataset)
            symmetries = try elements.map {
                try FieldSymmetry($0, layout, cellShape: layout.cellShape, scalars: options.scalars)
            }
        }
        noise = options.noise
        if options.boost > 0, !symmetriesOnly { boost = try Self.boost(options, layout, dataset) }
    }

    static func boost(
        _ options: AugmentationOptions, _ layout: FieldLayout, _ dataset: DatasetFileReader
    ) throws -> GalileanBoost {
        let conditions = layout.inputChannels.filter {
            !["x", "y", "z", "gamma", "viscosity", "reynolds"].contains($0) && !options.scalars.contains($0)
        }
        guard conditions.isEmpty else {
            throw TrainingError(
                "how \(conditions.joined(separator: ", ")) would change in a moving frame is not known",
                advice:
                    "leave such inputs out, or name those that are the same everywhere and in every frame in `scalars`"
            )
        }
        let interval = interval(of: dataset) ?? 1
        return try GalileanBoost(
            layout, unit: spacing(of: dataset).map { $0 / interval }, most: options.boost,
            scalars: options.scalars)
    }

    /// The distance of neighbouring points, x first.
    static func spacing(of dataset: DatasetFileReader) -> [Double] {
        dataset.axes.map { axis in
            let faces = axis.faces
            return ((faces.last ?? 1) - (faces.first ?? 0)) / Double(max(1, faces.count - 1))
        }
    }

    /// The time from one state to the next; nil where it differs.
    static func interval(of dataset: DatasetFileReader) -> Double? {
        let steps = zip(dataset.times.dropFirst(), dataset.times).map { $0 - $1 }
        guard let first = steps.first, first > 0, steps.allSatisfy({ abs($0 - first) < 1e-3 * first }) else {
            return nil
        }
        return first
    }

    private static func checkSpacing(_ symmetries: [GridSymmetry], _ dataset: DatasetFileReader) throws {
        let spacing = spacing(of: dataset)
        guard symmetries.contains(where: \.exchangesAxes), let first = spacing.first else { return }
        guard spacing.allSatisfy({ abs($0 - first) < 1e-6 * first }) else {
            throw TrainingError(
                "axes with points at different distances cannot be turned or exchanged",
                advice: "take mirrors alone")
        }
    }
}
