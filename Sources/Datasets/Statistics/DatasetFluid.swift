import Archive
import Flow
import Fluids
import Schema

/// The fluids of the samples of a data set, as the base case in its file and their parameters tell them.
public struct DatasetFluid: Sendable {
    private let fluids: [FluidModel]

    /// Reads what a file tells.
    ///
    /// - Throws: `ArchiveError` where the parameters cannot be read; `InvalidInput` where the case in the file is no case.
    public init(_ reader: DatasetFileReader) throws {
        guard let text = reader.attributes["case"]?.text else {
            fluids = []
            return
        }
        let names = reader.parameters.map(\.name)
        let relevant = names.indices.filter {
            names[$0].hasPrefix("gas.") || CaseReader.gas(ofText: text, names: names[$0])
        }
        // The value of a word is a number, which does not tell the word.
        guard !relevant.contains(where: { names[$0] == "gas.kind" }) else {
            fluids = []
            return
        }
        var known: [[Double]: FluidModel] = [:]
        let values = relevant.isEmpty ? reader.statuses.map { _ in [] } : try reader.parameterValues()
        fluids = try values.map { values in
            let own = relevant.map { values[$0] }
            if let fluid = known[own] { return fluid }
            let overrides = zip(relevant, own).map { index, value in
                let key = names[index].contains(".") ? names[index] : "constants.\(names[index])"
                return "\(key)=\(CampaignParameter.text(value))"
            }
            let fluid = try CaseReader.gas(text: text, file: reader.path, overrides: overrides).fluid
            known[own] = fluid
            return fluid
        }
    }

    /// The fluid of a sample; nil where the file does not tell it.
    public func fluid(of sample: Int) -> FluidModel? {
        fluids.indices.contains(sample) ? fluids[sample] : nil
    }

    /// The fluid of all samples; nil where the file does not tell it, or they differ.
    public var common: FluidModel? {
        guard let first = fluids.first, fluids.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// Whether the file tells fluids that differ from sample to sample.
    public var isVaried: Bool { !fluids.isEmpty && common == nil }

    /// The first of the told fluids that is not an ideal gas with this ratio of specific heats; nil where none is.
    public func contradiction(toHeatRatio ratio: Double) -> FluidModel? {
        fluids.first { $0 != .ideal(IdealGas(heatRatio: ratio, gasConstant: $0.gasConstant)) }
    }
}
