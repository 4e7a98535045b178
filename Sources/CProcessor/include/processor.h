#pragma once
#include <stdbool.h>

/// Whether this processor and operating system offer the extension; false for a name that is not in the list.
bool processor_offers(const char *feature);

/// The name of the extension at this place of the list; null past the end.
const char *processor_feature_name(int index);

/// Whether this binary was compiled to use the extension at this place of the list.
bool processor_build_uses(int index);
