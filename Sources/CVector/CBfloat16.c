#include "CBfloat16.h"
#include <string.h>

typedef float float16 __attribute__((vector_size(64), aligned(4)));
typedef uint32_t word16 __attribute__((vector_size(64), aligned(4)));

static inline uint32_t bits(float x) {
  uint32_t word;
  memcpy(&word, &x, 4);
  return word;
}

/// The nearest bfloat16 in the high half; the low half is of no meaning.
static inline uint32_t rounded(float x) { return bits(x) + 0x7FFF + (bits(x) >> 16 & 1); }

static inline uint32_t pair(float low, float high) { return rounded(low) >> 16 | (rounded(high) & 0xFFFF0000); }

void hugoniot_bfloat16_pack_rows(long rows, long columns, const float *x, long row, uint32_t *words) {
  long half = columns / 2, length = (columns + 1) / 2;
  for (long i = 0; i < rows; ++i) {
    const float *source = x + i * row;
    uint32_t *target = words + i * length;
    for (long k = 0; k < half; ++k) target[k] = pair(source[2 * k], source[2 * k + 1]);
    if (half < length) target[half] = pair(source[columns - 1], 0);
  }
}

void hugoniot_bfloat16_pack_pairs(long rows, long columns, const float *x, long row, uint32_t *words) {
  for (long k = 0; k < (rows + 1) / 2; ++k) {
    const float *low = x + 2 * k * row, *high = low + row;
    uint32_t *target = words + k * columns;
    if (2 * k + 1 < rows) {
      for (long j = 0; j < columns; ++j) target[j] = pair(low[j], high[j]);
    } else {
      for (long j = 0; j < columns; ++j) target[j] = pair(low[j], 0);
    }
  }
}

void hugoniot_bfloat16_pack_panels(long rows, long columns, const float *x, long row, uint32_t *words) {
  long depth = (rows + 1) / 2;
  for (long first = 0; first < columns; first += HUGONIOT_PANEL, words += depth * HUGONIOT_PANEL) {
    long width = columns - first < HUGONIOT_PANEL ? columns - first : HUGONIOT_PANEL;
    for (long k = 0; k < depth; ++k) {
      uint32_t *target = words + k * HUGONIOT_PANEL;
      if (width < HUGONIOT_PANEL) memset(target, 0, HUGONIOT_PANEL * 4);
      long count = 2 * k + 1 < rows ? 2 : 1;
      hugoniot_bfloat16_pack_pairs(count, width, x + 2 * k * row + first, row, target);
    }
  }
}

void hugoniot_bfloat16_pack_transposed(long rows, long columns, const float *x, long row, uint32_t *words) {
  long depth = (columns + 1) / 2;
  for (long first = 0; first < rows; first += HUGONIOT_PANEL, words += depth * HUGONIOT_PANEL) {
    long width = rows - first < HUGONIOT_PANEL ? rows - first : HUGONIOT_PANEL;
    if (width < HUGONIOT_PANEL) memset(words, 0, depth * HUGONIOT_PANEL * 4);
    for (long lane = 0; lane < width; ++lane) {
      const float *source = x + (first + lane) * row;
      for (long k = 0; k < columns / 2; ++k) words[k * HUGONIOT_PANEL + lane] = pair(source[2 * k], source[2 * k + 1]);
      if (columns % 2) words[(depth - 1) * HUGONIOT_PANEL + lane] = pair(source[columns - 1], 0);
    }
  }
}

static inline float number(uint32_t word) {
  float x;
  memcpy(&x, &word, 4);
  return x;
}

void hugoniot_bfloat16_scale(long rows, long columns, const uint32_t *slopes, float *x) {
  for (long i = 0; i < rows; ++i, slopes += (columns + 1) / 2, x += columns) {
    for (long k = 0; k < columns / 2; ++k) {
      x[2 * k] *= number(slopes[k] << 16);
      x[2 * k + 1] *= number(slopes[k] & 0xFFFF0000);
    }
    if (columns % 2) x[columns - 1] *= number(slopes[columns / 2] << 16);
  }
}

#if defined(__AVX512BF16__)
typedef __bf16 half32 __attribute__((vector_size(64)));
static inline float16 add_products(float16 sum, word16 a, word16 b) {
  return __builtin_ia32_dpbf16ps_512(sum, (half32)a, (half32)b);
}
#else
static inline float16 add_products(float16 sum, word16 a, word16 b) {
  sum += (float16)(a << 16) * (float16)(b << 16);
  return sum + (float16)(a & 0xFFFF0000) * (float16)(b & 0xFFFF0000);
}
#endif

/// Up to eight rows by one panel, the sums in registers.
static inline __attribute__((always_inline)) void tile(const int rows, long depth, const uint32_t *a, long aRow,
                                                       long aColumn, const uint32_t *b, float *c, long cRow,
                                                       long width, bool accumulates) {
  float16 sums[8][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; ++i) sums[i][0] = sums[i][1] = (float16){0};
  for (long k = 0; k < depth; ++k, a += aColumn, b += HUGONIOT_PANEL) {
    word16 b0 = *(const word16 *)b, b1 = *(const word16 *)(b + 16);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; ++i) {
      word16 left = (word16){0} + a[i * aRow];
      sums[i][0] = add_products(sums[i][0], left, b0);
      sums[i][1] = add_products(sums[i][1], left, b1);
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; ++i) {
    float *target = c + i * cRow;
    if (width == HUGONIOT_PANEL) {
      float16 *halves = (float16 *)target;
      halves[0] = accumulates ? halves[0] + sums[i][0] : sums[i][0];
      halves[1] = accumulates ? halves[1] + sums[i][1] : sums[i][1];
    } else {
      float values[HUGONIOT_PANEL];
      memcpy(values, sums[i], sizeof values);
      for (long j = 0; j < width; ++j) target[j] = accumulates ? target[j] + values[j] : values[j];
    }
  }
}

void hugoniot_bfloat16_multiply(long rows, long columns, long depth, const uint32_t *a, long aRow, long aColumn,
                                const uint32_t *b, float *c, long cRow, bool accumulates) {
  for (long first = 0; first < columns; first += HUGONIOT_PANEL, b += depth * HUGONIOT_PANEL) {
    long width = columns - first < HUGONIOT_PANEL ? columns - first : HUGONIOT_PANEL, i = 0;
    for (; i + 8 <= rows; i += 8)
      tile(8, depth, a + i * aRow, aRow, aColumn, b, c + i * cRow + first, cRow, width, accumulates);
    for (; i < rows; ++i)
      tile(1, depth, a + i * aRow, aRow, aColumn, b, c + i * cRow + first, cRow, width, accumulates);
  }
}
