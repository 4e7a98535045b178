import Archive
import Flow
import Fluids
import Foundation

/// Fields of a snapshot: those in the file, and the quantities that follow from them.
package struct StoredFields {
    let reader: RunFileReader
    let snapshot: Int

    package init(reader: RunFileReader, snapshot: Int) {
        self.reader = reader
        self.snapshot = snapshot
    }

    private var rank: Int { reader.axes.count }

    /// Everything that can be asked for: a quantity where all that it is computed from is there. What the fluid decides
    /// needs a case that tells the fluid.
    package var names: [String] {
        let hasGas = (try? gas()) != nil
        let derived = QuantityRegistry.names(rank: rank).filter { name in
            guard let needs = QuantityRegistry.named(name)?.needs(rank: rank) else { return false }
            return needs.fields.map(\.name).allSatisfy(reader.fieldNames.contains) && (hasGas || !needs.fluid)
        }
        return reader.fieldNames + derived.filter { !reader.fieldNames.contains($0) }
    }

    /// The values of a field, C order, x fastest.
    ///
    /// - Throws: `ToolError` for a field that is neither stored nor follows from stored ones, `ArchiveError`.
    package func values(_ name: String) throws -> [Float] {
        if reader.fieldNames.contains(name) { return try reader.field(name, snapshot: snapshot) }
        guard names.contains(name), let quantity = QuantityRegistry.named(name, rank: rank) else {
            let guess = nearestWord(to: name, among: names).map { "did you mean \"\($0)\"?" }
            throw ToolError(
                "\(reader.path) has no field \"\(name)\"; it has \(names.joined(separator: ", "))",
                advice: guess)
        }
        let needs = quantity.needs(rank: rank)
        let stored = try needs.fields.map { field in
            (place: field.place(rank: rank), values: try reader.field(field.name, snapshot: snapshot))
        }
        // Where the fluid does not count, any will do.
        let law = needs.fluid ? try gas().law : FluidModel.air.law
        let isFluid = needs.slopes.isEmpty ? nil : try fluidTest()
        return quantity.values(on: grid, law: law, isFluid: isFluid) { row, target in
            for (place, values) in stored {
                let variable = target.variable(place)
                let start = row * target.cells
                for cell in 0..<target.cells { variable[cell] = Double(values[start + cell]) }
            }
        }.map { Float($0) }
    }

    private func gas() throws -> Gas { try CaseReader.gas(text: reader.caseText, file: reader.path) }

    /// The cells; which axes are periodic is told by the case, where it can be read.
    private var grid: QuantityGrid {
        let flowCase = try? CaseReader.read(text: reader.caseText, file: reader.path).flowCase
        return QuantityGrid(
            reader.axes.enumerated().map { number, axis in
                let length = (axis.faces.last ?? 1) - (axis.faces.first ?? 0)
                let isPeriodic = flowCase.map { number < $0.domain.rank && $0.isPeriodic(number) }
                return QuantityGrid.Axis(
                    cells: axis.cellCount, spacing: length / Double(max(1, axis.cellCount)),
                    isPeriodic: isPeriodic ?? false)
            })
    }

    /// Tells which cells hold gas at this time; nil where all do.
    private func fluidTest() throws -> ((Int) -> Bool)? {
        if reader.fieldNames.contains(FlowField.signedDistance.name) {
            let distance = try values(FlowField.signedDistance.name)
            return { distance[$0] >= 0 }
        }
        guard let mask = try reader.geometry()?.mask else { return nil }
        return { mask[$0] != 0 }
    }

    /// φ of the bodies at this time; nil where there are none.
    func signedDistance() throws -> [Float]? {
        reader.fieldNames.contains(FlowField.signedDistance.name)
            ? try values(FlowField.signedDistance.name) : try reader.geometry()?.signedDistance
    }
}
