import Foundation
import Testing
import Training

@Suite("Fields on the grid of training") struct GridTransferTests {
    private static func nodes(_ count: Int, _ function: (Double) -> Double) -> [Float] {
        (0..<count).map { Float(function(Double($0) / Double(count))) }
    }

    @Test("what the coarse grid can tell comes back exactly on nodes")
    func exact() throws {
        let sine = { (x: Double) in sin(.pi * x) - 0.4 * sin(5 * .pi * x) }
        let wave = { (x: Double) in 1 + sin(2 * .pi * x) - 0.4 * cos(6 * .pi * x) }
        for (points, function) in [(PointPlacement.zeroBoundaryNodes, sine), (.periodicNodes, wave)] {
            let transfer = try GridTransfer(from: [24], to: [8], points)
            let fine = Self.nodes(24, function)
            #expect(transfer.reduced(fine) == Self.nodes(8, function))
            for (one, two) in zip(transfer.interpolated(transfer.reduced(fine)), fine) {
                #expect(abs(one - two) < 1e-5)
            }
        }
    }

    @Test("cells are averaged, and a slope comes back between their centres")
    func cells() throws {
        let transfer = try GridTransfer(from: [8], to: [4], .cells)
        let slope = (0..<8).map { Float($0) }
        #expect(transfer.reduced(slope) == [0.5, 2.5, 4.5, 6.5])
        #expect(transfer.interpolated(transfer.reduced(slope)) == [0.5, 1, 2, 3, 4, 5, 6, 6.5])
    }

    @Test("several channels in two dimensions keep their places")
    func channels() throws {
        let transfer = try GridTransfer(from: [4, 4], to: [2, 2], .cells)
        let field = [Float](repeating: 3, count: 16) + [Float](repeating: 5, count: 16)
        #expect(transfer.reduced(field) == [3, 3, 3, 3, 5, 5, 5, 5])
    }

    @Test("a grid that is no multiple is refused")
    func refused() {
        #expect(throws: TrainingError.self) { try GridTransfer(from: [12], to: [8], .cells) }
    }
}
