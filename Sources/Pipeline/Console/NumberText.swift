import Foundation

/// A number with four significant digits, without padding: "0.4213", "1.235e-07", "512".
package func significant(_ value: Double) -> String { String(format: "%.4g", value) }
