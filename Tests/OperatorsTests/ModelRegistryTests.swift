import Numerics
import Operators
import Schema
import Tensors
import Testing

@Suite("Model registry") struct ModelRegistryTests {
    static let mapping = FieldMapping(inputs: 2, outputs: 1, dimension: 2)

    static func model(_ text: String) throws -> (any OperatorModel)? {
        let document = try Document(text: text, file: "train.toml")
        let scope = Scope(dimension: 2)
        return ModelRegistry.model(Section(document, scope: scope).section("model"), mapping: mapping)
    }

    @Test(
        "every kind has defaults that make a working network on 64 × 64 points",
        arguments: ModelRegistry.kinds.map(\.word))
    func defaults(word: String) throws {
        let model = try #require(try Self.model("[model]\nkind = \"\(word)\"\n"))
        let network = try OperatorNetwork<Float>(model, spatial: [64, 64], seed: 1)
        #expect(network.parameters.count > 1000)
    }

    @Test("keys reach the model") func keys() throws {
        let model = try Self.model("[model]\nkind = \"fno\"\nmodes = [5, 7]\nwidth = 20\nlayers = 3\n")
        let operatorModel = try #require(model as? FourierOperator)
        #expect(operatorModel.modes == [5, 7])
        #expect(operatorModel.width == 20)
        #expect(operatorModel.layers == 3)
    }

    @Test("a key out of range and an unknown key are reported") func mistakes() throws {
        let text = "[model]\nkind = \"fno\"\nwidth = 0\nwidht = 3\n"
        let document = try Document(text: text, file: "train.toml")
        let model = Field("model", .table(ModelRegistry.table), "The model.")
        var checker = Checker(TableSchema("A training.", [model]), scope: Scope(dimension: 2))
        checker.check(document)
        #expect(checker.diagnostics.map(\.key).sorted() == ["model.widht", "model.width"])
    }

    @Test(
        "an unsuitable grid is refused with what to change",
        arguments: [("unet", 40, "levels"), ("vit", 30, "patch"), ("window-transformer", 40, "window")])
    func grids(word: String, points: Int, hint: String) throws {
        let model = try #require(try Self.model("[model]\nkind = \"\(word)\"\n"))
        #expect {
            _ = try OperatorNetwork<Float>(model, spatial: [points, points], seed: 1)
        } throws: {
            "\($0)".contains(hint)
        }
    }
}
