import Archive
import Foundation
import Pipeline
import Testing

@Suite("The viewer shows")
struct ViewTests {
    let work: ViewWorkplace
    init() throws { work = try ViewWorkplace() }

    @Test("the page and everything that it loads, and nothing from elsewhere")
    func page() throws {
        let client = try ViewClient([try work.run()])
        let html = String(decoding: try client.data(""), as: UTF8.self)
        #expect(html.contains("<script type=\"module\" src=\"main.js\">"))
        for name in ["main", "api", "body", "fieldview", "heatmap", "lineplot", "scales", "theme", "tip"] {
            let script = String(decoding: try client.data("\(name).js"), as: UTF8.self)
            #expect(
                !script.contains("innerHTML") && !script.contains("http://") && !script.contains("https://"))
        }
        #expect(!(try client.data("page.css")).isEmpty)
    }

    @Test("colour maps of 256 colours")
    func colors() throws {
        let maps = try ViewClient([try work.run()]).list("api/colors")
        #expect(maps.contains { $0["name"] as? String == "viridis" })
        #expect(maps.allSatisfy { ($0["colors"] as? String)?.count == 6 * 256 })
    }

    @Test("stored and derived fields of a run, its times, its series")
    func run() throws {
        let client = try ViewClient([try work.run()])
        let about = try client.object("api/describe")
        let fields = (about["fields"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        #expect(fields.contains("density") && fields.contains("speed") && fields.contains("schlieren"))
        #expect(about["times"] as? [Double] == [0, 0.5, 1])
        let plane = try client.plane("api/field", ["name": "density", "time": "2"])
        #expect((plane.width, plane.height) == (6, 4))
        #expect(Array(plane.values.prefix(3)) == [200, 201, 202])
        #expect(try client.plane("api/body", ["time": "0"]).values.first == -1)
        let columns = try client.list("api/series", ["name": "history"])
        #expect(columns.first?["name"] as? String == "time")
    }

    @Test("the range of all times outside of bodies")
    func range() throws {
        let client = try ViewClient([try work.run()])
        let ends = try JSONSerialization.jsonObject(
            with: try client.data("api/range", ["name": "density"]))
        #expect(ends as? [Double] == [0, 205])
    }

    @Test("slices of a run in space", arguments: [("x", 4, 5), ("y", 3, 5), ("z", 3, 4)])
    func slices(slice: String, width: Int, height: Int) throws {
        let client = try ViewClient([try work.run(cells: [3, 4, 5])])
        let plane = try client.plane("api/field", ["name": "density", "slice": slice, "layer": "1"])
        #expect((plane.width, plane.height) == (width, height))
    }

    @Test("a line of a run in one dimension")
    func line() throws {
        let path = try work.run(cells: [7], fields: ["density"])
        let plane = try ViewClient([path]).plane("api/field", ["name": "density", "time": "1"])
        #expect((plane.width, plane.height) == (7, 1))
    }

    @Test("samples of a dataset with their parameters")
    func dataset() throws {
        let client = try ViewClient([try work.dataset()])
        let samples = try client.object("api/describe")["samples"] as? [[String: Any]]
        #expect(samples?.last?["label"] as? String == "test · mach = 3 · disc")
        let plane = try client.plane("api/field", ["name": "outputs/0", "sample": "1"])
        #expect(plane.values == (10..<19).map { Float($0) })
    }

    @Test("predictions beside truth and error, where the dataset is shown too")
    func predictions() throws {
        let dataset = try work.dataset()
        let predicted = try work.predictions(of: dataset)
        let both = try ViewClient([predicted, dataset])
        #expect(
            try both.object("api/describe")["parts"] as? [String] == ["truth", "prediction", "error"])
        let query = ["name": "outputs/0", "sample": "1"]
        let error = try both.plane("api/field", query.merging(["part": "error"]) { $1 })
        #expect(error.values.allSatisfy { $0 == 0.5 })
        let alone = try ViewClient([predicted]).object("api/describe")
        #expect((alone["parts"] as? [String])?.isEmpty == true)
        #expect((alone["note"] as? String)?.contains("DATASET.h5") == true)
    }

    @Test("the curves of a training under way")
    func training() throws {
        let table = "epoch,step,training_loss\n1,10,0.5\n2,20,0.25\n3,3"
        _ = try work.place.write(table, as: "model.history.csv")
        let client = try ViewClient([work.place.file("model.safetensors")])
        let columns = try client.list("api/series", ["name": "training"])
        #expect(columns.map { $0["name"] as? String } == ["epoch", "step", "training_loss"])
        #expect(columns.last?["values"] as? [Double] == [0.5, 0.25])
    }

    @Test("files that are written anew")
    func changes() throws {
        let table = "epoch,training_loss\n1,0.5\n"
        _ = try work.place.write(table, as: "model.history.csv")
        let server = try ViewServer([work.place.file("model.safetensors")])
        let client = ViewClient(server)
        server.lookForChanges()
        #expect(try client.list("api/files").first?["version"] as? Int == 0)
        _ = try work.place.write(table + "2,0.25\n", as: "model.history.csv")
        server.lookForChanges()
        #expect(try client.list("api/files").first?["version"] as? Int == 1)
        let columns = try client.list("api/series", ["name": "training"])
        #expect(columns.last?["values"] as? [Double] == [0.5, 0.25])
    }

    @Test("a notebook as a page that may run nothing")
    func notebook() throws {
        let path = PackageDescription.root.appending(path: "Notebooks/first-flow.md").path
        let client = try ViewClient([path])
        #expect(try client.object("api/describe")["isPage"] as? Bool == true)
        let page = try client.response("api/page")
        #expect(page.policy?.hasPrefix("sandbox; default-src 'none'") == true)
        guard case .data(let data) = page.content else { return }
        #expect(String(decoding: data, as: UTF8.self).contains("<html"))
    }

    @Test("the points of a calibration under way")
    func calibrating() throws {
        try FileManager.default.createDirectory(
            atPath: work.place.file("fit.calibration"), withIntermediateDirectories: true)
        let log = """
            {"format": "hugoniot-evaluations", "format_version": 1, "study": "0"}
            {"run": 0, "site": 0, "parameters": {"a": 1.5}, "value": 4}
            {"run": 1, "site": 0, "parameters": {"a": 2.5}, "error": "died"}
            {"run": 2, "si
            """
        _ = try work.place.write(log, as: "fit.calibration/evaluations.jsonl")
        let client = try ViewClient([work.place.file("fit.h5")])
        let columns = try client.list("api/series", ["name": "search"])
        #expect(columns.map { $0["name"] as? String } == ["point", "value", "a"])
        #expect(columns.last?["values"] as? [Double] == [1.5, 2.5])
    }

    @Test("names and titles as text, never as markup")
    func injection() throws {
        let client = try ViewClient([try work.run(title: ViewWorkplace.evil)])
        let response = try client.response("api/describe")
        #expect(response.type == "application/json")
        #expect(try client.object("api/describe")["title"] as? String == ViewWorkplace.evil)
    }
}

