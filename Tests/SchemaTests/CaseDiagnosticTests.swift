import Flow
import Schema
import Testing

/// The diagnostics of a case, one line each.
private func problems(_ text: String, _ overrides: [String] = []) -> [String] {
    do throws(InvalidInput) {
        _ = try CaseReader.read(text: text, overrides: overrides)
        return []
    } catch { return error.diagnostics.map(\.description) }
}

/// The diagnostics of the smallest case with one text replaced by another.
private func problems(replacing old: String, with new: String) -> [String] {
    problems(SampleCases.minimal.replacing(old, with: new))
}

@Suite struct CaseDiagnosticTests {
    @Test(
        arguments: [
            (
                "[time]", "[gas]\ngama = 1.4\n[time]",
                "case.toml:14:1: gas.gama: unknown key; allowed here: kind, prandtl, viscosity, gamma, gas_constant; did you mean \"gamma\"?"
            ),
            (
                "end = 0.5", "end = 0.5\ncfl = 0.4",
                "case.toml:15:1: time.cfl: unknown key; allowed here: end, maximum_steps, wall_budget; cfl belongs to [numerics]"
            ),
            ("end = 0.5", "end = true", "case.toml:14:7: time.end: expected a number > 0, found true"),
            ("end = 0.5", "end = -1", "case.toml:14:7: time.end: -1 is out of range; allowed here: > 0"),
            ("end = 0.5", "end = inf", "case.toml:14:7: time.end: inf is out of range; allowed here: > 0"),
            ("end = 0.5", "", "case.toml:13:2: time.end: missing key; allowed here: a number > 0"),
            ("[time]\nend = 0.5", "", "case.toml:1:1: time.end: missing key; allowed here: a number > 0"),
            ("[16]", "[4]", "case.toml:2:10: domain.cells.0: 4 is out of range; allowed here: 6 … 1000000"),
            (
                "[16]", "[16.5]",
                "case.toml:2:10: domain.cells.0: expected an integer 6 … 1000000, found the number 16.5"
            ),
            (
                "[16]", "16",
                "case.toml:2:9: domain.cells: expected an array of integers 6 … 1000000, 1 to 3 of them, found the integer 16"
            ),
            (
                "[0.0]", "[0.0, 1.0]",
                "case.toml:3:9: domain.lower: has 2 entries; allowed here: 1, one for each dimension of the domain"
            ),
            (
                "[0.0]", "[1.0]",
                "case.toml:3:9: domain.lower: 1.0 is not below upper = 1.0 in x; lower has to be smaller than upper on each axis"
            ),
            (
                "density = 1.0", "density = \"1 + xx\"",
                "case.toml:10:16: initial.density: unknown name \"xx\" at column 5 of \"1 + xx\"; did you mean \"x\"?"
            ),
            (
                "density = 1.0", "density = -1.0",
                "case.toml:10:11: initial.density: -1.0 is out of range; allowed here: > 0"
            ),
            (
                "pressure = 1.0", "pressure = \"1 - 1\"",
                "case.toml:11:12: initial.pressure: 0.0 is out of range; allowed here: > 0"
            ),
            (
                "density = 1.0", "density = \"1/0\"",
                "case.toml:10:11: initial.density: inf is out of range; allowed here: finite numbers"
            ),
            (
                "\"periodic\"", "\"perodic\"",
                "case.toml:7:5: boundaries.x: \"perodic\" is not known; allowed here: \"wall\", \"no-slip\", \"inflow\", \"outflow\", \"characteristic\", \"periodic\"; did you mean \"periodic\"?"
            ),
            (
                "\"periodic\"", "{ lower = \"periodic\", upper = \"wall\" }",
                "case.toml:7:5: boundaries.x: is periodic on one side only; write x = \"periodic\" for both"
            ),
            (
                "\"periodic\"", "{ lower = \"wall\" }",
                "case.toml:7:1: boundaries.x.upper: missing key; allowed here: one of \"wall\", \"no-slip\", \"inflow\", \"outflow\", \"characteristic\", \"periodic\", or a table (boundary condition)"
            ),
            (
                "\"periodic\"", "\"inflow\"",
                "case.toml:7:5: boundaries.x: an inflow needs its state; write { kind = \"inflow\", density = …, velocity = […], pressure = … }"
            ),
            (
                "\"periodic\"", "\"wall\"\ny = \"wall\"",
                "case.toml:8:5: boundaries.y: the domain has only 1 dimension; remove it, or give domain.cells one more entry"
            ),
            (
                "\"periodic\"", "{ kind = \"outflow\", pressure = 1.0 }",
                "case.toml:7:25: boundaries.x.pressure: unknown key where kind = \"outflow\"; allowed here: kind, patches; pressure belongs to [initial]"
            ),
            (
                "\"periodic\"", "{ kind = \"periodic\", patches = [{ where = \"y < 1\", kind = \"wall\" }] }",
                "case.toml:7:36: boundaries.x.patches: a periodic side has no patches"
            ),
            (
                "\"periodic\"", "{ kind = \"wall\", patches = [{ where = \"y < 1\", kind = \"periodic\" }] }",
                "case.toml:7:59: boundaries.x.patches.0.kind: \"periodic\" is not known; allowed here: \"wall\", \"no-slip\", \"inflow\", \"outflow\", \"characteristic\""
            ),
            (
                "[time]", "[[body]]\nshape = \"circle\"\ncenter = [0, 0]\nradius = 1\n[time]",
                "case.toml:13:3: body.0: a domain of one dimension has no bodies; give domain.cells a second entry, or use boundaries with kind = \"wall\""
            ),
            (
                "[time]", "[probe]\nname = \"a\"\n[time]",
                "case.toml:13:2: probe: expected an array of tables, found a table; write [[probe]]"
            ),
            (
                "[time]", "[[initial.region]]\ndensity = 2.0\n[time]",
                "case.toml:13:11: initial.region.0: says nowhere where it is; allowed here: exactly one of where, box, ball, circle, sphere, half_space"
            ),
            (
                "[time]", "[[initial.region]]\nwhere = \"x<0\"\n[time]",
                "case.toml:13:11: initial.region.0: changes nothing; set density, velocity or pressure"
            ),
            (
                "[time]", "[[probe]]\nname = \"a\"\nposition = [2.0]\n[time]",
                "case.toml:15:12: probe.0.position: x = 2.0 is outside of the domain; allowed here: 0.0 … 1.0"
            ),
            (
                "[time]",
                "[[probe]]\nname = \"a\"\nposition = [0.5]\n[[probe]]\nname = \"a\"\nposition = [0.5]\n[time]",
                "case.toml:17:8: probe.1.name: \"a\" is the name of another probe"
            ),
            (
                "[time]", "[output]\nfields = [\"density\", \"velocity_y\"]\n[time]",
                "case.toml:14:10: output.fields: \"velocity_y\" does not exist in 1 dimension; allowed here: density, velocity, velocity_x, pressure, entropic_pressure, temperature, mach, momentum, momentum_x, energy, kinetic_energy, speed, sound_speed, total_pressure, entropy, divergence, schlieren"
            ),
            (
                "[time]", "[output]\ntimes = [0.1, 0.7]\n[time]",
                "case.toml:14:9: output.times: 0.7 is after the end; allowed here: 0 … 0.5"
            ),
            (
                "[time]", "[numerics]\nscheme = \"igr\"\nriemann_solver = \"hll\"\n[time]",
                "case.toml:15:1: numerics.riemann_solver: unknown key where scheme = \"igr\"; allowed here: scheme, order, alpha, sweeps, initial_sweeps, elliptic, source, integrator, cfl, time_step, storage, arithmetic, threads, limiter; riemann_solver belongs to scheme = \"godunov\""
            ),
            (
                "[time]", "[numerics]\nscheme = \"godunov\"\nreconstruction = \"weno7\"\n[time]",
                "case.toml:15:18: numerics.reconstruction: \"weno7\" is not known; allowed here: \"first-order\", \"muscl\", \"weno5-z\", \"mp5\""
            ),
            (
                "[time]", "[numerics]\norder = 4\n[time]",
                "case.toml:14:9: numerics.order: 4 is out of range; allowed here: 1, 3, 5"
            ),
            (
                "[time]", "[gas]\ngamma = 1.0\n[time]",
                "case.toml:14:9: gas.gamma: 1 is out of range; allowed here: > 1"
            ),
            (
                "[time]", "[gas]\nviscosity = -1e-3\n[time]",
                "case.toml:14:13: gas.viscosity: -0.001 is out of range; allowed here: ≥ 0"
            ),
            (
                "[time]", "[constants]\na = \"b + 1\"\nb = 2\n[time]",
                "case.toml:14:6: constants.a: unknown name \"b\" at column 1 of \"b + 1\"; known here: pi, e and the functions"
            ),
            (
                "[time]", "[constants]\nx = 1\n[time]",
                "case.toml:14:1: constants.x: is not available as the name of a constant; allowed here: letters, digits and _, but no function, variable or known constant"
            ),
            (
                "[time]", "[expect]\n\"a.b\" = { tolerance = 1.0 }\n[time]",
                "case.toml:14:1: expect.\"a.b\": expects nothing; allowed here: value, minimum or maximum; a name with dots needs quotes: \"error.density.l1\" = { value = 0.01 }"
            ),
            (
                "[time]", "[exact]\nkind = \"file\"\n[time]",
                "case.toml:14:8: exact.kind: \"file\" is not known; allowed here: \"riemann\", \"expression\""
            ),
            (
                "[time]", "[case.convergence]\nfactors = [2, 1]\n[time]",
                "case.toml:14:11: case.convergence.factors: are not ascending; for example [1, 2, 4]"
            ),
        ])
    func eachMistakeHasOneMessage(old: String, new: String, expected: String) {
        #expect(problems(replacing: old, with: new) == [expected])
    }

