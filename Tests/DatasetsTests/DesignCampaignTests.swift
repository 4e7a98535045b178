import Datasets
import Flow
import Foundation
import Schema
import Testing

@Suite struct DesignCampaignTests {
    @Test("A small file is enough: the defaults make a campaign") func defaults() throws {
        let campaign = try SweepText.campaign(SweepText.sweep())
        #expect(campaign.design.kind == .sobol && campaign.design.samples == 16)
        #expect(campaign.task.kind == .steady(SteadyOptions()))
        #expect(campaign.task.cells == [24, 16])
        #expect(campaign.task.inputs == ["sdf", "mach"])
        #expect(campaign.task.outputs == ["density", "velocity_x", "velocity_y", "pressure"])
        #expect(campaign.splits == SplitPlan(seed: 3))
        #expect(campaign.run.workers == 0 && campaign.run.retries == 0 && campaign.run.timeout == nil)
        #expect(campaign.title == "sweep")
    }

    @Test("Samples are the same for the same text, to the byte, and others for another seed")
    func reproducible()
        throws
    {
        let text = SweepText.sweep(more: SweepText.families)
        let first = try SweepText.campaign(text)
        let second = try SweepText.campaign(text)
        #expect(first.recipes() == second.recipes())
        let cases = try first.recipes().map { try first.caseText(of: $0) }
        #expect(try second.recipes().map { try second.caseText(of: $0) } == cases)
        let other = try SweepText.campaign(text.replacing("seed = 3", with: "seed = 4"))
        #expect(other.recipes() != first.recipes())
    }

    @Test("A known sample keeps its bytes from one version to the next") func golden() throws {
        let campaign = try SweepText.campaign(SweepText.sweep(more: SweepText.families))
        let recipe = campaign.recipes()[0]
        #expect(recipe.seed == 8_644_255_762_392_486_037)
        #expect(recipe.geometry == "naca 2615" && recipe.family == "airfoils")
        #expect(recipe.overrides.last == "constants.mach=2.7220775478635915")
    }

    @Test("Every sample of every family makes a valid case with its constant and its body") func validCases()
        throws
    {
        let campaign = try SweepText.campaign(
            SweepText.sweep(design: "samples = 48", more: SweepText.families))
        let recipes = campaign.recipes()
        #expect(Set(recipes.map(\.family)) == ["blob", "airfoils", "nurbs"])
        for recipe in recipes {
            let file = try campaign.caseFile(of: recipe)
            #expect(file.flowCase.bodies.count == 1)
            #expect(file.text.contains("mach = \(recipe.parameters[0])"))
        }
    }

    @Test("Families get samples by their weights") func weights() throws {
        let text = SweepText.sweep(
            design: "samples = 64",
            more: SweepText.families.replacing("family = \"blob\"", with: "family = \"blob\"\nweight = 6"))
        let recipes = try SweepText.campaign(text).recipes()
        #expect(recipes.count { $0.family == "blob" } == 48)
        #expect(recipes.count { $0.family == "airfoils" } == 8)
    }

    @Test("Seeds of samples differ, and are positive as signed integers") func seeds() throws {
        let recipes = try SweepText.campaign(SweepText.sweep(design: "samples = 500")).recipes()
        #expect(Set(recipes.map(\.seed)).count == 500)
        #expect(recipes.allSatisfy { $0.seed <= UInt64(Int64.max) })
    }

    @Test("Expressions follow from other parameters, in any order and with dotted names") func expressions()
        throws
    {
        let parameters = """
            "initial.pressure" = "2*half"
            half = { value = "gas.gamma/2 + mach" }
            mach = { uniform = [1.5, 4.0] }
            "gas.gamma" = { choice = [1.3, 1.4] }
            """
        let text = SweepText.sweep(parameters: parameters).replacing(
            "mach = 2.0", with: "mach = 2.0\nhalf = 1")
        let campaign = try SweepText.campaign(text)
        for recipe in campaign.recipes() {
            let values = recipe.parameters
            #expect(abs(values[1] - (values[3] / 2 + values[2])) < 1e-12)
            #expect(abs(values[0] - 2 * values[1]) < 1e-12)
            let flowCase = try campaign.caseFile(of: recipe).flowCase
            #expect(flowCase.gas.law.heatRatio == values[3])
        }
        #expect(campaign.task.inputs == ["sdf", "mach", "gas.gamma"])
        #expect(campaign.parameters.map(\.unit)[0] == "pressure")
    }

    @Test("Words and whole numbers reach keys that hold them") func words() throws {
        let parameters = """
            "numerics.scheme" = { choice = ["igr", "weno-hllc"] }
            "numerics.order" = { choice = [3, 5] }
            """
        let campaign = try SweepText.campaign(
            SweepText.sweep(design: "kind = \"grid\"", parameters: parameters))
        let recipes = campaign.recipes()
        #expect(recipes.map(\.parameters) == [[0, 3], [0, 5], [1, 3], [1, 5]])
        let last = try campaign.caseFile(of: recipes[3]).flowCase.numerics
        #expect(last.scheme == .wenoHLLC && last.order == 5)
    }

    @Test("A table gives the samples, row by row; expressions follow") func table() throws {
        let folder = try ScratchFolder([
            "rows.csv": "# made by hand\nmach, gas.gamma\n2,1.3\n\n3.5,1.4\n",
            "sweep.toml": SweepText.sweep(
                design: "kind = \"csv\"\nfile = \"rows.csv\"", parameters: "\"initial.pressure\" = \"mach/2\""
            ),
        ])
        let campaign = try Campaign.read(path: folder.path + "/sweep.toml")
        #expect(campaign.parameters.map(\.name) == ["mach", "gas.gamma", "initial.pressure"])
        #expect(campaign.recipes().map(\.parameters) == [[2, 1.3, 1], [3.5, 1.4, 1.75]])
    }