@Suite("The viewer refuses")
struct ViewRefusalTests {
    let work: ViewWorkplace
    init() throws { work = try ViewWorkplace() }

    private func message(_ path: String) -> String {
        do {
            _ = try ViewServer([path])
            return ""
        } catch {
            let error = ToolError(error)
            return error.status == .badInput ? error.description : "\(error.status)"
        }
    }

    @Test("files that are missing, foreign or newer, and says what is wrong")
    func files() throws {
        #expect(message(work.place.file("none.h5")).contains("none.h5"))
        let text = try work.place.write("hello", as: "text.h5")
        #expect(message(text).contains("not an HDF5 file"))
        #expect(message(try work.place.write("[case]", as: "case.toml")).contains("hugoniot run"))
        #expect(message(work.place.path).contains("folder"))
        #expect(message(work.place.file("none.safetensors")).contains("hugoniot train"))
        let newer = try work.run("newer.h5")
        let file = try HDF5File.open(newer, .readWrite)
        try file.root.attributes.write("format_version", .integer(99))
        try file.close()
        #expect(message(newer).contains("newer Hugoniot"))
    }

    @Test("predictions of another dataset")
    func otherDataset() throws {
        let predicted = try work.predictions(of: try work.dataset())
        let other = try work.dataset("other.h5", channel: "pressure")
        #expect(throws: ToolError.self) { try ViewServer([predicted, other]) }
    }

    @Test(
        "queries for what is not there",
        arguments: [
            ["name": "nonsense"], ["name": "density", "time": "3"], ["name": "density", "time": "-1"],
            ["name": "density", "time": "x"], ["name": "density", "file": "1"],
            ["name": "density", "slice": "w"],
            ["name": "../../etc/passwd"],
        ])
    func queries(query: [String: String]) throws {
        let response = try ViewClient([try work.run()]).response("api/field", query)
        #expect(response.status == 400)
        guard case .data(let data) = response.content else { return }
        #expect(String(decoding: data, as: UTF8.self).contains("message"))
    }
}
