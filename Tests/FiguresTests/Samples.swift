import Figures
import Foundation

/// One figure of every kind, from made-up fields, for tests that hold for all figures.
enum Samples {
    static func plane(
        _ width: Int, _ height: Int, x: ClosedRange<Double> = 0...1, y: ClosedRange<Double> = 0...1,
        _ value: (Double, Double) -> Double
    ) throws -> Plane {
        let dx = (x.upperBound - x.lowerBound) / Double(width)
        let dy = (y.upperBound - y.lowerBound) / Double(height)
        let values = (0..<height).flatMap { row in
            (0..<width).map { column in
                let position = x.lowerBound + (Double(column) + 0.5) * dx
                return Float(value(position, y.lowerBound + (Double(row) + 0.5) * dy))
            }
        }
        return try Plane(values: values, width: width, height: height, x: x, y: y)
    }

    /// A shock at `position` with a smooth rise behind it.
    static func shock(_ x: Double, at position: Double) -> Double {
        x < position ? 1 + 0.6 * x + 0.1 * sin(20 * x) : 0.125
    }

    static func all() throws -> [(name: String, figure: Figure)] {
        [
            ("profiles", try profiles()), ("single-profile", try singleProfile()),
            ("plane", try flow()), ("plane-body", try cylinder()), ("plane-flat", try flat()),
            ("plane-nonfinite", try broken()), ("plane-tall", try tall()), ("schlieren", try schlieren()),
            ("slices", try slices(length: 1)), ("slices-long", try slices(length: 3)),
            ("sheet", try sheet()), ("histories", try histories()), ("losses", try losses()),
            ("convergence", try convergence()), ("crowded", try crowded()), ("slide", try slide()),
            ("six", try six()), ("long-texts", try longTexts()), ("single-cell", try singleCell()),
            ("sheet-body", try bodySheet()), ("distance", try distancePlane()),
            ("distance-space", try distanceSpace()),
            ("wall", try wall(ordered: true)), ("wall-points", try wall(ordered: false)),
            ("quiver", try vectors { QuiverLayer($0) }),
            ("streamlines", try vectors { StreamlineLayer($0) }),
            ("histogram", try histogram()), ("parity", try parity()),
        ]
    }

    /// Flow past a cylinder of radius ½ with circulation: no field inside.
    static func cylinderFlow() throws -> VectorPlane {
        func component(_ pick: @escaping (Double, Double) -> Double) throws -> Plane {
            try plane(120, 80, x: -1.5...1.5, y: -1...1) { x, y in
                let square = x * x + y * y
                return square < 0.25 ? .nan : pick(x, y)
            }
        }
        return try VectorPlane(
            u: component { x, y in
                let square = x * x + y * y
                return 1 - 0.25 * (x * x - y * y) / (square * square) + 0.4 * y / square
            },
            v: component { x, y in
                let square = x * x + y * y
                return -0.5 * x * y / (square * square) - 0.4 * x / square
            })
    }

    static func vectors(_ layer: (VectorPlane) -> any Layer) throws -> Figure {
        let field = try cylinderFlow()
        let speed = try Plane(
            values: zip(field.u.values, field.v.values).map { ($0 * $0 + $1 * $1).squareRoot() },
            width: 120, height: 80, x: -1.5...1.5, y: -1...1)
        let panel = Panel(
            xAxis: Axis("x"), yAxis: Axis("y"), layers: [try HeatMapLayer(speed), layer(field)],
            colorBar: ColorBar("speed"), shape: .equalUnits)
        return Figure(title: "Flow past a turning cylinder", panels: [panel])
    }

    static func histogram() throws -> Figure {
        let values = (0..<800).map { index in
            let share = (Double(index) + 0.5) / 800
            return log(share / (1 - share))
        }
        let panel = Panel(
            xAxis: Axis("error"), yAxis: Axis("samples", margin: 0.05),
            layers: [try HistogramLayer(values, label: "all samples")])
        return Figure(title: "How errors are distributed", panels: [panel])
    }

    static func parity() throws -> Figure {
        func points(_ count: Int, _ noise: Double) -> [(truth: Double, prediction: Double)] {
            (0..<count).map { index in
                let truth = 1 + 3 * Double(index) / Double(count)
                return (truth, truth + noise * sin(37 * Double(index)))
            }
        }
        return try ParityPicture.panels(
            [
                ("test", [points(80, 0.1), points(80, 0.05)]),
                ("test_mach", [points(40, 0.4), points(40, 0.2)]),
            ],
            axes: [Axis("drag"), Axis("lift")], title: "Forces: predicted over true", size: .page)
    }

