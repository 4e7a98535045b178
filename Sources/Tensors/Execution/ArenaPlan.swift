/// Places blocks in one arena so that blocks that live at the same time do not overlap.
///
/// Larger blocks are placed first, each at the lowest offset that is free for its whole life
/// ("greedy by size", Pisarchyk & Lee 2020, arXiv:2001.03288).
struct ArenaPlan {
    /// A block and the steps at which it is needed.
    struct Block {
        var count: Int
        var life: ClosedRange<Int>
        var offset = 0
    }

    /// The blocks, in the order in which they were added.
    private(set) var blocks: [Block] = []
    /// The values that the arena holds.
    private(set) var extent = 0

    /// Adds a block, and returns its number. Blocks begin at cache lines and end with a vector to spare, which kernels
    /// may read but not use.
    mutating func add(count: Int, life: ClosedRange<Int>) -> Int {
        blocks.append(Block(count: (count + 31) / 16 * 16, life: life))
        return blocks.count - 1
    }

    /// Chooses all offsets.
    mutating func place() {
        let order = blocks.indices.sorted { (blocks[$0].count, $1) > (blocks[$1].count, $0) }
        var placed: [Int] = []
        for index in order {
            blocks[index].offset = lowestOffset(for: blocks[index], among: placed)
            extent = max(extent, blocks[index].offset + blocks[index].count)
            placed.append(index)
        }
    }

    private func lowestOffset(for block: Block, among placed: [Int]) -> Int {
        let rivals = placed.map { blocks[$0] }.filter { $0.life.overlaps(block.life) }
            .sorted { $0.offset < $1.offset }
        var offset = 0
        for rival in rivals {
            if offset + block.count <= rival.offset { break }
            offset = max(offset, rival.offset + rival.count)
        }
        return offset
    }
}
