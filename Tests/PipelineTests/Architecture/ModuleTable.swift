/// What each module may import. Data flows one way; an edge that is not here is a mistake, or a decision that
/// changes this table in the same commit. Products of other packages are listed beside the modules.
let moduleTable: [String: Set<String>] = [
    // Module maps of system libraries, and C that decides whether the rest may run.
    "CHDF5": [],
    "CFileDriver": ["CHDF5"],
    "COpenBLAS": [],
    "CCairo": [],
    "CPNG": [],
    "CZlib": [],
    "CCMarkGFM": [],
    "CDuktape": [],
    "CBuiltFeatures": [],
    "CProcessor": ["CBuiltFeatures"],
    "CVector": [],

    "Numerics": ["CProcessor", "CVector", "COpenBLAS"],
    "Schema": [],
    "Fluids": ["Numerics", "Schema"],
    "Geometry": ["Numerics", "Schema", "CPNG"],
    "Flow": ["Numerics", "Schema", "Fluids", "Geometry"],
    "Archive": ["Numerics", "CHDF5", "CFileDriver", "GRDB", "Crypto"],
    "Datasets": ["Numerics", "Schema", "Fluids", "Geometry", "Flow", "Archive", "CZlib"],
    "ONNX": [],
    "Tensors": ["Numerics", "Fluids", "ONNX"],
    "Operators": ["Numerics", "Schema", "Tensors"],
    "Training": ["Numerics", "Schema", "Fluids", "ONNX", "Tensors", "Operators", "Archive", "Datasets"],
    "Scoring": ["Numerics", "Schema", "Fluids", "Flow", "Archive", "Datasets"],
    "Calibration": ["Numerics", "Schema"],
    "Figures": ["CCairo"],
    "Serving": [],
    "ViewPage": [],
    "Notebooks": ["Numerics", "Schema", "CCMarkGFM", "CDuktape", "Crypto"],

    // Counts allocations in tests; no product contains it.
    "CAllocationCounter": [],

    // Joins the above into verbs.
    "Pipeline": [
        "CProcessor", "Numerics", "Schema", "Fluids", "Geometry", "Flow", "Archive", "Datasets", "ONNX",
        "Tensors",
        "Operators", "Training", "Scoring", "Calibration", "Figures", "Notebooks", "Serving", "ViewPage",
    ],
    // An example of a program to calibrate; it knows nothing of the rest.
    "Plankton": [],
    // The command line, thin.
    "hugoniot": ["Notebooks", "Pipeline", "ArgumentParser"],
]