    static func profiles() throws -> Figure {
        let x = (0..<200).map { (Double($0) + 0.5) / 200 }
        let fine = (0..<2000).map { (Double($0) + 0.5) / 2000 }
        func profile(_ field: String, _ scale: Double) -> Profile {
            Profile(
                field: field,
                curves: [
                    Curve(
                        x: x, y: x.map { scale * shock($0 + 0.004, at: 0.7) }, label: "computed, 200 cells"),
                    Curve(
                        x: fine, y: fine.map { scale * shock($0, at: 0.7) }, label: "exact", isReference: true
                    ),
                ])
        }
        return try FieldPicture.profiles(
            [profile("density", 1), profile("velocity_x", 0.9), profile("pressure", 101_325)],
            title: "Sod's shock tube at t = 0.2")
    }

    static func singleProfile() throws -> Figure {
        let x = (0..<48).map { (Double($0) + 0.5) / 48 }
        let curves = [0.3, 0.5, 0.7].map { front in
            Curve(x: x, y: x.map { shock($0, at: front) }, label: "t = \(front)")
        }
        return try FieldPicture.profiles([Profile(field: "density", unit: "kg/m³", curves: curves)])
    }

    static func flow() throws -> Figure {
        let vorticity = try plane(160, 120, x: -2...2, y: -1.5...1.5) { x, y in
            4 * exp(-4 * ((x - 0.6) * (x - 0.6) + y * y)) - 3 * exp(-4 * ((x + 0.6) * (x + 0.6) + y * y))
        }
        return try FieldPicture.plane(
            vorticity, field: "vorticity_z",
            options: .init(title: "Two vortices", contourCount: 9, size: .page))
    }

    static func distance(_ width: Int, _ height: Int) throws -> Plane {
        try plane(width, height, x: 0...4, y: 0...2) { x, y in
            min(hypot(x - 1.2, y - 1) - 0.35, hypot(x - 3, y) - 0.5)
        }
    }

    static func cylinder() throws -> Figure {
        let density = try plane(240, 120, x: 0...4, y: 0...2) { x, y in
            let radius = hypot(x - 1.2, y - 1)
            return x < 0.75 + 0.25 * pow(y - 1, 2) ? 1 : 1 + 2.5 * exp(-1.2 * (radius - 0.35)) + 0.1 * x
        }
        return try FieldPicture.plane(
            density, field: "density", body: try distance(240, 120),
            options: .init(title: "Mach 3 flow past a cylinder, t = 1.5", unit: "kg/m³", size: .page))
    }

    static func flat() throws -> Figure {
        let pressure = try plane(400, 100, x: 0...4, y: 0...1) { x, y in
            101_325 * (1 + 4 * (1 + tanh(20 * (1 + 0.5 * y - x))) + sin(8 * x) * cos(6 * y) * 0.2)
        }
        return try FieldPicture.plane(pressure, field: "pressure", options: .init(unit: "Pa"))
    }

    static func broken() throws -> Figure {
        let field = try plane(32, 32) { x, y in
            hypot(x - 0.7, y - 0.3) < 0.1 ? .nan : x > 0.95 ? .infinity : x * x + y
        }
        return try FieldPicture.plane(field, field: "mach", options: .init(range: 0.2...1.5, size: .column))
    }

    static func tall() throws -> Figure {
        let field = try plane(40, 160, x: 0...0.25, y: 0...1) { x, y in 1e-6 * (1 + y + 0.1 * sin(40 * x)) }
        return try FieldPicture.plane(field, field: "entropic_pressure", options: .init(title: "A tall tube"))
    }

    static func schlieren() throws -> Figure {
        let density = { (x: Double, y: Double) in
            let radius = hypot(x - 1.2, y - 1)
            return 2 + tanh(30 * (x - 0.75 - 0.25 * pow(y - 1, 2))) + 0.2 * sin(9 * radius) + 0.1 * x
        }
        let gradient = try plane(240, 120, x: 0...4, y: 0...2) { x, y in
            let step = 1.0 / 120
            return hypot(
                density(x + step, y) - density(x - step, y), density(x, y + step) - density(x, y - step))
                / (2 * step)
        }
        return try FieldPicture.schlieren(
            gradient: gradient, body: try distance(240, 120), options: .init(title: "Numerical schlieren"))
    }

    static func slices(length: Double) throws -> Figure {
        let cells = (x: Int(32 * length), y: 32, z: 32)
        var values: [Float] = []
        for k in 0..<cells.z {
            for j in 0..<cells.y {
                for i in 0..<cells.x {
                    let (x, y, z) = ((Double(i) + 0.5) / 32, (Double(j) + 0.5) / 32, (Double(k) + 0.5) / 32)
                    let radius = hypot(hypot(x - 0.5, y - 0.5), 1.3 * (z - 0.5))
                    values.append(Float(1 + 3 * exp(-60 * (radius - 0.3) * (radius - 0.3))))
                }
            }
        }
        let volume = try Volume(values: values, cells: cells, x: 0...length, y: 0...1, z: 0...1)
        return try FieldPicture.slices(volume, field: "density", options: .init(title: "A spherical blast"))
    }

