@_exported import Fluids

extension Gas {
    public var gamma: Double { law.heatRatio }
    public var gasConstant: Double { law.heatCapacity * (law.heatRatio - 1) / law.heatRatio }
}
