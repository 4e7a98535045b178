import Archive
import Datasets
import Fluids
import Foundation
import Schema
import Testing

@Suite("The fluid of a dataset") struct DatasetFluidTests {
    private static let domain = "\n[domain]\ncells = [4]\nlower = [0.0]\nupper = [1.0]\n"

    /// What a file with two samples tells.
    private func fluid(
        _ caseText: String?, parameters: [String] = [], values: [[Double]] = [[], []]
    ) throws -> DatasetFluid {
        let path = NSTemporaryDirectory() + "fluid-\(UUID().uuidString).h5"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try DatasetFileWriter(
            creating: path,
            DatasetDescription(
                task: .steady, axes: [.uniform(name: "x", cells: 4, lower: 0, upper: 1)],
                inputChannels: ["x"], outputChannels: ["density"],
                parameters: parameters.map { DatasetParameter($0) },
                samples: values.map { DatasetSampleOrigin(parameters: $0) }, hasGeometry: false,
                toolVersion: "0", attributes: caseText.map { ["case": .text($0 + Self.domain)] } ?? [:]))
        for sample in values.indices {
            try writer.write(
                DatasetSample(inputs: [1, 2, 3, 4], outputs: [1, 2, 3, 4]), at: sample)
        }
        try writer.finish()
        return try DatasetFluid(DatasetFileReader(path))
    }

    private static func ideal(_ ratio: Double) -> FluidModel { .ideal(IdealGas(heatRatio: ratio)) }

    @Test("is that of the case in the file") func common() throws {
        let water = try fluid("[gas]\nkind = \"stiffened\"\ngamma = 6.12\nstiffness = 0.343")
        #expect(water.common == .stiffened(StiffenedGas(heatRatio: 6.12, stiffness: 0.343)))
        #expect(water.contradiction(toHeatRatio: 6.12) != nil)
        let plain = try fluid("")
        #expect(plain.common == .air && plain.contradiction(toHeatRatio: 1.4) == nil)
        #expect(plain.contradiction(toHeatRatio: 1.3) == .air)
    }

    @Test("is not told by a file without a case") func absent() throws {
        let none = try fluid(nil)
        #expect(none.common == nil && none.fluid(of: 0) == nil && !none.isVaried)
        #expect(none.contradiction(toHeatRatio: 1.3) == nil)
    }

    @Test("follows the parameters that stand in [gas]", arguments: [false, true]) func varied(named: Bool)
        throws
    {
        let text = named ? "[constants]\ng = 1.4\n[gas]\ngamma = \"g\"" : "[gas]\ngamma = 1.4"
        let found = try fluid(
            text, parameters: ["mach", named ? "g" : "gas.gamma"], values: [[2, 1.3], [3, 1.6]])
        #expect(found.isVaried && found.common == nil)
        #expect(found.fluid(of: 0) == Self.ideal(1.3) && found.fluid(of: 1) == Self.ideal(1.6))
    }

    @Test("does not depend on parameters that it does not name") func others() throws {
        let found = try fluid("[constants]\nmach = 2.0", parameters: ["mach"], values: [[2], [3]])
        #expect(found.common == .air)
    }
}
