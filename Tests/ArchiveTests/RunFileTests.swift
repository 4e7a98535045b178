import Archive
import Foundation
import Testing

@Suite("Run file")
struct RunFileTests {
    let folder: ScratchFolder
    let output: String
    init() throws {
        folder = try ScratchFolder()
        output = folder.file("run.h5")
    }

    @Test("what is written is read back", arguments: [[9], [6, 4], [5, 4, 3]])
    func roundTrip(cells: [Int]) throws {
        let count = cells.reduce(1, *)
        let geometry = RunGeometry(
            signedDistance: (0..<count).map { Float($0) - 3 }, mask: (0..<count).map { $0 < 3 ? 0 : 1 })
        let sample = SampleRun(cells: cells, geometry: geometry)
        let writer = try RunFileWriter(creating: output, sample.description)
        try sample.advance(writer, 0...6)
        try writer.finish()

        let reader = try RunFileReader(output)
        #expect(reader.axes == sample.description.axes)
        #expect(reader.fieldNames == ["density", "pressure"])
        #expect(reader.steps == [0, 2, 4, 6])
        #expect(reader.times == [0, 2, 4, 6].map { $0 * 0.1 })
        for (index, step) in reader.steps.enumerated() {
            #expect(try reader.field("pressure", snapshot: index) == sample.values("pressure", step))
        }
        #expect(try reader.history()["mass"] == (0...6).map { 1 + Double($0) * 0.1 / 3 })
        #expect(try reader.probe("nose")["pressure"]?.count == 7)
        #expect(try reader.geometry() == geometry)
        #expect(reader.caseText == sample.description.caseText)
        #expect(reader.status == "completed")
        #expect(reader.attributes["case_sha256"]?.text == Fingerprint.sha256(of: reader.caseText))
        #expect(reader.attributes["started"]?.text == "2023-11-14T22:13:20Z")
        #expect(reader.attributes["finished"]?.text != nil)
    }

    @Test(
        "a Float64 run and a Float16 run store their own precision",
        arguments: [ElementType.float64, .float16])
    func precision(type: ElementType) throws {
        let sample = SampleRun(fieldType: type)
        let writer = try RunFileWriter(creating: output, sample.description)
        let exact = (0..<24).map { Double($0) / 3 }
        try writer.appendSnapshot(time: 0, step: 0, fields: [("density", exact), ("pressure", exact)])
        try writer.finish(sidecar: false)
        let expected = type == .float64 ? exact : exact.map { Double(Float16($0)) }
        #expect(try RunFileReader(output).field("density", snapshot: 0, as: Double.self) == expected)
    }

