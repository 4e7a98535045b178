import Numerics

/// A design in which every coordinate has one point in each of `count` equal shares of its range
/// (McKay, Beckman & Conover 1979, doi:10.2307/1268522).
func latinHypercube(_ count: Int, dimension: Int, _ random: inout RandomStream) -> [[Double]] {
    var points = Array(repeating: [Double](repeating: 0, count: dimension), count: count)
    for coordinate in 0..<dimension {
        let order = random.permutation(count)
        for index in 0..<count {
            points[index][coordinate] = (Double(order[index]) + random.uniform()) / Double(count)
        }
    }
    return points
}

extension RandomStream {
    /// A whole number of 0..<limit.
    mutating func below(_ limit: Int) -> Int { min(limit - 1, Int(uniform() * Double(limit))) }

    /// The numbers of 0..<count in random order (Fisher & Yates; Durstenfeld 1964, doi:10.1145/364520.364540).
    mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for index in stride(from: count - 1, to: 0, by: -1) { order.swapAt(index, below(index + 1)) }
        return order
    }

    /// A point of the unit cube.
    mutating func point(_ dimension: Int) -> [Double] { (0..<dimension).map { _ in uniform() } }

    /// Independent normal numbers.
    mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}