    static func sheet() throws -> Figure {
        let times = [0.1, 0.2, 0.3, 0.4]
        let density = try times.map { time in
            try plane(64, 64) { x, y in 1 + exp(-80 * pow(hypot(x - 0.5, y - 0.5) - time, 2)) }
        }
        let velocity = try times.map { time in
            try plane(64, 64) { x, y in (x - 0.5) * exp(-80 * pow(hypot(x - 0.5, y - 0.5) - time, 2)) }
        }
        return try FieldPicture.contactSheet(
            [SheetRow(field: "density", planes: density), SheetRow(field: "velocity_x", planes: velocity)],
            columnTitles: times.map { "t = \($0)" }, options: .init(title: "A blast over time", size: .wide))
    }

    static func histories() throws -> Figure {
        let time = (0...400).map { Double($0) / 40 }
        let mass = time.map { 1 + 2e-13 * sin(3 * $0) }
        let energy = time.map { 0.125 * exp(-0.1 * $0) }
        return try SeriesPicture.histories(
            [
                Profile(field: "mass", curves: [Curve(x: time, y: mass)]),
                Profile(field: "kinetic_energy", curves: [Curve(x: time, y: energy)]),
            ], title: "History of a run")
    }

    static func losses() throws -> Figure {
        let epochs = (1...200).map(Double.init)
        let training = epochs.map { 0.5 * exp(-$0 / 30) + 2e-3 * (1 + 0.2 * sin($0)) }
        let validation = epochs.map { 0.5 * exp(-$0 / 35) + 8e-3 * (1 + 0.2 * cos($0)) }
        return try SeriesPicture.histories(
            [
                Profile(
                    field: "loss",
                    curves: [
                        Curve(x: epochs, y: training, label: "training"),
                        Curve(x: epochs, y: validation, label: "validation"),
                    ])
            ], xLabel: "epoch", scale: .logarithmic, size: .column)
    }

    static func convergence() throws -> Figure {
        let resolution = [32.0, 64, 128, 256]
        return try ConvergencePicture.convergence(
            [
                ConvergenceSeries(
                    label: "IGR, order 5", resolution: resolution,
                    error: resolution.map { 40 * pow($0, -4.9) }),
                ConvergenceSeries(
                    label: "WENO5-Z", resolution: resolution, error: resolution.map { 90 * pow($0, -4.8) }),
            ], expectedOrder: 5, title: "Isentropic vortex", size: .page)
    }

    /// Lines everywhere: the legend has to leave the box.
    static func crowded() throws -> Figure {
        let x = (0...300).map { Double($0) / 300 }
        var layers: [any Layer] = [
            try BandLayer(
                x: x, lower: x.map { sin(30 * $0) - 0.3 }, upper: x.map { sin(30 * $0) + 0.3 },
                label: "95 % band")
        ]
        for index in 0..<5 {
            layers.append(
                try LineLayer(
                    x: x, y: x.map { sin(30 * $0 + Double(index)) },
                    stroke: Stroke(
                        .series(index), dash: [.solid, .dashed, .dotted, .dashDotted, .solid][index]),
                    label: "member number \(index)"))
        }
        layers.append(GuideLayer(.horizontal(0.5)))
        layers.append(TextLayer("threshold", x: 0.02, y: 0.5))
        layers.append(
            try ScatterLayer(
                x: [0.1, 0.5, 0.9], y: [0, 0.2, -0.3], marker: Marker(.cross, color: .ink, size: 7),
                label: "observed"))
        return Figure(
            panels: [
                Panel(
                    title: "Crowded", xAxis: Axis("time", unit: "s"), yAxis: Axis("signal", margin: 0.05),
                    layers: layers)
            ], size: .page)
    }

    static func slide() throws -> Figure {
        var figure = try profiles()
        figure.size = .slide
        return figure
    }

    static func six() throws -> Figure {
        let x = (0..<100).map { (Double($0) + 0.5) / 100 }
        let fields = ["density", "velocity_x", "pressure", "temperature", "mach", "entropic_pressure"]
        let profiles = fields.enumerated().map { index, field in
            let scale = pow(10, Double(index * 4 - 10))
            return Profile(
                field: field,
                curves: ["IGR", "WENO5-Z"].enumerated().map { shift, label in
                    Curve(x: x, y: x.map { scale * shock($0, at: 0.6 + 0.02 * Double(shift)) }, label: label)
                })
        }
        return try FieldPicture.profiles(profiles, title: "Six fields", size: .wide)
    }

    static func longTexts() throws -> Figure {
        let words =
            "A title that goes on and on, as titles of parameter studies tend to do, with all that was set"
        var figure = try singleProfile()
        figure.title = words
        figure.panels[0].title = words + " " + words
        figure.panels[0].yAxis.label = words
        figure.panels[0].xAxis.label = words
        figure.size = .column
        return figure
    }

    static func singleCell() throws -> Figure {
        let plane = try Plane(values: [1], width: 1, height: 1, x: 0...1, y: 0...1)
        return try FieldPicture.plane(plane, field: "density", options: .init(size: .column))
    }
}