    @Test("the final name appears only at the end, and no temporary file stays")
    func atomicRename() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        try sample.advance(writer, 0...2)
        try writer.flush()
        #expect(try folder.contents() == ["run.h5.tmp", "run.h5.tmp.journal"])
        try writer.finish()
        #expect(try folder.contents() == ["run.h5", "run.xdmf"])
    }

    @Test("an existing output is refused and left alone, unless it may be overwritten")
    func existingOutput() throws {
        try Data("precious".utf8).write(to: URL(fileURLWithPath: output))
        let sample = SampleRun()
        let error = archiveError { _ = try RunFileWriter(creating: output, sample.description) }
        #expect(error?.kind == .exists)
        #expect(error?.message.contains("--overwrite") == true)
        let writer = try RunFileWriter(creating: output, sample.description, overwrite: true)
        try sample.advance(writer, 0...0)
        try writer.flush()
        #expect(try String(contentsOfFile: output, encoding: .utf8) == "precious")
        try writer.finish()
        #expect(try RunFileReader(output).snapshotCount == 1)
    }

    @Test("an interrupted run is not overwritten by accident")
    func interruptedRun() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        try sample.advance(writer, 0...2)
        try writer.suspend()
        let error = archiveError { _ = try RunFileWriter(creating: output, sample.description) }
        #expect(error?.kind == .interrupted)
        #expect(error?.message.contains("--resume") == true)
        #expect(try RunFileReader(writer.partialPath).status == "interrupted")
    }

    @Test("two writers of one output: the second is refused")
    func busy() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        let error = archiveError {
            _ = try RunFileWriter(creating: output, sample.description, overwrite: true)
        }
        #expect(error?.kind == .busy)
        try sample.advance(writer, 0...2)
        try writer.finish()
        #expect(try RunFileReader(output).snapshotCount == 2)
    }

    @Test("a folder that does not exist gives a clear error and no file")
    func missingFolder() throws {
        let path = folder.file("nowhere/run.h5")
        let error = archiveError { _ = try RunFileWriter(creating: path, SampleRun().description) }
        #expect(error?.kind == .unwritable)
        #expect(error?.message.contains("nowhere does not exist") == true)
    }

    @Test("NaN and infinity are refused with field, cell and position, and never reach the file")
    func nonFinite() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        try sample.advance(writer, 0...0)
        for culprit in [Float.nan, .infinity, -.infinity] {
            var fields = sample.snapshot(2)
            fields[1].values[8] = culprit
            let error = archiveError { try writer.appendSnapshot(time: 0.2, step: 2, fields: fields) }
            #expect(error?.kind == .nonFinite)
            #expect(error?.message.contains("pressure is \(culprit) at cell [2, 1]") == true)
        }
        let row = archiveError { try writer.appendHistory([("step", 3), ("time", 0.3), ("mass", .nan)]) }
        #expect(row?.kind == .nonFinite)
        try writer.finish(status: "failed")
        let reader = try RunFileReader(output)
        #expect(reader.steps == [0])
        #expect(reader.status == "failed")
    }

    @Test("NaN is written where it is asked for")
    func allowedNonFinite() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        var fields = sample.snapshot(0)
        fields[0].values[3] = .nan
        try writer.appendSnapshot(time: 0, step: 0, fields: fields, allowingNonFinite: true)
        try writer.finish()
        #expect(try RunFileReader(output).field("density", snapshot: 0)[3].isNaN)
    }

    @Test("a snapshot of wrong fields, wrong size or an earlier step is refused")
    func misfits() throws {
        let sample = SampleRun()
        let writer = try RunFileWriter(creating: output, sample.description)
        try sample.advance(writer, 0...2)
        let missing = archiveError {
            try writer.appendSnapshot(time: 1, step: 9, fields: [sample.snapshot(9)[0]])
        }
        #expect(missing?.message.contains("density") == true)
        let short = archiveError {
            try writer.appendSnapshot(time: 1, step: 9, fields: [("density", [Float(1)]), ("pressure", [1])])
        }
        #expect(short?.message.contains("24 cells") == true)
        let early = archiveError { try writer.appendSnapshot(time: 0.1, step: 2, fields: sample.snapshot(2)) }
        #expect(early?.message.contains("step 2") == true)
        let columns = archiveError { try writer.appendHistory([("step", 3), ("mass", 1)]) }
        #expect(columns?.kind == .mismatch)
    }

    @Test("the caller may change its arrays right after handing them over")
    func copies() throws {
        let sample = SampleRun(cells: [200, 200])
        let writer = try RunFileWriter(creating: output, sample.description)
        var density = sample.values("density", 0)
        let pressure = sample.values("pressure", 0)
        for step in 0..<6 {
            for index in density.indices { density[index] = Float(step) }
            try writer.appendSnapshot(
                time: Double(step), step: step, fields: [("density", density), ("pressure", pressure)])
        }
        try writer.finish()
        let reader = try RunFileReader(output)
        for step in 0..<6 {
            #expect(try reader.field("density", snapshot: step).allSatisfy { $0 == Float(step) })
        }
    }

    @Test("a copy of the unfinished file, taken as a kill would leave it, shows every flushed snapshot")
    func crash() throws {
        let sample = SampleRun(cells: [40, 30])
        let writer = try RunFileWriter(creating: output, sample.description)
        let copy = folder.file("copy.h5")
        for step in stride(from: 0, through: 8, by: 2) {
            try sample.advance(writer, step...(step + 1))
            try writer.flush()
            try? FileManager.default.removeItem(atPath: copy)
            try FileManager.default.copyItem(atPath: writer.partialPath, toPath: copy)
            let reader = try RunFileReader(copy)
            #expect(reader.steps.last == step)
            #expect(reader.status == "running")
            #expect(
                try reader.field("density", snapshot: reader.snapshotCount - 1)
                    == sample.values("density", step))
            #expect(try reader.history()["step"]?.last == Double(step + 1))
        }
    }
}
