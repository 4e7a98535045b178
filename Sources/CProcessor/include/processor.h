#pragma once
#include <stdbool.h>

/// Whether this processor and operating system offer the extension; false for a name that is not in the list.
bool processor_offers(const char *feature);

/// The name of the extension at this place of the list; null past the end.
const char *processor_feature_name(int index);

/// Whether this binary was compiled to use the extension at this place of the list.
bool processor_build_uses(int index);

/// Says through `say` which extensions this binary uses that `offers` denies, and how to rebuild; false where there are
/// none. Before `main` this is called with `processor_offers`, and the process ends with status 2 where it returns true.
bool processor_explain_refusal(bool (*offers)(const char *), void (*say)(const char *));
