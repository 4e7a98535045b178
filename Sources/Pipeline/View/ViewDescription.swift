import Figures

/// What a page needs to know about a file before it shows anything of it.
struct ViewDescription: Encodable, Sendable {
    /// What kind of file it is.
    enum Kind: String, Encodable, Sendable {
        case run, geometry, dataset, predictions, model, training, calibration, calibrating, notebook
    }

    /// A line of the table of facts.
    struct Fact: Encodable, Sendable {
        var label: String
        var value: String
    }

    /// An axis of the grid.
    struct Axis: Encodable, Sendable {
        var name: String
        /// One more than cells.
        var faces: [Double]
    }

    /// Something that has a value in each cell.
    struct Field: Encodable, Sendable {
        /// What it is asked for by.
        var name: String
        /// What people read.
        var label: String
        /// The colour map that suits it; nil: the data decide.
        var colors: String?
        /// What it is listed under.
        var group: String

        init(_ name: String, style: String? = nil, group: String) {
            let style = FieldStyle.named(style ?? name)
            (self.name, self.label, self.group) = (name, style.label, group)
            colors = style.colorMap?.name
        }
    }

    /// A sample of a dataset.
    struct Sample: Encodable, Sendable {
        var number: Int
        /// Splits, geometry, parameters.
        var label: String
    }

    /// Columns over a common first one.
    struct Series: Encodable, Sendable {
        var name: String
        var label: String
    }

    var kind: Kind
    var title: String
    var facts: [Fact] = []
    var axes: [Axis] = []
    var fields: [Field] = []
    var times: [Double] = []
    var samples: [Sample] = []
    /// What stands side by side: truth, prediction, error; empty where there is only one.
    var parts: [String] = []
    var hasBody = false
    var series: [Series] = []
    /// Pictures of the whole file, by name.
    var figures: [String] = []
    /// Whether the file is a page of its own.
    var isPage = false
    /// What a person should know, such as what is missing.
    var note: String?

    /// Adds a fact, where there is one.
    mutating func tell(_ label: String, _ value: String?) {
        if let value, !value.isEmpty { facts.append(Fact(label: label, value: value)) }
    }
}
