import ArgumentParser
import Pipeline

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn public data sets into a dataset file.",
        discussion: """
            Example:
              hugoniot import flowbench inputs.npz outputs.npz --output flowbench.h5
              hugoniot import pdebench 2D_CFD_Rand_M0.1_Eta0.01.hdf5 --output cfd.h5

            Formats and their sources:
              flowbench  INPUTS.npz OUTPUTS.npz ...: Reynolds number, signed distance, mask to u, v, p
              npz        DATA.npz with inputs and outputs, or INPUTS.npy OUTPUTS.npy ...
              pdebench   DATA.hdf5 ...: tensor, or density, Vx, Vy and pressure
              the-well   DATA.hdf5 ...: t0_fields, t1_fields, t2_fields and scalars
              torch      DATA.pt ...: dictionaries of the tensors x and y

            Samples of one geometry stay in one split.
            """)

    @Argument(help: "flowbench, npz, pdebench, the-well or torch.")
    var format: String

    @Argument(help: "The files.", completion: .file(extensions: ["npz", "npy", "h5", "hdf5"]))
    var sources: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("The dataset.", valueName: "dataset.h5"))
    var output: String

    @Option(help: ArgumentHelp("The shares of the splits.", valueName: "train,validation,test"))
    var split = "0.8,0.1,0.1"

    @Option(help: "The seed of the splits.")
    var seed: UInt64 = 1

    @Option(help: "Compression, 0 (none) to 9.")
    var compression = 0

    @Flag(help: "Replace an existing file.")
    var overwrite = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...9).contains(compression) else {
            throw ValidationError("--compression is \(compression); allowed: 0 to 9")
        }
    }

    func run() throws {
        try common.perform(
            ImportVerb(
                format: format, sources: sources, output: output, split: split, seed: seed,
                compression: compression, overwrite: overwrite))
    }
}
