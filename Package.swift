// swift-tools-version: 6.2

import PackageDescription

// The instruction set is chosen at build time. `make` passes the builder's own processor
// (`HUGONIOT_MARCH=native`); without the variable the portable baseline of the platform is built,
// which runs on every x86-64 and arm64 machine.
let march = Context.environment["HUGONIOT_MARCH"] ?? ""
#if arch(arm64)
    let machineFlags = march.isEmpty ? [] : ["-Xcc", "-mcpu=\(march)"]
#else
    let machineFlags = march.isEmpty ? [] : ["-Xcc", "-march=\(march)"]
#endif

let library: [SwiftSetting] = []
// Computes with vectors: kernels of other modules are specialised here. Checks of overflow and of indices cost nothing
// that can be measured in these modules (Benchmarks/RESULTS.md), and their readers meet input that is wrong.
let computing: [SwiftSetting] = machineFlags.isEmpty ? [] : [.unsafeFlags(machineFlags)]
// Kernels: the same without these checks.
let kernels: [SwiftSetting] = [.unsafeFlags(["-Ounchecked"] + machineFlags)]
// The same instructions for C, so that a binary can tell what it was built for.
let machineC: [CSetting] = machineFlags.isEmpty ? [] : [.unsafeFlags(machineFlags.filter { $0 != "-Xcc" })]

