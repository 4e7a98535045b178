#define _GNU_SOURCE
#include "file_driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "hdf5_headers.h"

// Bytes that wait in memory.
typedef struct {
  uint64_t address;
  uint64_t size;
  unsigned char *bytes;
} change;

struct cfile_storage {
  int descriptor;
  int journal;
  bool arrays_in_place;
  bool is_private;
  int failure;
  const char *failed_action;
  // The end of the file as HDF5 sees it, and what of it was there at the last flush.
  uint64_t end;
  uint64_t settled_end;
  change *changes;
  size_t count;
  size_t capacity;
};

// HDF5's own view of a file: `shared` has to be first.
typedef struct {
  H5FD_t shared;
  cfile_storage *storage;
  haddr_t allocated;
  bool may_write;
  bool has_final_size;
} open_file;

// MARK: Storage

cfile_storage *cfile_storage_create(int descriptor) {
  cfile_storage *storage = calloc(1, sizeof *storage);
  if (storage == NULL) return NULL;
  storage->descriptor = descriptor;
  storage->journal = -1;
  struct stat information;
  if (fstat(descriptor, &information) == 0) storage->end = (uint64_t)information.st_size;
  storage->settled_end = storage->end;
  return storage;
}

static void forget_changes(cfile_storage *storage) {
  for (size_t i = 0; i < storage->count; i++) free(storage->changes[i].bytes);
  storage->count = 0;
}

void cfile_storage_free(cfile_storage *storage) {
  if (storage == NULL) return;
  forget_changes(storage);
  free(storage->changes);
  free(storage);
}

void cfile_storage_use_journal(cfile_storage *storage, int descriptor, bool arrays_in_place) {
  storage->journal = descriptor;
  storage->arrays_in_place = arrays_in_place;
}

void cfile_storage_keep_private(cfile_storage *storage) { storage->is_private = true; }

int cfile_storage_failure(const cfile_storage *storage) { return storage->failure; }

const char *cfile_storage_failed_action(const cfile_storage *storage) {
  return storage->failed_action == NULL ? "" : storage->failed_action;
}

static void fail(cfile_storage *storage, const char *action, int code) {
  if (storage->failure != 0) return;
  storage->failure = code == 0 ? EIO : code;
  storage->failed_action = action;
}

// Writes all bytes; false and errno where that fails. A disk that takes nothing without saying why is full.
static bool write_all(int descriptor, const void *bytes, size_t size, uint64_t address) {
  const unsigned char *next = bytes;
  while (size > 0) {
    ssize_t done = pwrite(descriptor, next, size, (off_t)address);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    if (done == 0) {
      errno = ENOSPC;
      return false;
    }
    next += done;
    size -= (size_t)done;
    address += (uint64_t)done;
  }
  return true;
}

// Reads `size` bytes; what lies beyond the end of the file is zero.
static bool read_all(int descriptor, void *bytes, size_t size, uint64_t address) {
  unsigned char *next = bytes;
  while (size > 0) {
    ssize_t done = pread(descriptor, next, size, (off_t)address);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    if (done == 0) {
      memset(next, 0, size);
      return true;
    }
    next += done;
    size -= (size_t)done;
    address += (uint64_t)done;
  }
  return true;
}

static bool synchronise(int descriptor) {
#ifdef __APPLE__
  return fsync(descriptor) == 0;
#else
  return fdatasync(descriptor) == 0;
#endif
}

