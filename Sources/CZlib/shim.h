// Raw deflate streams, as ZIP archives hold them: zlib offers their start only as a macro.
#pragma once
#include <zlib.h>

static inline int czlib_begin_raw_inflate(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
