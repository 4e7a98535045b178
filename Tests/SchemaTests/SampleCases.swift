/// Cases for the tests of the reader.
enum SampleCases {
    /// Nothing but what is required.
    static let minimal = """
        [domain]
        cells = [16]
        lower = [0.0]
        upper = [1.0]

        [boundaries]
        x = "periodic"

        [initial]
        density = 1.0
        pressure = 1.0

        [time]
        end = 0.5
        """

    /// Sod's problem with an exact solution and expectations.
    static let sod = """
        [case]
        title = "Sod"
        reference = "Sod 1978, doi:10.1016/0021-9991(78)90023-2"
        tier = "long"
        [case.convergence]
        factors = [1, 2, 4]

        [domain]
        cells = [100]
        lower = [0.0]
        upper = [1.0]

        [boundaries]
        x = "outflow"

        [initial]
        density = 0.125
        velocity = [0.0]
        pressure = 0.1
        [[initial.region]]
        where = "x < 0.5"
        density = 1.0
        pressure = 1.0

        [time]
        end = 0.2

        [exact]
        kind = "riemann"
        position = 0.5
        left = { density = 1.0, velocity = 0.0, pressure = 1.0 }
        right = { density = 0.125, velocity = [0.0], pressure = 0.1 }

        [expect]
        "error.density.l1" = { value = 0.0028, tolerance = 0.1 }
        "total.mass" = 0.5625
        "density.minimum" = { minimum = 0.12, maximum = 0.13, absolute = true }
        """

    /// The keys that scripts rely on.
    static let contract = """
        [case]
        title = "Free stream at Mach 3"
        reference = "none"

        [gas]
        gamma = 1.4                       # with a comment
        viscosity = 1.0e-3
        prandtl = 0.72
        gas_constant = 1.0

        [domain]
        cells = [256, 256]
        lower = [-2.0, -2.0]
        upper = [2.0, 2.0]

        [boundaries]
        x = { lower = { kind = "inflow", density = 1.4, velocity = [3.0, 0.0], pressure = 1.0 }, upper = "outflow" }
        y = "periodic"                    # one word for both sides

        [initial]
        density = 1.4
        velocity = [3.0, 0.0]
        pressure = 1.0

        [[initial.region]]                # later regions win
        where = "x < -1.5"
        density = 1.4

        [numerics]
        scheme = "igr"
        order = 5
        alpha = 2.0
        sweeps = 5
        source = "compressive"
        cfl = 0.4
        storage = "float32"
        arithmetic = "float32"
        threads = 0

        [time]
        end = 4.0
        maximum_steps = 100000

        [output]
        every = 0.5
        fields = ["density", "velocity", "pressure", "entropic_pressure"]

        [expect]
        "error.density.l1" = { value = 0.0028, tolerance = 0.1 }
        """

    /// Every key that two dimensions allow.
    static let complete = """
        [case]
        title = "Jet"
        reference = "none"

        [constants]
        mach = 3.0
        speed = "mach*sqrt(1.4)"

        [gas]
        gamma = 1.3
        viscosity = { law = "sutherland", viscosity = 1.0e-3, temperature = 1.0, constant = 0.4 }
        prandtl = 0.7
        gas_constant = 2.0

        [domain]
        cells = [64, 32]
        lower = [-2.0, "-2*pi"]
        upper = [2.0, "2*pi"]

        [boundaries.x.lower]
        kind = "no-slip"
        velocity = [0.0, 1.0]
        temperature = 2.0
        patches = [
          { where = "abs(y) < 0.1", kind = "inflow", density = 1.4, velocity = ["speed", 0.0], pressure = "1 + 0.1*sin(t)" },
          { where = "y > 1", kind = "wall" },
        ]
        [boundaries.x.upper]
        kind = "characteristic"
        pressure = 0.9

        [boundaries]
        y = { lower = "wall", upper = { kind = "outflow" } }

        [initial]
        density = "1 + 0.2*sin(2*pi*x)"
        pressure = 1
        smoothing = 2
        region = [
          { box = { lower = [0.0, 0.0], upper = [1.0, 1.0] }, density = 2.0 },
          { circle = { center = [0.0, 0.0], radius = 0.5 }, pressure = 3.0 },
          { ball = { center = [0.0, 0.0], radius = 0.25 }, velocity = [1.0, "y"] },
          { half_space = { point = [-1.0, 0.0], normal = [1.0, 0.0] }, density = "speed" },
          { where = "x < -1.5 and y > 0", density = 1.4 },
        ]

        [numerics]
        scheme = "weno-hllc"
        order = 3
        alpha = 1.5
        sweeps = 4
        initial_sweeps = 50
        elliptic = "red-black"
        source = "full"
        integrator = "rk2"
        cfl = 0.3
        time_step = 1.0e-3
        storage = "float64"
        threads = 2

        [time]
        end = 4
        maximum_steps = 1000
        wall_budget = 60.0

        [output]
        every = 0.5
        every_steps = 10
        times = [0.1, 0.2]
        fields = ["density", "velocity_y", "vorticity_z", "schlieren", "mach", "temperature"]
        compression = 0
        history_every = 5
        checkpoint_every = 30.0

        [[probe]]
        name = "wake"
        position = [1.0, 0.0]
        every_steps = 3

        [exact]
        kind = "expression"
        density = "1 + 0.2*sin(2*pi*(x - t))"
        velocity = [1.0, 0.0]
        pressure = 1.0
        """
}
