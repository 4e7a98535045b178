import Foundation

/// What a run file holds besides its results: fixed when the run begins.
public struct RunFileDescription: Sendable {
    /// The case as run, overrides applied, as TOML text.
    public var caseText: String
    /// The storage precision of the computation: `float64`, `float32`, `scaled16`, `float16`.
    public var storage: String
    /// The version of the program that computes.
    public var toolVersion: String
    /// When the run began.
    public var started: Date
    /// Further attributes of the root.
    public var attributes: [String: AttributeValue]
    /// The grid's axes, x first; one, two or three.
    public var axes: [RunAxis]
    /// Names of the stored fields, such as `density` and `velocity_x`.
    public var fields: [String]
    /// The number type of the stored fields.
    public var fieldType: ElementType
    /// Signed distance and mask of the bodies; nil where there are none.
    public var geometry: RunGeometry?
    /// Deflate level of the fields, 0 (off) to 9. Level 1 with shuffled bytes is nearly as small as 9 and
    /// several times faster.
    public var deflateLevel: Int

    /// Creates a description.
    public init(
        caseText: String, storage: String, toolVersion: String, started: Date = Date(),
        attributes: [String: AttributeValue] = [:], axes: [RunAxis], fields: [String],
        fieldType: ElementType = .float32, geometry: RunGeometry? = nil, deflateLevel: Int = 1
    ) {
        self.caseText = caseText
        self.storage = storage
        self.toolVersion = toolVersion
        self.started = started
        self.attributes = attributes
        self.axes = axes
        self.fields = fields
        self.fieldType = fieldType
        self.geometry = geometry
        self.deflateLevel = deflateLevel
    }

    /// The shape of one snapshot of a field, slowest axis first: (z,) y, x.
    public var fieldShape: [Int] { axes.reversed().map(\.cellCount) }
    /// Cells of the grid.
    public var cellCount: Int { fieldShape.reduce(1, *) }
}

/// One axis of a rectilinear grid.
public struct RunAxis: Sendable, Equatable {
    /// `x`, `y` or `z`.
    public let name: String
    /// Positions of the cell faces, one more than cells.
    public let faces: [Double]
    /// Positions of the cell centres.
    public let centers: [Double]

    /// The number of cells.
    public var cellCount: Int { centers.count }

    /// An axis from its faces; centres lie midway.
    public init(name: String, faces: [Double]) {
        self.init(name: name, faces: faces, centers: zip(faces, faces.dropFirst()).map { ($0 + $1) / 2 })
    }

    /// An axis from faces and centres.
    public init(name: String, faces: [Double], centers: [Double]) {
        self.name = name
        self.faces = faces
        self.centers = centers
    }

    /// An axis of `cells` equal cells between `lower` and `upper`.
    public static func uniform(name: String, cells: Int, lower: Double, upper: Double) -> RunAxis {
        let spacing = (upper - lower) / Double(cells)
        let faces = (0...cells).map { $0 == cells ? upper : lower + Double($0) * spacing }
        return RunAxis(
            name: name, faces: faces, centers: (0..<cells).map { lower + (Double($0) + 0.5) * spacing })
    }
}

/// Bodies on the grid, in the shape of a field.
public struct RunGeometry: Sendable, Equatable {
    /// Signed distance to the nearest body surface, negative inside.
    public let signedDistance: [Float]
    /// 1 in the fluid, 0 in a body.
    public let mask: [UInt8]

    /// Creates the geometry.
    public init(signedDistance: [Float], mask: [UInt8]) {
        self.signedDistance = signedDistance
        self.mask = mask
    }
}

/// Where things are in a run file.
enum RunFileLayout {
    static let format = "hugoniot-run"
    static let historyGroup = "history"
    static let axisNames = ["x", "y", "z"]

    static func probeGroup(_ name: String) -> String { "probes/\(name)" }
    static func forceGroup(_ body: String) -> String { "forces/\(body)" }
    static func surfaceGroup(_ body: String) -> String { "surface/\(body)" }

    /// Columns that count something are stored as integers.
    static let integerColumns: Set<String> = ["step", "fallback_faces", "limited_faces"]

    /// Date and time as ISO 8601 in UTC.
    static func timestamp(_ date: Date) -> String { date.formatted(.iso8601) }

    /// Checks what would make the file contradict itself. Throws `ArchiveError`.
    static func validate(_ description: RunFileDescription) throws {
        try validate(description.axes)
        guard Set(description.fields).count == description.fields.count, !description.fields.isEmpty else {
            throw ArchiveError(.mismatch, "fields must be named, each once: \(description.fields)")
        }
        if let geometry = description.geometry {
            try validate(geometry, cellCount: description.cellCount)
        }
    }

    /// One to three axes in their order, each with one more face than cells. Throws `ArchiveError`.
    static func validate(_ axes: [RunAxis]) throws {
        let names = axes.map(\.name)
        guard (1...3).contains(names.count), names == Array(axisNames.prefix(names.count)) else {
            throw ArchiveError(.mismatch, "the axes must be x, or x and y, or x, y and z, not \(names)")
        }
        for axis in axes where axis.cellCount < 1 || axis.faces.count != axis.cellCount + 1 {
            throw ArchiveError(
                .mismatch, "axis \(axis.name) has \(axis.cellCount) cells but \(axis.faces.count) faces")
        }
    }

    /// A distance and a mark for every cell. Throws `ArchiveError`.
    static func validate(_ geometry: RunGeometry, cellCount: Int) throws {
        guard geometry.signedDistance.count == cellCount, geometry.mask.count == cellCount else {
            throw ArchiveError(
                .mismatch, "the signed distance and the mask must have \(cellCount) cells each")
        }
    }
}
