import Foundation
import Testing

@Suite("Calibrations", .serialized)
struct CalibrationTests {
    @Test("The report has the keys that are contract")
    func keys() throws {
        let work = try CalibrationWorkplace()
        let report = try work.report()
        let best = try #require(report["best"] as? [String: Any])
        let parameters = try #require(best["parameters"] as? [String: Double])
        #expect(Set(parameters.keys) == ["a", "b"])
        #expect(best["value"] is Double)
        #expect(report["runs"] as? Int == 60 && report["failures"] as? Int == 0)
        #expect(report["outcome"] as? String == "completed")
        let text = try String(contentsOfFile: work.place.file("c.best.toml"), encoding: .utf8)
        for line in [
            "[best]", "runs = 60", "failures = 0", "[best.parameters]", "a = \(parameters["a"] ?? 0)",
        ] {
            #expect(text.contains(line), "\(text)")
        }
    }

    @Test("Standard deviations are those of linear least squares")
    func deviations() throws {
        // Two readings of a with an error of 0.1, one of b with 0.2.
        let work = try CalibrationWorkplace(
            method: "name = \"hybrid\"\nbudget = 200",
            answer: #"echo "{\"id\": $id, \"outputs\": {\"p\": [$a, $a], \"q\": [$b]}}""#,
            more: """
                [[observations]]
                output = "p"
                values = [0.9, 1.1]
                sigma = 0.1
                [[observations]]
                output = "q"
                values = [0.5]
                sigma = 0.2
                """)
        let report = try work.report()
        let deviations = try #require(
            (report["posterior"] as? [String: Any])?["standard_deviation"] as? [String: Double])
        #expect(abs((deviations["a"] ?? 0) - 0.1 / 2.0.squareRoot()) < 1e-6)
        #expect(abs((deviations["b"] ?? 0) - 0.2) < 1e-6)
        #expect(abs(((report["best"] as? [String: Any])?["value"] as? Double ?? 0) - 2) < 1e-6)
    }

    @Test(
        "A tenth of the runs dying, hanging or answering nonsense are failures with reasons, and the fit goes on"
    )
    func failures() throws {
        let trouble = """
            [ $((id % 10)) = 3 ] && exit 7
            [ $id = 15 ] && sleep 600
            [ $id = 25 ] && { echo "{\\"id\\": $id, \\"value\\": NaN}"; continue; }
            """
        let work = try CalibrationWorkplace(
            method: "name = \"de-vs\"\nbudget = 200", model: "timeout = 4.0",
            answer: trouble + "\n" + CalibrationWorkplace.bowl)
        let report = try work.report()
        #expect(report["failures"] as? Int == 22)
        let best = try #require((report["best"] as? [String: Any])?["value"] as? Double)
        #expect(best < 1e-2)
        let remarks = (report["remarks"] as? [String] ?? []).joined(separator: "\n")
        #expect(
            remarks.contains("20 points failed: the command ended before it answered: exit code 7"),
            "\(remarks)")
        #expect(remarks.contains("no answer within 4.0 s"), "\(remarks)")
    }

    @Test("More failures than allowed end the calibration with exit code 1")
    func tooManyFailures() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"de-vs\"\nmaximum_failures = 5",
            answer: #"echo "{\"id\": $id, \"error\": \"no convergence\"}""#)
        let result = try work.calibrate()
        #expect(result.code == 1)
        #expect(result.output.contains("more than 5 points failed"), "\(result.output)")
        #expect(result.output.contains("no convergence"), "\(result.output)")
    }

    private static let readings = """
        [[observations]]
        output = "p"
        values = [0.9, 1.1]
        sigma = 0.1
        [[observations]]
        output = "q"
        values = [0.5]
        sigma = 0.2
        """

    @Test("Deviations survive runs that fail: these are tried again")
    func failuresBesideTheBest() throws {
        for rest in 0..<3 {
            let work = try CalibrationWorkplace(
                method: "name = \"hybrid\"\nbudget = 200",
                answer: """
                    [ $((id % 3)) = \(rest) ] && { echo "{\\"id\\": $id, \\"error\\": \\"bad luck\\"}"; continue; }
                    echo "{\\"id\\": $id, \\"outputs\\": {\\"p\\": [$a, $a], \\"q\\": [$b]}}"
                    """, more: Self.readings)
            let report = try work.report()
            let deviations = try #require(
                (report["posterior"] as? [String: Any])?["standard_deviation"] as? [String: Double])
            #expect(abs((deviations["a"] ?? 0) - 0.1 / 2.0.squareRoot()) < 1e-6)
            #expect(abs((deviations["b"] ?? 0) - 0.2) < 1e-6)
        }
    }

    @Test("The best point is not run again, but once to see whether the model answers the same")
    func bestPoint() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"hybrid\"\nbudget = 200",
            answer: """
                echo $a $b >> points
                echo "{\\"id\\": $id, \\"outputs\\": {\\"p\\": [$a, $a], \\"q\\": [$b]}}"
                """, more: Self.readings)
        let report = try work.report()
        let best = try #require((report["best"] as? [String: Any])?["parameters"] as? [String: Double])
        let text = try String(
            contentsOfFile: work.place.file("c.calibration/worker-0/points"), encoding: .utf8)
        // What reads the report may round its last digit.
        let mine = text.split(separator: "\n").count { line in
            let point = line.split(separator: " ").compactMap { Double($0) }
            return point.count == 2 && abs(point[0] - (best["a"] ?? 0)) < 1e-12
                && abs(point[1] - (best["b"] ?? 0)) < 1e-12
        }
        #expect(mine == 2, "\(text)")
    }

    @Test("An output that is null costs its observation alone, and is told")
    func leftOut() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"hybrid\"\nbudget = 200",
            answer: #"echo "{\"id\": $id, \"outputs\": {\"p\": [$a, null], \"q\": [$b]}}""#,
            more: Self.readings)
        let report = try work.report()
        let best = try #require((report["best"] as? [String: Any])?["parameters"] as? [String: Double])
        #expect(abs((best["a"] ?? 0) - 0.9) < 1e-6 && abs((best["b"] ?? 0) - 0.5) < 1e-6)
        #expect(
            (report["remarks"] as? [String])?.contains { $0.contains("leaves out 1 observations") } == true)
        // The log holds it, too.
        #expect(try work.report("--resume")["resumed"] as? Int == report["runs"] as? Int)
    }

    @Test("Runs that all fail alike end the calibration soon, with the reason and the program's last words")
    func hopeless() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"de-vs\"\nbudget = 1000", answer: "echo 'no such table: salinity' >&2; exit 4")
        let result = try work.calibrate()
        #expect(result.code == 1)
        for words in ["for the same reason", "exit code 4: no such table: salinity", "worker-0/log.txt"] {
            #expect(result.output.contains(words), "\(result.output)")
        }
        #expect(work.runs < 100, "\(work.runs)")
    }

    @Test(
        "What is going to be asked of the model is told before it, and nothing at all where quiet was asked for"
    )
    func plan() throws {
        let method = "name = \"hybrid\"\nbudget = 30\n[posterior]\nsampler = \"stretch\"\ndraws = 10"
        let answer = #"echo "{\"id\": $id, \"outputs\": {\"p\": [$a, $a], \"q\": [$b]}}""#
        let loud = try CalibrationWorkplace(method: method, answer: answer, more: Self.readings)
        let result = try loud.calibrate()
        #expect(
            result.errors.contains(
                "plan: points of search at most 30, derivatives 5, draws at most 110, predictions at most 100"
            ),
            "\(result.errors)")
        let quiet = try CalibrationWorkplace(method: method, answer: answer, more: Self.readings)
        let silence = try quiet.calibrate("--quiet")
        #expect(silence.code == 0 && silence.output.isEmpty && silence.errors.isEmpty, "\(silence)")
    }

    @Test("What comes after the search has a budget of its own")
    func posteriorBudget() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"hybrid\"\nbudget = 30\n[posterior]\nbudget = 20\nprofiles = true",
            answer: #"echo "{\"id\": $id, \"outputs\": {\"p\": [$a, $a], \"q\": [$b]}}""#, more: Self.readings
        )
        let report = try work.report()
        let searched = try #require(report["search_runs"] as? Int)
        #expect(try #require(report["runs"] as? Int) <= searched + 20)
        #expect((report["remarks"] as? [String])?.contains { $0.contains("budget of [posterior]") } == true)
    }

    @Test("A target ends the search early")
    func target() throws {
        let work = try CalibrationWorkplace(method: "name = \"de-vs\"\nbudget = 500\ntarget = 0.05")
        let report = try work.report()
        #expect(report["ending"] as? String == "the target is reached")
        #expect(try #require(report["runs"] as? Int) < 200)
    }

    @Test("The budget of the command line replaces that of the file")
    func budget() throws {
        let work = try CalibrationWorkplace()
        #expect(try work.report("--budget", "7")["runs"] as? Int == 7)
        #expect(work.runs == 7)
    }

    @Test("An answer that lacks what was observed is bad input, and says what there is")
    func mismatch() throws {
        let work = try CalibrationWorkplace(
            method: "name = \"hybrid\"", answer: #"echo "{\"id\": $id, \"outputs\": {\"p\": [$a]}}""#,
            more: "[[observations]]\noutput = \"q\"\nvalues = [1.0]")
        let result = try work.calibrate()
        #expect(result.code == 2)
        #expect(result.errors.contains("no output \"q\"; it has \"p\""), "\(result.errors)")
    }

    @Test(
        "Workers have their own folders, and do not change the result of a method that does not depend on them"
    )
    func workers() throws {
        let alone = try CalibrationWorkplace()
        _ = try alone.report()
        let together = try CalibrationWorkplace(model: "workers = 2")
        let report = try together.report()
        for (name, values) in try alone.findings() {
            #expect(
                try together.findings()[name].map { $0.elementsEqual(values, by: same) } == true, "\(name)")
        }
        #expect(FileManager.default.fileExists(atPath: together.place.file("c.calibration/worker-1/log.txt")))
        #expect((report["remarks"] as? [String])?.contains { $0.contains("numbers of workers") } == false)
    }

    @Test("The report of a method that depends on the workers says so")
    func dependence() throws {
        let report = try CalibrationWorkplace(method: "name = \"hybrid\"\nbudget = 20", model: "workers = 2")
            .report()
        #expect(
            (report["remarks"] as? [String])?.contains { $0.contains("numbers of workers than 2") } == true)
    }

    @Test("Nothing is overwritten by accident")
    func guarded() throws {
        let work = try CalibrationWorkplace(method: "name = \"de-vs\"\nbudget = 5")
        #expect(try work.calibrate().code == 0)
        let again = try work.calibrate()
        #expect(again.code == 2 && again.errors.contains("--overwrite"))
        #expect(try work.calibrate("--overwrite").code == 0)
    }
}

/// Equal to the bit, where NaN equals NaN.
func same(_ one: Double, _ other: Double) -> Bool { one.bitPattern == other.bitPattern }
