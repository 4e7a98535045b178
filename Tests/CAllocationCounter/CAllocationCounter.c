#include "CAllocationCounter.h"

#include <stddef.h>

static _Thread_local int counting;
static _Thread_local long allocations;

void hugoniot_count_allocations_start(void) {
  allocations = 0;
  counting = 1;
}

long hugoniot_count_allocations_stop(void) {
  counting = 0;
  return allocations;
}

#if defined(__linux__) && defined(__GLIBC__)
// glibc lets a program provide its own malloc; these pass on to the real one.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) {
  allocations += counting;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  allocations += counting;
  return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size) {
  allocations += counting;
  return __libc_realloc(old, size);
}
void *memalign(size_t alignment, size_t size) {
  allocations += counting;
  return __libc_memalign(alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : 12;
}
void free(void *memory) { __libc_free(memory); }
#endif
