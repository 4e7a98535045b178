// Compiled with the same `-march` as the kernels. It holds data only: no instruction of this file is ever executed, so
// nothing here can fail on an older processor.
#include "built_features.h"
#include "processor_features.h"

#define TEXT(value) #value
#define ROW(feature, macro) {feature, TEXT(macro)},

const built_feature built_features[] = {PROCESSOR_FEATURES(ROW){0, 0}};
