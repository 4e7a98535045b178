import Foundation

extension ReferenceRegression {
    /// The model of the data set at one x.
    func model(_ b: [Double], _ x: Double) -> Double {
        switch name {
        case "Misra1a", "BoxBOD": return b[0] * (1 - exp(-b[1] * x))
        case "Misra1d": return b[0] * b[1] * x / (1 + b[1] * x)
        case "Chwirut2": return exp(-b[0] * x) / (b[1] + b[2] * x)
        case "DanWood": return b[0] * pow(x, b[1])
        case "Lanczos3": return b[0] * exp(-b[1] * x) + b[2] * exp(-b[3] * x) + b[4] * exp(-b[5] * x)
        case "MGH09": return b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3])
        case "MGH10": return b[0] * exp(b[1] / (x + b[2]))
        case "MGH17": return b[0] + b[1] * exp(-x * b[3]) + b[2] * exp(-x * b[4])
        case "Rat42": return b[0] / (1 + exp(b[1] - b[2] * x))
        case "Rat43": return b[0] / pow(1 + exp(b[1] - b[2] * x), 1 / b[3])
        case "Eckerle4": return b[0] / b[1] * exp(-0.5 * pow((x - b[2]) / b[1], 2))
        case "Thurber":
            let above = b[0] + x * (b[1] + x * (b[2] + x * b[3]))
            return above / (1 + x * (b[4] + x * (b[5] + x * b[6])))
        case "Roszman1": return b[0] - b[1] * x - atan(b[2] / (x - b[3])) / .pi
        default: return .nan
        }
    }

    /// y − model, one entry an observation.
    func residuals(_ b: [Double]) -> [Double] { zip(x, y).map { $1 - model(b, $0) } }
}
