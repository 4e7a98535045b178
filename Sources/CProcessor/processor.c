// Compiled for the baseline of the platform, never with `-march`: this code decides whether the rest may run.
#include "processor.h"

#include <string.h>

#include "built_features.h"
#include "processor_features.h"

#if defined(__x86_64__) || defined(__i386__)

bool processor_offers(const char *feature) {
    __builtin_cpu_init();
#define OFFERS(name, macro) \
    if (strcmp(feature, name) == 0) return __builtin_cpu_supports(name) != 0;
    PROCESSOR_FEATURES(OFFERS)
#undef OFFERS
    return false;
}

#elif defined(__aarch64__) && defined(__linux__)

#include <asm/hwcap.h>
#include <sys/auxv.h>

bool processor_offers(const char *feature) {
    unsigned long first = getauxval(AT_HWCAP), second = getauxval(AT_HWCAP2);
    (void)second;
    if (strcmp(feature, "atomics") == 0) return (first & HWCAP_ATOMICS) != 0;
    if (strcmp(feature, "asimdhp") == 0) return (first & HWCAP_ASIMDHP) != 0;
    if (strcmp(feature, "asimddp") == 0) return (first & HWCAP_ASIMDDP) != 0;
    if (strcmp(feature, "sve") == 0) return (first & HWCAP_SVE) != 0;
#ifdef HWCAP2_SVE2
    if (strcmp(feature, "sve2") == 0) return (second & HWCAP2_SVE2) != 0;
#endif
#ifdef HWCAP2_BF16
    if (strcmp(feature, "i8mm") == 0) return (second & HWCAP2_I8MM) != 0;
    if (strcmp(feature, "bf16") == 0) return (second & HWCAP2_BF16) != 0;
#endif
    return false;
}

#else

// Elsewhere (Apple silicon) a build for the machine's own processor has nothing to compare with: assume it fits.
bool processor_offers(const char *feature) {
    (void)feature;
    return true;
}

#endif

const char *processor_feature_name(int index) { return built_features[index].name; }

bool processor_build_uses(int index) { return strcmp(built_features[index].macro, "1") == 0; }
