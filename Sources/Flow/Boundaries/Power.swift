import Foundation

/// x to the power y; here so that kernels need not import Foundation.
func powDouble(_ x: Double, _ y: Double) -> Double { pow(x, y) }
