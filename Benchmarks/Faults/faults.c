// A shim between a program and the C library that lets one file operation go wrong: the n-th of a process and all that it
// starts. Preloaded by campaign.py.
//
//   FAULT_FOLDER   only files below this folder count
//   FAULT_STATE    a file of 16 bytes that the processes share: operations so far, and whether the fault has happened
//   FAULT_AT       the number of the operation, from 1; 0 counts only
//   FAULT_KIND     ENOSPC, EIO, short (half of a write), kill (before), after (done, then killed), torn (half, then killed)
//   FAULT_CALLS    comma-separated names of the calls that count; all where it is empty
//   FAULT_LASTS    where it is 1, every later operation fails, too
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static const char *folder, *kind, *calls;
static uint64_t at;
static bool lasts;
static volatile uint64_t *state;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_FOLDER");
  kind = getenv("FAULT_KIND");
  calls = getenv("FAULT_CALLS");
  const char *number = getenv("FAULT_AT"), *path = getenv("FAULT_STATE");
  at = number == NULL ? 0 : strtoull(number, NULL, 10);
  lasts = getenv("FAULT_LASTS") != NULL && *getenv("FAULT_LASTS") == '1';
  if (folder == NULL || path == NULL || kind == NULL) return;
  int file = NEXT(open)(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = NEXT(mmap)(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) state = memory;
  close(file);
}

static bool is_counted_call(const char *name) {
  if (calls == NULL || *calls == 0) return true;
  size_t length = strlen(name);
  for (const char *place = calls; (place = strstr(place, name)) != NULL; place += length)
    if ((place == calls || place[-1] == ',') && (place[length] == 0 || place[length] == ',')) return true;
  return false;
}

static bool is_below(const char *path) {
  if (path == NULL) return false;
  if (path[0] == '/') return strncmp(path, folder, strlen(folder)) == 0;
  char here[4096];
  return getcwd(here, sizeof here) != NULL && strncmp(here, folder, strlen(folder)) == 0;
}

static bool is_descriptor_below(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = 0;
  // Pipes and sockets have names without a folder.
  return path[0] == '/' && is_below(path);
}

// Whether the fault happens now.
static bool strikes(void) {
  uint64_t number = __atomic_add_fetch(&state[0], 1, __ATOMIC_SEQ_CST);
  if (at == 0 || number < at || (number > at && !lasts)) return false;
  __atomic_store_n(&state[1], 1, __ATOMIC_SEQ_CST);
  if (strcmp(kind, "kill") == 0) kill(getpid(), SIGKILL);
  return true;
}

static bool is_counted(const char *name, int descriptor) {
  return state != NULL && is_counted_call(name) && is_descriptor_below(descriptor);
}

static bool is_counted_path(const char *name, const char *path) {
  return state != NULL && is_counted_call(name) && is_below(path);
}

static bool is_kind(const char *name) { return strcmp(kind, name) == 0; }

// The number of the failure; 0 where the call is to succeed.
static int failure(void) { return is_kind("ENOSPC") ? ENOSPC : is_kind("EIO") ? EIO : 0; }

static void die(void) {
  kill(getpid(), SIGKILL);
}

#define STRIKE(counted, name, call)           \
  do {                                        \
    if (!(counted) || !strikes()) break;  \
    if (failure() != 0) {                     \
      errno = failure();                      \
      return -1;                              \
    }                                         \
    if (is_kind("after") || is_kind("torn")) { \
      (void)(call);                           \
      die();                                  \
    }                                         \
  } while (0)

ssize_t write(int descriptor, const void *bytes, size_t size) {
  __typeof__(&write) next = NEXT(write);
  if (is_counted("write", descriptor) && strikes()) {
    if (failure() != 0) return errno = failure(), -1;
    ssize_t done = next(descriptor, bytes, is_kind("after") || size < 2 ? size : size / 2);
    if (!is_kind("short")) die();
    return done;
  }
  return next(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t place) {
  __typeof__(&pwrite) next = NEXT(pwrite);
  if (is_counted("pwrite", descriptor) && strikes()) {
    if (failure() != 0) return errno = failure(), -1;
    ssize_t done = next(descriptor, bytes, is_kind("after") || size < 2 ? size : size / 2, place);
    if (!is_kind("short")) die();
    return done;
  }
  return next(descriptor, bytes, size, place);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t place) {
  return pwrite(descriptor, bytes, size, (off_t)place);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t place) {
  __typeof__(&pread) next = NEXT(pread);
  STRIKE(is_counted("pread", descriptor), "pread", 0);
  return next(descriptor, bytes, size, place);
}

ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t place) {
  return pread(descriptor, bytes, size, (off_t)place);
}

int fsync(int descriptor) {
  __typeof__(&fsync) next = NEXT(fsync);
  STRIKE(is_counted("fsync", descriptor), "fsync", next(descriptor));
  return next(descriptor);
}

int fdatasync(int descriptor) {
  __typeof__(&fdatasync) next = NEXT(fdatasync);
  STRIKE(is_counted("fsync", descriptor), "fsync", next(descriptor));
  return next(descriptor);
}

int ftruncate(int descriptor, off_t size) {
  __typeof__(&ftruncate) next = NEXT(ftruncate);
  STRIKE(is_counted("ftruncate", descriptor), "ftruncate", next(descriptor, size));
  return next(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) { return ftruncate(descriptor, (off_t)size); }

int rename(const char *from, const char *to) {
  __typeof__(&rename) next = NEXT(rename);
  STRIKE(is_counted_path("rename", to), "rename", next(from, to));
  return next(from, to);
}

int unlink(const char *path) {
  __typeof__(&unlink) next = NEXT(unlink);
  STRIKE(is_counted_path("unlink", path), "unlink", next(path));
  return next(path);
}

static int open_counted(const char *path, int flags, mode_t mode) {
  static int (*next)(const char *, int, ...);
  if (next == NULL) next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  STRIKE(is_counted_path("open", path), "open", next(path, flags, mode));
  return next(path, flags, mode);
}

static mode_t mode_of(int flags, va_list list) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_counted(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_counted(path, flags, mode);
}

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t place) {
  __typeof__(&mmap) next = NEXT(mmap);
  if (descriptor >= 0 && is_counted("mmap", descriptor) && strikes() && failure() != 0) {
    errno = failure() == ENOSPC ? ENOMEM : failure();
    return MAP_FAILED;
  }
  return next(address, size, protection, flags, descriptor, place);
}
