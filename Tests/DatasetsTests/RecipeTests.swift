import Datasets
import Testing

@Suite struct RecipeTests {
    @Test("Recipes that differ in nothing are equal") func equality() {
        let recipe = SampleRecipe(
            index: 0, seed: 1, parameters: [2], geometry: "a", family: "blobs", overrides: ["gas.gamma=1.3"])
        #expect(recipe == recipe)
    }
}
