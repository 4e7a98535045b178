import Flow
import Testing

@Test("Sod's shock tube in Float32 and Float64 agree to single precision") func sodPrecisions() throws {
    let single = try Computation("""
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
        cfl = 0.3
        [time]
        end = 0.2
        """)
    try single.run()
    #expect(single.solver.step == 294)
}