let package = Package(
    name: "hugoniot",
    // Arrays of a fixed size, which hold the sums of products in registers, come with the system.
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "hugoniot", targets: ["hugoniot"]),
        .executable(name: "plankton", targets: ["Plankton"]),
        .library(name: "Flow", targets: ["Flow"]),
        .library(name: "Archive", targets: ["Archive"]),
        .library(name: "Figures", targets: ["Figures"]),
        .library(name: "Pipeline", targets: ["Pipeline"]),
    ],
    dependencies: [
        // Apple's own; every Swift user knows its help and its errors.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // The best-kept SQLite wrapper in Swift.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // SHA-256 for provenance.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"])]),
        // What lies beneath HDF5: no failed write, kill or hostile file gets past it.
        .target(name: "CFileDriver", dependencies: ["CHDF5"]),
        // Matrix products and the decompositions of LAPACK, which Debian's OpenBLAS contains.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        // Masks drawn as images: libpng reads every depth and palette as grey; cairo, which needs it, does not.
        .systemLibrary(name: "CPNG", pkgConfig: "libpng16", providers: [.apt(["libpng-dev"])]),
        // Data sets of NumPy are ZIP archives; libhdf5-dev brings zlib along.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // GitHub's Markdown, with the line of every block.
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        // A small JavaScript engine: KaTeX makes MathML in it when a notebook is rendered.
        .target(name: "CDuktape", linkerSettings: [.linkedLibrary("duktape")]),
        .target(name: "CBuiltFeatures", cSettings: machineC),
        .target(name: "CProcessor", dependencies: ["CBuiltFeatures"]),
        .target(name: "CVector", cSettings: machineC),
        .target(
            name: "Numerics", dependencies: ["CProcessor", "CVector", "COpenBLAS"], swiftSettings: kernels),
        .target(name: "Schema", swiftSettings: library),
        // The only place where an equation of state stands; its formulas are inlined into kernels elsewhere.
        .target(name: "Fluids", dependencies: ["Numerics", "Schema"], swiftSettings: computing),
        .target(name: "Geometry", dependencies: ["Numerics", "Schema", "CPNG"], swiftSettings: computing),
        // Checked arithmetic: it costs less than the noise of a measurement (Benchmarks/RESULTS.md). That two parts of a
        // class are not used at once is checked by the compiler alone: at run time every row would pay for it, 3 % in all.
        .target(
            name: "Flow", dependencies: ["Numerics", "Schema", "Fluids", "Geometry"],
            swiftSettings: computing + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]),
        .target(
            name: "Archive",
            dependencies: [
                "Numerics", "CHDF5", "CFileDriver", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: library),
        .target(
            name: "Datasets",
            dependencies: ["Numerics", "Schema", "Fluids", "Geometry", "Flow", "Archive", "CZlib"],
            swiftSettings: library),
        // The exchange format of networks; its messages are written by hand, a runtime for them would be larger.
        .target(name: "ONNX", swiftSettings: library),
        .target(name: "Tensors", dependencies: ["Numerics", "Fluids", "ONNX"], swiftSettings: kernels),
        .target(
            name: "Operators", dependencies: ["Numerics", "Schema", "Tensors"], swiftSettings: computing),
        .target(
            name: "Training",
            dependencies: [
                "Numerics", "Schema", "Fluids", "ONNX", "Tensors", "Operators", "Archive", "Datasets",
            ],
            swiftSettings: computing),
        .target(
            name: "Scoring", dependencies: ["Numerics", "Schema", "Fluids", "Flow", "Archive", "Datasets"],
            swiftSettings: computing),
        .target(name: "Calibration", dependencies: ["Numerics", "Schema"], swiftSettings: computing),
        .target(name: "Figures", dependencies: ["CCairo"], swiftSettings: library),
        .target(name: "Serving", swiftSettings: library),
        // Scripts, styles and markup of the viewer's page, as bytes in the program.
        .target(name: "ViewPage", resources: [.embedInCode("Page")], swiftSettings: library),
        .target(
            name: "Notebooks",
            dependencies: [
                "Numerics", "Schema", "CCMarkGFM", "CDuktape",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: library),
        .target(
            name: "Pipeline",
            dependencies: [
                "CProcessor", "Numerics", "Schema", "Fluids", "Geometry", "Flow", "Archive", "Datasets",
                "ONNX",
                "Tensors",
                "Operators", "Training", "Scoring", "Calibration", "Figures", "Notebooks", "Serving",
                "ViewPage",
            ],
            swiftSettings: library),
        .executableTarget(
            name: "hugoniot",
            dependencies: [
                "Notebooks", "Pipeline", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: library),
        // An example of a program that is calibrated through the protocol.
        .executableTarget(name: "Plankton", swiftSettings: library),
        .testTarget(name: "NumericsTests", dependencies: ["Numerics"]),
        .testTarget(name: "FluidsTests", dependencies: ["Fluids", "Numerics"]),
        .testTarget(name: "SchemaTests", dependencies: ["Schema", "Fluids", "Flow"]),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .testTarget(name: "GeometryTests", dependencies: ["Geometry", "Numerics", "Schema"]),
        .testTarget(name: "FlowTests", dependencies: ["Flow", "Fluids", "Geometry", "CAllocationCounter"]),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"]),
        .testTarget(
            name: "DatasetsTests",
            dependencies: ["Datasets", "Archive", "Flow", "Fluids", "Geometry", "Schema"]),
        .testTarget(
            name: "TensorsTests", dependencies: ["Tensors", "Fluids", "Numerics", "CAllocationCounter"]),
        .testTarget(name: "ONNXTests", dependencies: ["ONNX"]),
        .testTarget(
            name: "OperatorsTests", dependencies: ["Operators", "Tensors", "ONNX", "Numerics", "Schema"]),
        .testTarget(
            name: "TrainingTests", dependencies: ["Training", "Operators", "Tensors", "Archive", "Datasets"]),
        .testTarget(
            name: "ScoringTests",
            dependencies: ["Scoring", "Archive", "Datasets", "Flow", "Fluids", "Numerics"]),
        .testTarget(name: "CalibrationTests", dependencies: ["Calibration", "Numerics", "Schema"]),
        .testTarget(name: "FiguresTests", dependencies: ["Figures", "CCairo"]),
        .testTarget(name: "ServingTests", dependencies: ["Serving"]),
        .testTarget(name: "NotebooksTests", dependencies: ["Notebooks", "Schema"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "CProcessor", "Fluids", "Geometry", "Flow", "Archive", "Datasets", "Notebooks",
                "Serving",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
