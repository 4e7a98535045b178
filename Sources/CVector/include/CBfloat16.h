// Products of bfloat16 numbers with sums in single precision. A word holds two numbers that are neighbours along the
// depth of a product, the first in its low half.
#pragma once
#include <stdbool.h>
#include <stdint.h>

/// Columns of a panel of the right factor.
#define HUGONIOT_PANEL 32

/// Rows to words: pairs of neighbours of a row, [rows, ⌈columns/2⌉]. Numbers are rounded to nearest, ties to even.
void hugoniot_bfloat16_pack_rows(long rows, long columns, const float *x, long row, uint32_t *words);

/// Pairs of rows to words, [⌈rows/2⌉, columns].
void hugoniot_bfloat16_pack_pairs(long rows, long columns, const float *x, long row, uint32_t *words);

/// The same in panels of 32 columns, [panels, ⌈rows/2⌉, 32], the last filled with zeros.
void hugoniot_bfloat16_pack_panels(long rows, long columns, const float *x, long row, uint32_t *words);

/// The transpose of x in panels: the right factor xᵀ.
void hugoniot_bfloat16_pack_transposed(long rows, long columns, const float *x, long row, uint32_t *words);

/// C = A·B or C += A·B. Word (i, k) of A is at a[i·aRow + k·aColumn]; B is in panels; `depth` counts words.
void hugoniot_bfloat16_multiply(long rows, long columns, long depth, const uint32_t *a, long aRow, long aColumn,
                                const uint32_t *b, float *c, long cRow, bool accumulates);

/// x ∘ slopes in place; `slopes` are rows of words.
void hugoniot_bfloat16_scale(long rows, long columns, const uint32_t *slopes, float *x);