// Keeps a change in memory; a later one lies above it.
static void keep(cfile_storage *storage, uint64_t address, size_t size, const void *bytes) {
  for (size_t i = storage->count; i > 0 && i + 64 > storage->count; i--) {
    change *old = &storage->changes[i - 1];
    if (old->address == address && old->size == size) {
      memcpy(old->bytes, bytes, size);
      return;
    }
    if (address < old->address + old->size && old->address < address + size) break;
  }
  if (storage->count == storage->capacity) {
    size_t capacity = storage->capacity == 0 ? 64 : 2 * storage->capacity;
    change *larger = realloc(storage->changes, capacity * sizeof *larger);
    if (larger == NULL) {
      fail(storage, "keep", ENOMEM);
      return;
    }
    storage->changes = larger;
    storage->capacity = capacity;
  }
  unsigned char *copy = malloc(size == 0 ? 1 : size);
  if (copy == NULL) {
    fail(storage, "keep", ENOMEM);
    return;
  }
  memcpy(copy, bytes, size);
  storage->changes[storage->count++] = (change){address, size, copy};
  if (address + size > storage->end) storage->end = address + size;
}

static bool is_kept(const cfile_storage *storage, uint64_t address, size_t size) {
  for (size_t i = 0; i < storage->count; i++) {
    const change *old = &storage->changes[i];
    if (address < old->address + old->size && old->address < address + size) return true;
  }
  return false;
}

static void put(cfile_storage *storage, bool is_array, uint64_t address, size_t size, const void *bytes) {
  if (storage->failure != 0 || storage->is_private) {
    keep(storage, address, size, bytes);
    return;
  }
  if (storage->journal >= 0 && !(is_array && storage->arrays_in_place && !is_kept(storage, address, size))) {
    // What was there at the last flush stays; what lies beyond is known to nobody yet.
    size_t settled = address >= storage->settled_end ? 0 : (size_t)(storage->settled_end - address);
    if (settled > size) settled = size;
    if (settled > 0) keep(storage, address, settled, bytes);
    address += settled;
    size -= settled;
    bytes = (const unsigned char *)bytes + settled;
    if (size == 0) return;
  }
  if (!write_all(storage->descriptor, bytes, size, address)) {
    fail(storage, "write", errno);
    keep(storage, address, size, bytes);
    return;
  }
  if (address + size > storage->end) storage->end = address + size;
}

static bool get(cfile_storage *storage, uint64_t address, size_t size, void *bytes) {
  if (!read_all(storage->descriptor, bytes, size, address)) {
    fail(storage, "read", errno);
    return false;
  }
  for (size_t i = 0; i < storage->count; i++) {
    const change *kept = &storage->changes[i];
    uint64_t start = kept->address > address ? kept->address : address;
    uint64_t end = kept->address + kept->size < address + size ? kept->address + kept->size : address + size;
    if (start >= end) continue;
    memcpy((unsigned char *)bytes + (start - address), kept->bytes + (start - kept->address), end - start);
  }
  return true;
}

// MARK: Journal

// A journal: this head, then every change as its address, its size and its bytes.
typedef struct {
  char mark[8];
  uint64_t count;
  uint64_t size;
  uint64_t checksum;
} journal_head;

static const char journal_mark[8] = {'H', 'u', 'g', 'J', 'o', 'u', 'r', '1'};

// FNV-1a (Fowler, Noll and Vo), 64 bits.
static uint64_t checksum(const unsigned char *bytes, size_t size) {
  uint64_t value = 0xcbf29ce484222325u;
  for (size_t i = 0; i < size; i++) value = (value ^ bytes[i]) * 0x100000001b3u;
  return value;
}

// The whole journal in memory; NULL where there is not enough.
static unsigned char *compose_journal(const cfile_storage *storage, size_t *size) {
  *size = sizeof(journal_head);
  for (size_t i = 0; i < storage->count; i++) *size += 16 + (size_t)storage->changes[i].size;
  unsigned char *text = malloc(*size);
  if (text == NULL) return NULL;
  unsigned char *place = text + sizeof(journal_head);
  for (size_t i = 0; i < storage->count; i++) {
    const change *kept = &storage->changes[i];
    memcpy(place, &kept->address, 8);
    memcpy(place + 8, &kept->size, 8);
    memcpy(place + 16, kept->bytes, kept->size);
    place += 16 + kept->size;
  }
  size_t body = *size - sizeof(journal_head);
  journal_head head = {.count = storage->count, .size = body};
  memcpy(head.mark, journal_mark, 8);
  head.checksum = checksum(text + sizeof head, body);
  memcpy(text, &head, sizeof head);
  return text;
}

