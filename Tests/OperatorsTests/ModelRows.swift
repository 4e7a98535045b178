import Operators

/// One model for the conformance tests: small, with the number of its parameters counted by hand or by its formula.
struct ModelRow: Sendable, CustomStringConvertible {
    let description: String
    let model: any OperatorModel
    let spatial: [Int]
    let parameters: Int

    static let planar = FieldMapping(inputs: 2, outputs: 3, dimension: 2)

    static let all: [ModelRow] = [
        ModelRow(
            description: "fno 1-D",
            model: FourierOperator(
                mapping: FieldMapping(inputs: 2, outputs: 3, dimension: 1), modes: [4], width: 6, layers: 2,
                projection: 10),
            spatial: [16],
            // lifting 3→6, twice 4 frequencies of 2·6·6 and 6→6, projection 6→10→3
            parameters: 24 + 2 * (4 * 72 + 42) + 70 + 33),
        ModelRow(
            description: "fno 2-D",
            model: FourierOperator(mapping: planar, modes: [3, 4], width: 6, layers: 2, projection: 10),
            spatial: [8, 12], parameters: 30 + 2 * (24 * 72 + 42) + 70 + 33),
        ModelRow(
            description: "fno 3-D",
            model: FourierOperator(
                mapping: FieldMapping(inputs: 2, outputs: 3, dimension: 3), modes: [2, 2, 2], width: 4,
                layers: 2,
                projection: 10),
            spatial: [4, 6, 5], parameters: 24 + 2 * (32 * 32 + 20) + 50 + 33),
        ModelRow(
            description: "tfno",
            model: FactorisedFourierOperator(mapping: planar, modes: [3, 4], width: 6, layers: 1, rank: 0.5),
            spatial: [8, 12],
            // core 3·2·2·3·3, factors 3×6, 2×4, 3×6, 3×6
            parameters: 30 + 108 + 18 + 8 + 18 + 18 + 42 + (7 * 128) + (129 * 3)),
        ModelRow(
            description: "uno",
            model: UShapedFourierOperator(mapping: planar, modes: [4, 4], width: 4, levels: 2),
            spatial: [8, 12],
            // down 4→4, bottom 4→8 with 2 modes, up 12→4
            parameters: 20 + (32 * 32 + 20) + (8 * 64 + 40) + (32 * 96 + 52) + (5 * 128) + (129 * 3)),
        ModelRow(
            description: "unet", model: UNet(mapping: planar, width: 4, levels: 1), spatial: [6, 8],
            // blocks 2→4, 4→8, 8→4; spread 8→16; head 4→3
            parameters: (76 + 8 + 148 + 8) + (296 + 16 + 584 + 16) + (292 + 8 + 148 + 8) + 144 + 15),
        ModelRow(
            description: "vit",
            model: VisionTransformer(mapping: planar, patch: 2, width: 8, layers: 1, heads: 2),
            spatial: [4, 6],
            // embedding 8→8, positions 6×8, norms, attention, perceptron 8→32→8, head 8→12
            parameters: 72 + 48 + 16 + 216 + 72 + 16 + 288 + 264 + 16 + 108),
        ModelRow(
            description: "window transformer",
            model: WindowTransformer(
                mapping: planar, patch: 1, window: 2, width: 4, levels: 2, layers: 2, headWidth: 2),
            spatial: [8, 8],
            // a block of c channels has 12c² + 17.5c: 262, 908; embedding, merging, spreading, norm, head
            parameters: 4 * 262 + 2 * 908 + 12 + (32 + 136) + 144 + 8 + 15),
        ModelRow(
            description: "deeponet",
            model: DeepOperatorNetwork(mapping: planar, width: 8, layers: 2, basis: 5),
            spatial: [4, 6], parameters: (49 * 8) + 72 + (9 * 15) + 24 + 72 + 45 + 3),
        ModelRow(
            description: "geometric deeponet",
            model: GeometricDeepOperatorNetwork(
                mapping: FieldMapping(inputs: 2, outputs: 3, dimension: 2, constants: [1]), width: 8,
                layers: 2,
                basis: 5),
            spatial: [4, 6], parameters: 16 + 72 + (9 * 15) + 32 + 72 + 45 + 3),
    ]
}
