// Grey-scale images by libpng's simplified interface, in two plain calls: the size, then the values.
#pragma once
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Decodes into `grey` (width * height bytes, top row first, transparent parts white) where it is not null; else
// only tells the size. Returns 1, or 0 with the reason in `message` (64 bytes).
static inline int cpng_read_grey(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height,
                                 uint8_t *grey, char *message) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  message[0] = 0;
  int done = png_image_begin_read_from_memory(&image, bytes, count);
  if (done) {
    *width = image.width;
    *height = image.height;
    if (grey != NULL) {
      png_color white = {255, 255, 255};
      image.format = PNG_FORMAT_GRAY;
      done = png_image_finish_read(&image, &white, grey, (png_int_32)image.width, NULL);
    }
  }
  if (!done) snprintf(message, 64, "%s", image.message);
  png_image_free(&image);
  return done;
}
