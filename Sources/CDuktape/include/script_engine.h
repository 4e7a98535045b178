#pragma once
#include <stddef.h>

/// A JavaScript engine without files, network or clock of its own; Duktape is behind it.
typedef struct script_engine script_engine;

/// A new engine; null where memory is missing.
script_engine *script_engine_create(void);

/// Runs a program. Returns 0, or -1 with the reason in `script_engine_text`.
int script_engine_load(script_engine *engine, const char *source, size_t length);

/// Calls a global function with a text and a truth value; the text that it returns, or the reason of a failure, is
/// in `script_engine_text`. Returns 0, or -1 for a failure.
int script_engine_call(script_engine *engine, const char *function, const char *text, int flag);

/// What the last call left; valid until the next one.
const char *script_engine_text(script_engine *engine);

/// Frees the engine.
void script_engine_destroy(script_engine *engine);