    @Test("A case in a file of its own is found from the folder of the sweep file") func caseFile() throws {
        let text = SweepText.flowCase.replacing("[base.case.", with: "[").replacing(
            "[[base.case.", with: "[[")
        let sweep = SweepText.sweep().dropFirst(SweepText.flowCase.count)
        let folder = try ScratchFolder([
            "cases/body.toml": text, "sweeps/one.toml": "[base]\ncase = \"../cases/body.toml\"\n" + sweep,
        ])
        let campaign = try Campaign.read(path: folder.path + "/sweeps/one.toml")
        #expect(campaign.recipes().count == 16 && campaign.title == "one")
        #expect(campaign.base.file.hasSuffix("cases/body.toml"))
        // What was read stays, whatever becomes of the file.
        try "nothing".write(toFile: folder.path + "/cases/body.toml", atomically: true, encoding: .utf8)
        #expect(try campaign.caseFile(of: campaign.recipes()[0]).flowCase.bodies.count == 1)
    }

    @Test("A rollout has its times from an interval, with both ends") func rollout() throws {
        let task = "kind = \"rollout\"\ninterval = 0.1"
        let campaign = try SweepText.campaign(SweepText.sweep(task: task))
        guard case .rollout(let times) = campaign.task.kind else { throw Problem.wrongTask }
        #expect(times.count == 21 && times.first == 0 && times.last == 2)
    }

    private enum Problem: Error { case wrongTask }

    @Test("A window of averaging ends the case") func window() throws {
        let campaign = try SweepText.campaign(
            SweepText.sweep(task: "kind = \"steady\"\nwindow = [3, 5]"))
        #expect(campaign.task.kind == .steady(SteadyOptions(tolerance: nil, averagingTime: 2)))
        #expect(try campaign.caseFile(of: campaign.recipes()[0]).flowCase.time.end == 5)
    }

    @Test("The reference names every table") func reference() {
        for word in [
            "[parameters]", "distribution", "log_uniform", "`family = \"blob\"`", "test_NAME", "timeout",
        ] {
            #expect(Campaign.reference.contains(word) || word == "[parameters]", "\(word)")
        }
    }
}

@Suite struct DesignFamilyTests {
    private let outline = "0,0\n1,0\n1,0.5\n0,0.5\n"

    @Test("Bodies of a folder are placed, used by name, and one form is one geometry") func folder() throws {
        let base = SweepText.sweep(
            design: "samples = 7",
            more: "[[geometry]]\nfamily = \"folder\"\npath = \"shapes\"\nsize = 0.6\ncenter = [0.1, 0.2]\n"
                + "rotate = [0, 90]\n[splits]\nby = \"sample\"\n")
        let folder = try ScratchFolder([
            "shapes/b.csv": outline, "shapes/a.csv": outline, "shapes/c.csv": "0,0\n10,0\n5,9\n",
            "shapes/notes.md": "no body", "sweep.toml": base,
        ])
        let campaign = try Campaign.read(path: folder.path + "/sweep.toml")
        // What is in them tells the campaign from others.
        #expect(
            campaign.inputFiles.map { URL(fileURLWithPath: $0).lastPathComponent } == [
                "a.csv", "b.csv", "c.csv",
            ])
        let recipes = campaign.recipes()
        // b.csv has the content of a.csv.
        #expect(
            recipes.prefix(4).map(\.geometry) == [
                "file shapes/a.csv", "file shapes/a.csv", "file shapes/c.csv", "file shapes/a.csv",
            ])
        for recipe in recipes {
            let bounds = try campaign.caseFile(of: recipe).flowCase.bodies[0].shape.bounds
            let middle = (bounds.lower + bounds.upper) / 2
            #expect(abs(middle.x - 0.1) < 0.2 && abs(middle.y - 0.2) < 0.2)
            #expect(bounds.upper.x - bounds.lower.x < 0.9)
        }
    }

    @Test("The same bodies come back where there are fewer than samples") func count() throws {
        let text = SweepText.sweep(
            more: "[[geometry]]\nfamily = \"blob\"\nradius = [0.2, 0.4]\ncount = 4\n")
        let recipes = try SweepText.campaign(text).recipes()
        #expect(Set(recipes.map(\.geometry)).count == 4)
        #expect(recipes[0].geometry == recipes[4].geometry)
        #expect(recipes[0].overrides != recipes[4].overrides)
    }

    @Test("No two blobs are the same") func different() throws {
        let text = SweepText.sweep(
            design: "samples = 200", more: "[[geometry]]\nfamily = \"blob\"\nradius = 0.3\n")
        #expect(Set(try SweepText.campaign(text).recipes().map(\.geometry)).count == 200)
    }

    @Test("A case without bodies gets one, and a fixed shape is put where it belongs") func fixed() throws {
        let circle = "[[base.case.body]]\nshape = \"circle\"\nradius = 0.3\ncenter = [0.0, 0.0]\n"
        let text = SweepText.sweep(
            more:
                "[[geometry]]\nfamily = \"shape\"\nbody = { shape = \"circle\", radius = 2.0, center = [9.0, 9.0] }\n"
                + "size = 0.5\ncenter = [0.0, 0.1]\nwall = \"no-slip\"\n[splits]\nby = \"sample\"\n"
        ).replacing(circle, with: "")
        let campaign = try SweepText.campaign(text)
        let body = try campaign.caseFile(of: campaign.recipes()[0]).flowCase.bodies[0]
        #expect(body.wall == .noSlip(temperature: nil))
        #expect(abs(body.shape.distance(to: [0, 0.1, 0]) + 0.25) < 1e-9)
    }
}
