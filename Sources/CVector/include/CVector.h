// Vector operations that Swift's SIMD types loop over lane by lane (square root, whose scalar form sets errno, and
// the negated fused product), and products of bfloat16 numbers. The former are header only: clang's importer inlines them into Swift kernels on every architecture.
#pragma once
#include "CBfloat16.h"

typedef float hugoniot_float16 __attribute__((ext_vector_type(16)));
typedef double hugoniot_double8 __attribute__((ext_vector_type(8)));

typedef unsigned short hugoniot_word16 __attribute__((ext_vector_type(16)));
typedef unsigned short hugoniot_word8 __attribute__((ext_vector_type(8)));
typedef int hugoniot_int16 __attribute__((ext_vector_type(16)));
typedef int hugoniot_int8 __attribute__((ext_vector_type(8)));

/// Rows of a tile of two such vectors whose sums stay in registers while a product runs: 16 of the 32 of AVX-512, 8 of
/// the 16 of AVX2 and SSE2 (whose vectors are halves and quarters of these), 16 of the 32 quarters of arm64.
#if defined(__AVX512F__)
#define HUGONIOT_TILE_ROWS 8
#elif defined(__AVX2__) || defined(__aarch64__)
#define HUGONIOT_TILE_ROWS 2
#else
#define HUGONIOT_TILE_ROWS 1
#endif

#define HUGONIOT_VECTOR static inline __attribute__((always_inline, const))

HUGONIOT_VECTOR hugoniot_float16 hugoniot_root_f(hugoniot_float16 a) { return __builtin_elementwise_sqrt(a); }
HUGONIOT_VECTOR hugoniot_double8 hugoniot_root_d(hugoniot_double8 a) { return __builtin_elementwise_sqrt(a); }
HUGONIOT_VECTOR hugoniot_float16 hugoniot_magnitude_f(hugoniot_float16 a) { return __builtin_elementwise_abs(a); }
HUGONIOT_VECTOR hugoniot_double8 hugoniot_magnitude_d(hugoniot_double8 a) { return __builtin_elementwise_abs(a); }
HUGONIOT_VECTOR hugoniot_float16 hugoniot_nearest_f(hugoniot_float16 a) { return __builtin_elementwise_roundeven(a); }
HUGONIOT_VECTOR hugoniot_double8 hugoniot_nearest_d(hugoniot_double8 a) { return __builtin_elementwise_roundeven(a); }
HUGONIOT_VECTOR float hugoniot_largest_f(hugoniot_float16 a) { return __builtin_reduce_max(a); }
HUGONIOT_VECTOR double hugoniot_largest_d(hugoniot_double8 a) { return __builtin_reduce_max(a); }
HUGONIOT_VECTOR float hugoniot_smallest_f(hugoniot_float16 a) { return __builtin_reduce_min(a); }
HUGONIOT_VECTOR double hugoniot_smallest_d(hugoniot_double8 a) { return __builtin_reduce_min(a); }
// Halves are added, so the order is fixed on every machine.
HUGONIOT_VECTOR double hugoniot_total_d(hugoniot_double8 a) {
  double t0 = a[0] + a[4], t1 = a[1] + a[5], t2 = a[2] + a[6], t3 = a[3] + a[7];
  return (t0 + t2) + (t1 + t3);
}
HUGONIOT_VECTOR float hugoniot_total_f(hugoniot_float16 a) {
  float t[8];
  for (int i = 0; i < 8; ++i) t[i] = a[i] + a[i + 8];
  float u0 = t[0] + t[4], u1 = t[1] + t[5], u2 = t[2] + t[6], u3 = t[3] + t[7];
  return (u0 + u2) + (u1 + u3);
}
HUGONIOT_VECTOR hugoniot_word16 hugoniot_words_f(hugoniot_float16 a) {
  return __builtin_convertvector(__builtin_convertvector(a, hugoniot_int16), hugoniot_word16);
}
HUGONIOT_VECTOR hugoniot_word8 hugoniot_words_d(hugoniot_double8 a) {
  return __builtin_convertvector(__builtin_convertvector(a, hugoniot_int8), hugoniot_word8);
}
// c + a·b and c − a·b, fused where the target has the instruction. Elsewhere a fused product would be a library call for
// every lane, a hundred times slower than two roundings.
#if defined(__FMA__) || defined(__aarch64__)
#define HUGONIOT_PRODUCT(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define HUGONIOT_PRODUCT(a, b, c) ((c) + (a) * (b))
#endif
HUGONIOT_VECTOR hugoniot_float16 hugoniot_add_product_f(hugoniot_float16 c, hugoniot_float16 a, hugoniot_float16 b) {
  return HUGONIOT_PRODUCT(a, b, c);
}
HUGONIOT_VECTOR hugoniot_double8 hugoniot_add_product_d(hugoniot_double8 c, hugoniot_double8 a, hugoniot_double8 b) {
  return HUGONIOT_PRODUCT(a, b, c);
}
HUGONIOT_VECTOR hugoniot_float16 hugoniot_subtract_product_f(hugoniot_float16 c, hugoniot_float16 a,
                                                             hugoniot_float16 b) {
  return HUGONIOT_PRODUCT(-a, b, c);
}
HUGONIOT_VECTOR hugoniot_double8 hugoniot_subtract_product_d(hugoniot_double8 c, hugoniot_double8 a,
                                                             hugoniot_double8 b) {
  return HUGONIOT_PRODUCT(-a, b, c);
}
