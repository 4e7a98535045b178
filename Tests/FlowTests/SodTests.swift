import Flow
import Testing

@Test("Sod's shock tube in Float32 agrees with Float64 to single precision") func sodPrecisions() throws {
    let text = """
        [domain]
        cells = [200]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "outflow"
        [initial]
        density = "if(x < 0.5, 1, 0.125)"
        velocity = [0.0]
        pressure = "if(x < 0.5, 1, 0.1)"
        [numerics]
        time_step = 0.0005
        [time]
        end = 0.2
        """
    let single = try Computation(text)
    let double = try Computation(text, "numerics.storage=\"float64\"", "numerics.arithmetic=\"float64\"")
    try single.run()
    try double.run()
    let difference = zip(single.fields[0], double.fields[0]).map { abs($0 - $1) }.max() ?? 1
    #expect(difference < 2e-5)
}
