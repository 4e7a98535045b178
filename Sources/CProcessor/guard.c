// Runs before `main` and before any code of the kernels: a binary that was built for another processor ends with an
// explanation instead of an illegal instruction.
#include <string.h>
#include <unistd.h>

#include "processor.h"

bool processor_explain_refusal(bool (*offers)(const char *), void (*say)(const char *)) {
    bool missing = false;
    for (int index = 0; processor_feature_name(index) != 0; index++) {
        if (!processor_build_uses(index) || offers(processor_feature_name(index))) continue;
        say(missing ? ", " : "error: this program was built for another processor; this one lacks ");
        say(processor_feature_name(index));
        missing = true;
    }
    if (missing) {
        say("\n  help: rebuild for this machine with `make`, or for every machine with `make HUGONIOT_MARCH=`\n");
    }
    return missing;
}

static void say_to_errors(const char *text) {
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

__attribute__((constructor(101))) static void refuse_foreign_processor(void) {
    if (processor_explain_refusal(processor_offers, say_to_errors)) _exit(2);
}
