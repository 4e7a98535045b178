#include "script_engine.h"
#include <duktape.h>
#include <stdlib.h>

struct script_engine {
    duk_context *context;
};

script_engine *script_engine_create(void) {
    script_engine *engine = malloc(sizeof *engine);
    if (!engine) return NULL;
    engine->context = duk_create_heap_default();
    if (!engine->context) {
        free(engine);
        return NULL;
    }
    // One value stays on the stack: the answer.
    duk_push_string(engine->context, "");
    return engine;
}

/// Leaves the top value, as text, as the only one on the stack.
static void keep_answer(duk_context *context) {
    duk_safe_to_string(context, -1);
    duk_replace(context, 0);
    duk_set_top(context, 1);
}

int script_engine_load(script_engine *engine, const char *source, size_t length) {
    duk_context *context = engine->context;
    duk_int_t failure = duk_peval_lstring(context, source, length);
    keep_answer(context);
    return failure ? -1 : 0;
}

int script_engine_call(script_engine *engine, const char *function, const char *text, int flag) {
    duk_context *context = engine->context;
    duk_get_global_string(context, function);
    duk_push_string(context, text);
    duk_push_boolean(context, flag);
    duk_int_t failure = duk_pcall(context, 2);
    keep_answer(context);
    return failure ? -1 : 0;
}

const char *script_engine_text(script_engine *engine) { return duk_get_string(engine->context, 0); }

void script_engine_destroy(script_engine *engine) {
    if (!engine) return;
    duk_destroy_heap(engine->context);
    free(engine);
}
