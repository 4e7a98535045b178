#pragma once

// One row per instruction-set extension that a compiler may use on its own: FEATURE(name, macro). The name is the one
// `__builtin_cpu_supports` takes (x86) or that the kernel reports (arm64); the macro is defined to 1 by the compiler
// where `-march` allows the extension.
#if defined(__x86_64__) || defined(__i386__)
#define PROCESSOR_FEATURES(FEATURE) \
    FEATURE("sse3", __SSE3__) \
    FEATURE("ssse3", __SSSE3__) \
    FEATURE("sse4.1", __SSE4_1__) \
    FEATURE("sse4.2", __SSE4_2__) \
    FEATURE("sse4a", __SSE4A__) \
    FEATURE("popcnt", __POPCNT__) \
    FEATURE("lzcnt", __LZCNT__) \
    FEATURE("movbe", __MOVBE__) \
    FEATURE("bmi", __BMI__) \
    FEATURE("bmi2", __BMI2__) \
    FEATURE("adx", __ADX__) \
    FEATURE("avx", __AVX__) \
    FEATURE("f16c", __F16C__) \
    FEATURE("fma", __FMA__) \
    FEATURE("fma4", __FMA4__) \
    FEATURE("xop", __XOP__) \
    FEATURE("tbm", __TBM__) \
    FEATURE("avx2", __AVX2__) \
    FEATURE("avxvnni", __AVXVNNI__) \
    FEATURE("gfni", __GFNI__) \
    FEATURE("avx512f", __AVX512F__) \
    FEATURE("avx512cd", __AVX512CD__) \
    FEATURE("avx512bw", __AVX512BW__) \
    FEATURE("avx512dq", __AVX512DQ__) \
    FEATURE("avx512vl", __AVX512VL__) \
    FEATURE("avx512ifma", __AVX512IFMA__) \
    FEATURE("avx512vbmi", __AVX512VBMI__) \
    FEATURE("avx512vbmi2", __AVX512VBMI2__) \
    FEATURE("avx512vnni", __AVX512VNNI__) \
    FEATURE("avx512bitalg", __AVX512BITALG__) \
    FEATURE("avx512vpopcntdq", __AVX512VPOPCNTDQ__) \
    FEATURE("avx512bf16", __AVX512BF16__) \
    FEATURE("avx512fp16", __AVX512FP16__)
#elif defined(__aarch64__)
#define PROCESSOR_FEATURES(FEATURE) \
    FEATURE("atomics", __ARM_FEATURE_ATOMICS) \
    FEATURE("asimdhp", __ARM_FEATURE_FP16_VECTOR_ARITHMETIC) \
    FEATURE("asimddp", __ARM_FEATURE_DOTPROD) \
    FEATURE("sve", __ARM_FEATURE_SVE) \
    FEATURE("sve2", __ARM_FEATURE_SVE2) \
    FEATURE("i8mm", __ARM_FEATURE_MATMUL_INT8) \
    FEATURE("bf16", __ARM_FEATURE_BF16)
#else
#define PROCESSOR_FEATURES(FEATURE)
#endif
