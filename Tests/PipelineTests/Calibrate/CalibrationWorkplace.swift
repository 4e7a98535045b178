import Archive
import Foundation

/// A folder with a calibration of a shell script, whose runs can be counted.
final class CalibrationWorkplace {
    let place: Workplace

    /// - Parameters:
    ///   - delay: Seconds of a run.
    ///   - answer: What the script does with `$a`, `$b` and `$id`.
    init(
        method: String = "name = \"de-vs\"\nbudget = 60", delay: String = "0", model: String = "",
        answer: String = CalibrationWorkplace.bowl, more: String = ""
    ) throws {
        place = try Workplace()
        let script = """
            while read -r line; do
              case $line in *stop*) exit;; esac
              id=${line#*\\"id\\": }; id=${id%%,*}
              a=${line#*\\"a\\": }; a=${a%%[,\\}]*}
              b=${line#*\\"b\\": }; b=${b%%[,\\}]*}
              echo $id >> '\(place.file("count"))'
              sleep \(delay)
              \(answer)
            done
            """
        _ = try place.write(script, as: "model.sh")
        _ = try place.write(
            """
            [calibration]
            title = "A bowl"
            [model]
            kind = "process"
            command = ["sh", "model.sh"]
            \(model)
            [parameters.a]
            lower = -1.0
            upper = 2.0
            [parameters.b]
            lower = -1.0
            upper = 2.0
            \(more)
            [method]
            \(method)
            """, as: "c.toml")
    }

    /// (a − 0.3)² + (b − 0.6)².
    static let bowl = #"""
        value=$(awk -v a=$a -v b=$b 'BEGIN { printf "%.15g", (a-0.3)^2 + (b-0.6)^2 }')
        echo "{\"id\": $id, \"value\": $value}"
        """#

    var arguments: [String] { ["calibrate", place.file("c.toml"), "--output", place.file("c.h5")] }

    func calibrate(_ more: String...) throws -> Tool.Result { try Tool.run(arguments + more) }

    /// The `--json` report.
    func report(_ more: String...) throws -> [String: Any] {
        let result = try Tool.run(arguments + ["--json"] + more)
        return try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any] ?? [:]
    }

    /// Starts a calibration and returns once the script has run `count` times.
    func start(until count: Int, _ more: String...) throws -> Process {
        let process = try Tool.start(arguments + more)
        while runs < count, process.isRunning { usleep(1000) }
        return process
    }

    /// How often the script has run.
    var runs: Int {
        ((try? String(contentsOfFile: place.file("count"), encoding: .utf8)) ?? "").count { $0 == "\n" }
    }

    /// What was found, to the bit.
    func findings() throws -> [String: [Double]] {
        let record = try CalibrationFile.read(place.file("c.h5"))
        var found = Dictionary(uniqueKeysWithValues: record.parameters.map { ($0.name, $0.values) })
        found["costs"] = record.costs
        found["points"] = record.points.flatMap { $0 }
        return found
    }
}
