import Archive
import Foundation
import Testing

@Suite("HDF5 wrapper")
struct HDF5Tests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func roundTrip<Element: HDF5Element & Equatable>(_ values: [Element]) throws -> [Element] {
        let path = folder.file("\(Element.elementType).h5")
        let file = try HDF5File.create(path)
        try file.root.createDataset("values", values)
        try file.close()
        let dataset = try HDF5File.open(path).root.dataset("values")
        #expect(dataset.elementType == Element.elementType)
        return try dataset.read()
    }

    @Test(
        "No descriptor of an open file reaches a process that is started meanwhile", arguments: [true, false])
    func childrenInheritNothing(creating: Bool) throws {
        // Where the system does not list descriptors there is nothing to look at.
        guard FileManager.default.fileExists(atPath: "/proc/self/fd") else { return }
        let path = FileManager.default.temporaryDirectory.appending(path: "inherit-\(UUID()).h5").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file = try HDF5File.create(path)
        if !creating {
            try file.close()
            file = try HDF5File.open(path, .readWrite)
        }
        let own = try Self.descriptors(of: path)
        #expect(!own.isEmpty)
        for descriptor in own { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
        try file.close()
    }

    @Test(
        "A file that was closed is free, even while a process that is just starting holds its descriptor",
        arguments: [true, false])
    func closedFilesAreFree(byHand: Bool) throws {
        guard FileManager.default.fileExists(atPath: "/proc/self/fd") else { return }
        let path = FileManager.default.temporaryDirectory.appending(path: "free-\(UUID()).h5").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file: HDF5File? = try HDF5File.create(path)
        // What a child has between fork and exec: a copy of each descriptor.
        let copies = try Self.descriptors(of: path).map { dup($0) }
        defer { copies.forEach { close($0) } }
        #expect(!copies.isEmpty)
        if byHand { try file?.close() }
        file = nil
        #expect(throws: Never.self) { try HDF5File.open(path, .readWrite).close() }
    }

    /// The descriptors of this process through which the file is open.
    private static func descriptors(of path: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
    }

    @Test("every element type reads back exactly")
    func elementTypes() throws {
        #expect(
            try roundTrip([Float(1.1), -.greatestFiniteMagnitude, .leastNonzeroMagnitude]).map(\.bitPattern)
                == [Float(1.1), -.greatestFiniteMagnitude, .leastNonzeroMagnitude].map(\.bitPattern))
        #expect(
            try roundTrip([0.1, -Double.greatestFiniteMagnitude]) == [0.1, -Double.greatestFiniteMagnitude])
        #expect(try roundTrip([Int8.min, 0, .max]) == [Int8.min, 0, .max])
        #expect(try roundTrip([Int16.min, 0, .max]) == [Int16.min, 0, .max])
        #expect(try roundTrip([Int32.min, 0, .max]) == [Int32.min, 0, .max])
        #expect(try roundTrip([Int64.min, 0, .max]) == [Int64.min, 0, .max])
        #expect(try roundTrip([UInt8.max, 0]) == [UInt8.max, 0])
        #expect(try roundTrip([UInt16.max, 0]) == [UInt16.max, 0])
        #expect(try roundTrip([UInt32.max, 0]) == [UInt32.max, 0])
        #expect(try roundTrip([UInt64.max, 0]) == [UInt64.max, 0])
    }

    @Test("every finite float16 reads back exactly")
    func float16() throws {
        let values = (UInt16.min...UInt16.max).map(Float16.init(bitPattern:)).filter(\.isFinite)
        #expect(try roundTrip(values).map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test("float32 becomes float16 by rounding to nearest, ties to even")
    func float16Conversion() throws {
        let values = (0..<5000).map { Float($0) * 0.013 - 20 }
        let file = try HDF5File.create(folder.file("half.h5"))
        let dataset = try file.root.createDataset("half", .float16, shape: [values.count])
        try dataset.write(values)
        #expect(try dataset.read(as: Float16.self) == values.map { Float16($0) })
    }

    @Test("one snapshot of a compressed t, z, y, x dataset is written and read alone")
    func hyperslab() throws {
        let path = folder.file("field.h5")
        let shape = [3, 4, 5]
        let file = try HDF5File.create(path)
        let field = try file.root.createDataset(
            "field", .float32, shape: [0] + shape, storage: .rows(shape, .float32, deflateLevel: 4))
        for snapshot in 0..<3 { try field.append((0..<60).map { Float(snapshot * 1000 + $0) }) }
        try file.close()
        let stored = try HDF5File.open(path).root.dataset("field")
        #expect(try stored.shape() == [3, 3, 4, 5])
        #expect(try stored.storage() == .rows(shape, .float32, deflateLevel: 4))
        let second: [Float] = try stored.read(at: .row(1, ofShape: try stored.shape()))
        #expect(second == (0..<60).map { Float(1000 + $0) })
        let corner: [Int32] = try stored.read(at: Hyperslab(start: [2, 1, 2, 3], count: [1, 1, 2, 2]))
        #expect(corner == [2033, 2034, 2038, 2039])
    }

    @Test("shuffle and deflate make smooth data smaller")
    func compression() throws {
        let file = try HDF5File.create(folder.file("smooth.h5"))
        let shape = [200, 300]
        let field = try file.root.createDataset(
            "field", .float32, shape: [0] + shape, storage: .rows(shape, .float32, deflateLevel: 1))
        try field.append((0..<60000).map { Float($0 / 300) })
        try file.flush()
        #expect(field.storedBytes() < 60000)
    }

    @Test("a chunk holds at most 1 MiB and stays whole along x")
    func chunks() {
        #expect(DatasetStorage.rows([64, 64, 64], .float32, deflateLevel: 1).chunk == [1, 64, 64, 64])
        let chunk = DatasetStorage.rows([512, 512, 512], .float32, deflateLevel: 1).chunk ?? []
        #expect(chunk.reduce(4, *) <= 1 << 20)
        #expect(chunk.first == 1 && chunk.last == 512)
    }

    @Test("attributes of every kind read back, and a second write replaces the first")
    func attributes() throws {
        let long = String(repeating: "Stoß ρ₀\n", count: 20_000)
        let values: [String: AttributeValue] = [
            "text": .text(long), "empty": "", "integer": -7, "real": 0.1, "texts": .texts(["ρ", "", "p"]),
            "integers": .integers([1, 2]), "reals": .reals([0.5, -1]),
        ]
        let path = folder.file("attributes.h5")
        let file = try HDF5File.create(path)
        try file.root.attributes.write(values)
        try file.root.attributes.write("integer", 8)
        try file.close()
        var expected = values
        expected["integer"] = 8
        #expect(try HDF5File.open(path).root.attributes.all() == expected)
    }

    @Test("a text dataset reads back")
    func texts() throws {
        let file = try HDF5File.create(folder.file("text.h5"))
        try file.root.createText("note", "Überschall")
        #expect(try file.root.dataset("note").readTexts() == ["Überschall"])
    }

    @Test("children are listed with their kinds")
    func children() throws {
        let file = try HDF5File.create(folder.file("tree.h5"))
        _ = try file.root.createGroup("b").createGroup("c")
        try file.root.createDataset("a", [1.0])
        #expect(try file.root.childNames() == ["a", "b"])
        #expect(try file.root.kind(of: "a") == .dataset)
        #expect(try file.root.kind(of: "b/c") == .group)
        #expect(try !file.root.contains("b/x/y"))
    }

    @Test("an error says what failed, where in which file, and why")
    func errors() throws {
        let path = folder.file("errors.h5")
        let file = try HDF5File.create(path)
        let error = #expect(throws: HDF5Error.self) { try file.root.dataset("missing") }
        #expect(error?.action == "open the dataset")
        #expect(error?.path == "/missing")
        #expect(error?.file == path)
        #expect(error?.reason.contains("doesn't exist") == true)
    }

    @Test("a part outside of the dataset and memory of the wrong size are refused")
    func bounds() throws {
        let file = try HDF5File.create(folder.file("bounds.h5"))
        let dataset = try file.root.createDataset("d", [1.0, 2, 3])
        #expect(throws: HDF5Error.self) {
            try dataset.read(as: Double.self, at: .init(start: [2], count: [2]))
        }
        #expect(throws: HDF5Error.self) {
            try dataset.read(as: Double.self, at: .init(start: [-1], count: [1]))
        }
        #expect(throws: HDF5Error.self) { try dataset.write([1.0]) }
    }

    @Test("many threads may use the library at once")
    func threads() async throws {
        let paths = (0..<8).map { folder.file("thread\($0).h5") }
        let sums = try await withThrowingTaskGroup(of: Double.self) { group in
            for path in paths {
                group.addTask {
                    let file = try HDF5File.create(path)
                    for index in 0..<40 { try file.root.createDataset("d\(index)", [Double(index)]) }
                    #expect(throws: HDF5Error.self) { try file.root.dataset("none") }
                    return try (0..<40).map { try file.root.dataset("d\($0)").read(as: Double.self)[0] }
                        .reduce(0, +)
                }
            }
            return try await group.reduce(into: [Double]()) { $0.append($1) }
        }
        #expect(sums == Array(repeating: 780, count: 8))
    }
}