static bool apply_changes(cfile_storage *storage) {
  for (size_t i = 0; i < storage->count; i++) {
    const change *kept = &storage->changes[i];
    if (!write_all(storage->descriptor, kept->bytes, kept->size, kept->address)) return false;
  }
  return true;
}

// Makes what was written since the last flush the state of the file.
static void settle(cfile_storage *storage) {
  if (storage->failure != 0 || storage->is_private || storage->journal < 0) return;
  if (!synchronise(storage->descriptor)) {
    fail(storage, "bring to the disk", errno);
    return;
  }
  if (storage->count > 0) {
    size_t size = 0;
    unsigned char *text = compose_journal(storage, &size);
    bool is_written = text != NULL && write_all(storage->journal, text, size, 0) && synchronise(storage->journal);
    int code = text == NULL ? ENOMEM : errno;
    free(text);
    if (!is_written) {
      fail(storage, "write the journal of", code);
      return;
    }
    if (!apply_changes(storage) || !synchronise(storage->descriptor)) {
      fail(storage, "write", errno);
      return;
    }
    if (ftruncate(storage->journal, 0) != 0) {
      fail(storage, "empty the journal of", errno);
      return;
    }
    forget_changes(storage);
  }
  storage->settled_end = storage->end;
}

size_t cfile_storage_take_journal(cfile_storage *storage, int descriptor) {
  struct stat information;
  journal_head head;
  if (fstat(descriptor, &information) != 0 || (uint64_t)information.st_size < sizeof head) return 0;
  uint64_t present = (uint64_t)information.st_size - sizeof head;
  if (!read_all(descriptor, &head, sizeof head, 0) || memcmp(head.mark, journal_mark, 8) != 0 || head.size > present)
    return 0;
  unsigned char *body = malloc((size_t)head.size + 1);
  if (body == NULL) return 0;
  if (!read_all(descriptor, body, (size_t)head.size, sizeof head) ||
      checksum(body, (size_t)head.size) != head.checksum) {
    free(body);
    return 0;
  }
  size_t place = 0;
  for (uint64_t i = 0; i < head.count && head.size - place >= 16; i++) {
    uint64_t address, size;
    memcpy(&address, body + place, 8);
    memcpy(&size, body + place + 8, 8);
    place += 16;
    if (size > head.size - place || address > UINT64_MAX / 2) break;
    keep(storage, address, (size_t)size, body + place);
    place += (size_t)size;
  }
  free(body);
  return storage->count;
}

int cfile_storage_settle_journal(cfile_storage *storage, int descriptor) {
  if (!apply_changes(storage) || !synchronise(storage->descriptor) || ftruncate(descriptor, 0) != 0) {
    fail(storage, "write", errno);
    return storage->failure;
  }
  forget_changes(storage);
  storage->settled_end = storage->end;
  return 0;
}

// MARK: Driver

static H5FD_t *driver_open(const char *name, unsigned flags, hid_t access, haddr_t limit) {
  (void)name;
  (void)limit;
  cfile_storage *const *storage = H5Pget_driver_info(access);
  if (storage == NULL || *storage == NULL) return NULL;
  open_file *file = calloc(1, sizeof *file);
  if (file == NULL) return NULL;
  file->storage = *storage;
  file->may_write = (flags & H5F_ACC_RDWR) != 0;
  if ((flags & H5F_ACC_TRUNC) != 0) {
    if (ftruncate(file->storage->descriptor, 0) != 0) fail(file->storage, "empty", errno);
    file->storage->end = file->storage->settled_end = 0;
  }
  return &file->shared;
}

