import Archive
import Foundation
import Testing

@Suite("import, and info and plot of datasets")
struct ImportVerbTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    private func darcy(count: Int = 10) throws -> String {
        let file = try HDF5File.create(place.file("darcy.hdf5"))
        let values = (0..<count * 48).map { Float($0 % 37) }
        try file.root.createDataset("tensor", values, shape: [count, 1, 8, 6])
        try file.root.createDataset("nu", values.map { 1 / (1 + $0) }, shape: [count, 8, 6])
        try file.root.attributes.write("beta", 1.5)
        try file.close()
        return place.file("darcy.hdf5")
    }

    private func json(_ result: Tool.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test("a file of PDEBench is imported, told and drawn")
    func all() throws {
        let source = try darcy()
        let imported = try Tool.run("import", "pdebench", source, "--output", place.file("d.h5"), "--json")
        #expect(imported.code == 0, "\(imported.errors)")
        let dataset = try #require(try json(imported)["dataset"] as? [String: Any])
        #expect(dataset["completed"] as? Int == 10)
        let info = try Tool.run("info", place.file("d.h5"))
        #expect(info.code == 0 && info.output.contains("train 8") && info.output.contains("beta"))
        #expect(info.output.contains("nu  ") && info.output.contains("input"))
        #expect(try Tool.run("plot", place.file("d.h5")).code == 0)
        #expect(try Tool.run("plot", place.file("d.h5"), "--parameters").code == 0)
        #expect(
            try place.contents() == ["d-parameters.png", "d.h5", "d.png", "darcy.hdf5"])
        #expect(try Tool.run("plot", place.file("d.h5"), "--field", "mu").errors.contains("nu"))
        #expect(try Tool.run("plot", place.file("d.h5"), "--forces").code == 2)
    }

    @Test("bad input leaves nothing behind and says what is allowed")
    func refusals() throws {
        let source = try darcy()
        let output = place.file("d.h5")
        #expect(try Tool.run("import", "pdebanch", source, "--output", output).errors.contains("pdebench"))
        #expect(try Tool.run("import", "pdebench", source, "--output", output, "--split", "a,b").code == 2)
        #expect(try Tool.run("import", "the-well", source, "--output", output).errors.contains("dimensions"))
        let missing = try Tool.run("import", "npz", place.file("none.npz"), "--output", output)
        #expect(missing.code == 2 && missing.errors.contains("no such file"))
        #expect(try place.contents() == ["darcy.hdf5"])
        #expect(try Tool.run("import", "pdebench", source, "--output", output).code == 0)
        #expect(try Tool.run("import", "pdebench", source, "--output", output).errors.contains("--overwrite"))
    }
}
