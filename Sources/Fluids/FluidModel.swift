import Numerics
import Schema

/// The fluid of a case in double precision. Adding a fluid: a file with its type and its ``FluidKind``, its case here, and
/// its line in the factory of solvers; the compiler asks for both.
public enum FluidModel: Sendable, Equatable, CustomStringConvertible {
    /// See ``IdealGas``.
    case ideal(IdealGas<Double>)
    /// See ``StiffenedGas``.
    case stiffened(StiffenedGas<Double>)

    /// Air and other gases of two atoms: an ideal gas with γ = 1.4 and R = 1, which is meant where nobody tells another.
    public static let air = FluidModel.ideal(IdealGas(heatRatio: 1.4))

    /// Its formulas.
    public var law: FluidLaw {
        switch self {
        case .ideal(let fluid): FluidLaw(fluid)
        case .stiffened(let fluid): FluidLaw(fluid)
        }
    }

    /// R.
    public var gasConstant: Double {
        switch self {
        case .ideal(let fluid): fluid.gasConstant
        case .stiffened(let fluid): fluid.gasConstant
        }
    }

    /// In words for people.
    public var description: String {
        switch self {
        case .ideal(let fluid): "an ideal gas with γ = \(fluid.heatRatio)"
        case .stiffened(let fluid):
            "a stiffened gas with γ = \(fluid.heatRatio) and p∞ = \(fluid.stiffness)"
        }
    }
}

/// How a case file names a kind of fluid, and its keys.
public struct FluidKind: Sendable {
    /// The word of `[gas] kind`.
    public let name: String
    /// One line.
    public let summary: String
    /// The keys that only this kind has.
    public let keys: [any SchemaKey]
    /// The fluid that a table describes.
    public let read: @Sendable (Section) -> FluidModel

    init(
        _ name: String, _ summary: String, _ keys: [any SchemaKey],
        read: @escaping @Sendable (Section) -> FluidModel
    ) {
        self.name = name
        self.summary = summary
        self.keys = keys
        self.read = read
    }

    /// All kinds; the first is meant where none is named.
    public static let all = [ideal, stiffened]
}