// The file is as long as HDF5 says once it is closed: until then it may be longer, because what lies behind the end may
// belong to the state of the last flush.
static herr_t driver_close(H5FD_t *shared) {
  open_file *file = (open_file *)shared;
  cfile_storage *storage = file->storage;
  if (file->has_final_size && storage->failure == 0 && !storage->is_private && storage->count == 0 &&
      storage->end != file->allocated) {
    if (ftruncate(storage->descriptor, (off_t)file->allocated) != 0) fail(storage, "cut", errno);
    storage->end = storage->settled_end = file->allocated;
  }
  free(file);
  return 0;
}

static herr_t driver_query(const H5FD_t *shared, unsigned long *flags) {
  (void)shared;
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

static haddr_t driver_get_eoa(const H5FD_t *shared, H5FD_mem_t type) {
  (void)type;
  return ((const open_file *)shared)->allocated;
}

static herr_t driver_set_eoa(H5FD_t *shared, H5FD_mem_t type, haddr_t address) {
  (void)type;
  ((open_file *)shared)->allocated = address;
  return 0;
}

static haddr_t driver_get_eof(const H5FD_t *shared, H5FD_mem_t type) {
  (void)type;
  return ((const open_file *)shared)->storage->end;
}

static herr_t driver_get_handle(H5FD_t *shared, hid_t access, void **handle) {
  (void)access;
  *handle = &((open_file *)shared)->storage->descriptor;
  return 0;
}

static bool is_in_range(haddr_t address, size_t size) {
  return address <= UINT64_MAX / 2 && size <= UINT64_MAX / 2 - address;
}

static herr_t driver_read(
    H5FD_t *shared, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, void *bytes) {
  (void)type;
  (void)transfer;
  if (!is_in_range(address, size)) return -1;
  return get(((open_file *)shared)->storage, address, size, bytes) ? 0 : -1;
}

static herr_t driver_write(
    H5FD_t *shared, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, const void *bytes) {
  (void)transfer;
  if (!is_in_range(address, size)) return -1;
  put(((open_file *)shared)->storage, type == H5FD_MEM_DRAW, address, size, bytes);
  return 0;
}

static herr_t driver_flush(H5FD_t *shared, hid_t transfer, hbool_t is_closing) {
  (void)transfer;
  (void)is_closing;
  open_file *file = (open_file *)shared;
  if (file->may_write) settle(file->storage);
  return 0;
}

static herr_t driver_truncate(H5FD_t *shared, hid_t transfer, hbool_t is_closing) {
  (void)transfer;
  open_file *file = (open_file *)shared;
  cfile_storage *storage = file->storage;
  if (!file->may_write || storage->failure != 0) return 0;
  if (is_closing) file->has_final_size = true;
  if (file->allocated <= storage->end) return 0;
  if (!storage->is_private && ftruncate(storage->descriptor, (off_t)file->allocated) != 0) {
    fail(storage, "lengthen", errno);
    return 0;
  }
  storage->end = file->allocated;
  return 0;
}

static const H5FD_class_t driver = {
#if H5_VERSION_GE(1, 13, 2)
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)600,
#endif
    .name = "hugoniot",
    .maxaddr = UINT64_MAX / 2,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(cfile_storage *),
    .open = driver_open,
    .close = driver_close,
    .query = driver_query,
    .get_eoa = driver_get_eoa,
    .set_eoa = driver_set_eoa,
    .get_eof = driver_get_eof,
    .get_handle = driver_get_handle,
    .read = driver_read,
    .write = driver_write,
    .flush = driver_flush,
    .truncate = driver_truncate,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

int64_t cfile_access_list(cfile_storage *storage) {
  static hid_t registered = -1;
  if (registered < 0) registered = H5FDregister(&driver);
  if (registered < 0) return -1;
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access < 0) return -1;
  // Strong: closing the file closes its objects, so that no forgotten dataset keeps it open.
  if (H5Pset_driver(access, registered, &storage) < 0 || H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0) {
    H5Pclose(access);
    return -1;
  }
  return access;
}
