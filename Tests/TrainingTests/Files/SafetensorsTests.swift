import Archive
import Foundation
import Testing

@Suite("Safetensors files") struct SafetensorsTests {
    let folder = Result { try TrainingFolder() }

    private func bytes(_ header: String, _ values: Int, length: UInt64? = nil) throws -> String {
        let path = try folder.get().file("a.safetensors")
        var data = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Data($0) }
        data.append(Data(header.utf8))
        data.append(Data(repeating: 0, count: values))
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("values come back in every type", arguments: SafetensorsType.allCases)
    func roundTrip(type: SafetensorsType) throws {
        let path = try folder.get().file("a.safetensors")
        let values: [Float] = [0, 1, -2.5, 0.09375, 384, -0.0]
        try SafetensorsFile(
            metadata: ["a": "b\"\n"],
            tensors: [
                SafetensorsTensor("x.y", shape: [2, 3], values, type: type),
                SafetensorsTensor("s", shape: [], [7]),
            ]
        ).write(to: path)
        let file = try SafetensorsFile(reading: path)
        #expect(file.metadata == ["a": "b\"\n"])
        let tensor = try #require(file.tensor("x.y"))
        #expect(tensor.shape == [2, 3] && tensor.type == type && tensor.floats == values)
        #expect(file.tensor("s")?.floats == [7])
    }

    @Test("bfloat16 rounds to nearest, ties to even")
    func rounding() {
        let tensor = SafetensorsTensor("a", shape: [3], [1.003_906_25, 1.011_718_75, .nan], type: .bfloat16)
        #expect(tensor.floats[0] == 1)
        #expect(tensor.floats[1] == 1.015_625)
        #expect(tensor.floats[2].isNaN)
    }

    @Test(
        "hostile headers are refused",
        arguments: [
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            #"{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            #"{"a":[1]}"#, #"{"__metadata__":{"a":1}}"#, "[]", "garbage",
            String(repeating: "[", count: 100_000),
        ])
    func hostile(header: String) throws {
        let path = try bytes(header, 8)
        #expect(throws: ArchiveError.self) { try SafetensorsFile(reading: path) }
    }

    @Test(
        "a header that is longer than the file, or than any, is refused",
        arguments: [100, UInt64.max, 1 << 40])
    func longHeader(length: UInt64) throws {
        let path = try bytes("{}", 0, length: length)
        #expect(throws: ArchiveError.self) { try SafetensorsFile(reading: path) }
    }

    @Test("a file that was cut is called truncated")
    func truncated() throws {
        let path = try bytes(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 12)
        #expect { try SafetensorsFile(reading: path) } throws: { ($0 as? ArchiveError)?.kind == .truncated }
    }

    static let hasPython = Python.succeeds("import safetensors.numpy")

    @Test(
        "Python's package reads what is written, and its files are read",
        .enabled(if: hasPython, "Python's packages safetensors and numpy are not installed"))
    func python() throws {
        let (ours, theirs) = try (
            folder.get().file("ours.safetensors"), folder.get().file("theirs.safetensors")
        )
        try SafetensorsFile(
            metadata: ["k": "v"],
            tensors: [
                SafetensorsTensor("half", shape: [3], [1, 2, 3], type: .float16),
                SafetensorsTensor("full", shape: [1, 2], [0.5, -4]),
            ]
        ).write(to: ours)
        let script = """
            import numpy as np
            from safetensors import safe_open
            from safetensors.numpy import save_file
            with safe_open("\(ours)", "np") as f:
                assert f.metadata() == {"k": "v"}
                assert f.get_tensor("half").tolist() == [1, 2, 3] and f.get_tensor("half").dtype == np.float16
                assert f.get_tensor("full").tolist() == [[0.5, -4]]
            save_file({"b": np.arange(4.).reshape(2, 2), "a": np.float32([9, 8, 7])}, "\(theirs)", {"from": "python"})
            """
        try #require(Python.succeeds(script), "Python did not accept the file")
        let file = try SafetensorsFile(reading: theirs)
        #expect(file.metadata == ["from": "python"])
        #expect(file.tensor("a")?.floats == [9, 8, 7])
        #expect(file.tensor("b")?.floats == [0, 1, 2, 3] && file.tensor("b")?.type == .float64)
    }
}

/// Python as the judge of files of other programs.
enum Python {
    static func succeeds(_ script: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