    @Test func aRiemannSolutionNeedsOneDimension() {
        let text = SampleCases.complete.replacing(
            "kind = \"expression\"\ndensity = \"1 + 0.2*sin(2*pi*(x - t))\"\nvelocity = [1.0, 0.0]\npressure = 1.0",
            with: "kind = \"riemann\"\nposition = 0.0\nleft = { density = 1, velocity = 0, pressure = 1 }\n"
                + "right = { density = 1, velocity = 0, pressure = 1 }")
        #expect(problems(text).count == 1)
        #expect(
            problems(text).first?.contains("a Riemann problem has one dimension, the domain has 2") == true)
    }

    @Test func allMistakesOfAFileComeAtOnceInItsOrder() {
        let text = """
            [gas]
            gama = 1.4
            gamma = 0.5
            [domain]
            cells = [16, 16]
            lower = [0, 0]
            upper = [1]
            [boundaries]
            x = "periodic"
            [initial]
            density = "1 +"
            [numerics]
            scheme = "irg"
            """
        let places = problems(text, ["time.end=-2", "nonsense"]).map { line in
            line.split(separator: ": ").prefix(2).joined(separator: ": ")
        }
        #expect(
            places == [
                "--set nonsense: is not of the form key=value; for example --set gas.gamma=1.67 or --set domain.cells=[64,64]",
                "--set time.end=-2: -2 is out of range; allowed here",
                "case.toml:2:1: gas.gama", "case.toml:3:9: gas.gamma", "case.toml:7:9: domain.upper",
                "case.toml:8:2: boundaries.y", "case.toml:10:2: initial.pressure",
                "case.toml:11:15: initial.density",
                "case.toml:13:10: numerics.scheme",
            ])
    }

    @Test func mistakesInOverridesNameThem() {
        #expect(
            problems(SampleCases.minimal, ["gas.gamma=0.5"])
                == ["--set gas.gamma=0.5: 0.5 is out of range; allowed here: > 1"])
        #expect(
            problems(SampleCases.minimal, ["gass.gamma=1.5"]).first?
                .hasPrefix("--set gass.gamma=1.5: gass: unknown key; allowed here: case, constants, gas, ")
                == true)
        #expect(
            problems(SampleCases.minimal, ["initial.density=1 + zz"]) == [
                "--set initial.density=1 + zz: unknown name \"zz\" at column 5 of \"1 + zz\"; "
                    + "did you mean \"z\"?"
            ])
    }

    @Test func anEmptyFileLacksWhatIsRequired() {
        #expect(
            problems("").map { $0.prefix(while: { $0 != ";" }) } == [
                "case.toml:1:1: domain.cells: missing key", "case.toml:1:1: domain.lower: missing key",
                "case.toml:1:1: domain.upper: missing key", "case.toml:1:1: initial.density: missing key",
                "case.toml:1:1: initial.pressure: missing key", "case.toml:1:1: time.end: missing key",
            ])
    }

    /// Values of every type, none of them right everywhere.
    private static let intruders = [
        "true", "-1", "1.5", "nan", "\"word\"", "\"(1 +\"", "[]", "[true]", "[[1]]", "{}", "{ kind = 1 }",
        "10:00:00",
        "{ lower = 1, upper = [] }", "[{}]", "9223372036854775807",
    ]

    @Test(arguments: [SampleCases.sod, SampleCases.complete])
    func noValueOfAnyTypeBreaksTheReader(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let sign = line.firstIndex(of: "="), !line.hasPrefix(" ") else { continue }
            for intruder in Self.intruders {
                var changed = lines.map(String.init)
                changed[index] = line[...sign] + " " + intruder
                do throws(InvalidInput) {
                    _ = try CaseReader.read(text: changed.joined(separator: "\n"))
                } catch {
                    #expect(error.diagnostics.allSatisfy { $0.line != nil && $0.column != nil })
                }
            }
        }
    }
}
