#pragma once

/// An extension and the text of its compiler macro: "1" where this build may use it, the macro's own name where not.
typedef struct {
    const char *name;
    const char *macro;
} built_feature;

/// What this binary's kernels were compiled for; the last row has a null name.
extern const built_feature built_features[];
