import CProcessor
import Testing

@Suite("Processor guard")
struct ProcessorTests {
    private var usedCount: Int {
        var index: Int32 = 0
        var count = 0
        while processor_feature_name(index) != nil {
            count += processor_build_uses(index) ? 1 : 0
            index += 1
        }
        return count
    }

    @Test("This build is not refused by the processor that runs it")
    func accepted() {
        let refused = processor_explain_refusal({ processor_offers($0) }, { _ in })
        #expect(!refused)
    }

    @Test("A processor without the extensions refuses every build but the baseline")
    func refused() {
        let refused = processor_explain_refusal({ _ in false }, { _ in })
        #expect(refused == (usedCount > 0))
    }

    @Test("A processor with all extensions refuses no build")
    func complete() {
        let refused = processor_explain_refusal({ _ in true }, { _ in })
        #expect(!refused)
    }

    @Test("An unknown extension is not offered")
    func unknown() { #expect(!processor_offers("no-such-extension")) }
}
