#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "file_driver.h"
#include "hdf5_headers.h"

// A file with many objects is looked at for so long; what comes later is taken on trust.
static const double longest_walk = 3;
// Seconds of the processor after which it does not end at all; a busy machine and a slow disk do not count.
static const rlim_t longest_computation = 4;
// A file makes HDF5 compute, not wait: where the child waits, for a disk or for a lock that another thread held when it
// was started, the file is not to blame.
static const unsigned longest_wait = 10;
// Memory that the child may take besides what its parent had.
static const rlim_t most_memory = (rlim_t)2 << 30;
// Values that are read of one array, in bytes; of larger ones rows at regular distances.
static const size_t most_values = (size_t)64 << 20;
// As deep as the readers go.
static const int deepest = 64;
// A row of an array that is written on trial has at most so many bytes.
static const size_t longest_row = (size_t)8 << 20;

// The exit code of a child that HDF5 told that the structure of the file is broken.
enum { broken = 1 };

static struct timespec started;
static haddr_t *seen;
static size_t seen_count, seen_capacity;

static bool is_over(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - started.tv_sec) + 1e-9 * (double)(now.tv_nsec - started.tv_nsec) > longest_walk;
}

// What HDF5 does where the structure is broken is the least safe part of it: a file in which a call fails that needs
// nothing but the structure is refused, so that its readers never come there.
static void require(bool is_sound) {
  if (!is_sound) _exit(broken);
}

// Whether an object was visited before; it is from now on.
static bool is_known(haddr_t address) {
  for (size_t i = 0; i < seen_count; i++)
    if (seen[i] == address) return true;
  if (seen_count == seen_capacity) {
    size_t capacity = seen_capacity == 0 ? 256 : 2 * seen_capacity;
    haddr_t *larger = realloc(seen, capacity * sizeof *larger);
    if (larger == NULL) return true;
    seen = larger;
    seen_capacity = capacity;
  }
  seen[seen_count++] = address;
  return false;
}

static haddr_t address_of(hid_t object) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info1_t information;
  return H5Oget_info1(object, &information) < 0 ? HADDR_UNDEF : information.addr;
#else
  H5O_info_t information;
  return H5Oget_info(object, &information) < 0 ? HADDR_UNDEF : information.addr;
#endif
}

// What is read of an attribute or of a part of an array, which differ in the call only.
typedef herr_t (*reader)(hid_t object, hid_t type, hid_t memory, hid_t file, void *bytes);

static herr_t read_attribute(hid_t object, hid_t type, hid_t memory, hid_t file, void *bytes) {
  (void)memory;
  (void)file;
  return H5Aread(object, type, bytes);
}

static herr_t read_array(hid_t object, hid_t type, hid_t memory, hid_t file, void *bytes) {
  return H5Dread(object, type, memory, file, H5P_DEFAULT, bytes);
}

static herr_t read_values(reader read, hid_t object, hid_t type, hid_t memory, hid_t file, hsize_t count) {
  H5T_class_t kind = H5Tget_class(type);
  bool is_number = kind == H5T_INTEGER || kind == H5T_FLOAT;
  size_t size = H5Tget_size(type);
  if (count == 0 || size == 0 || (!is_number && kind != H5T_STRING)) return 0;
  bool is_variable = kind == H5T_STRING && H5Tis_variable_str(type) > 0;
  size_t width = is_number ? 8 : is_variable ? sizeof(char *) : size;
  if (count > most_values / width) return 0;
  void *bytes = calloc((size_t)count, width);
  if (bytes == NULL) return 0;
  hid_t wanted = !is_number ? type : kind == H5T_FLOAT ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64;
  herr_t status = read(object, wanted, memory, file, bytes);
  if (status >= 0 && is_variable) {
    // As its readers do: every text is looked at to its end, and given back.
    size_t length = 0;
    for (hsize_t i = 0; i < count; i++) {
      char *text = ((char **)bytes)[i];
      if (text != NULL) length += strlen(text);
      H5free_memory(text);
    }
    if (length == SIZE_MAX) raise(SIGABRT);
  }
  free(bytes);
  return status;
}

static void visit_attributes(hid_t object) {
  int count = H5Aget_num_attrs(object);
  require(count >= 0);
  for (int i = 0; i < count && !is_over(); i++) {
    char name[1024];
    require(
        H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, (hsize_t)i, name, sizeof name, H5P_DEFAULT) >= 0);
    hid_t attribute =
        H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, (hsize_t)i, H5P_DEFAULT, H5P_DEFAULT);
    require(attribute >= 0);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    require(type >= 0 && space >= 0);
    hssize_t values = H5Sget_simple_extent_npoints(space);
    require(values >= 0);
    require(read_values(read_attribute, attribute, type, H5S_ALL, H5S_ALL, (hsize_t)values) >= 0);
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
  }
}

// Reads the row `row`, or its first part where it is large.
static void read_row(hid_t array, hid_t type, int rank, const hsize_t *extent, hsize_t row, size_t width) {
  hsize_t start[H5S_MAX_RANK] = {0}, count[H5S_MAX_RANK], values = 1;
  start[0] = row;
  count[0] = 1;
  for (int axis = 1; axis < rank; axis++) count[axis] = extent[axis];
  for (int axis = rank - 1; axis > 0; axis--) {
    hsize_t room = most_values / width / values;
    if (room == 0) room = 1;
    if (count[axis] > room) count[axis] = room;
    values *= count[axis];
  }
  hid_t memory = H5Screate_simple(rank, count, NULL), file = H5Dget_space(array);
  if (memory >= 0 && file >= 0 && H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0)
    read_values(read_array, array, type, memory, file, values);
  if (memory >= 0) H5Sclose(memory);
  if (file >= 0) H5Sclose(file);
}

static void read_array_values(hid_t array, hid_t type, hid_t space) {
  int rank = H5Sget_simple_extent_ndims(space);
  hsize_t extent[H5S_MAX_RANK], row = 1;
  if (rank < 0 || rank > H5S_MAX_RANK) return;
  if (rank == 0) {
    read_values(read_array, array, type, H5S_ALL, H5S_ALL, 1);
    return;
  }
  if (H5Sget_simple_extent_dims(space, extent, NULL) < 0) return;
  size_t width = H5Tget_size(type) > 8 ? H5Tget_size(type) : 8;
  hsize_t most = most_values / width;
  for (int axis = 1; axis < rank; axis++) {
    if (extent[axis] == 0) return;
    row = row > most / extent[axis] ? most + 1 : row * extent[axis];
  }
  if (extent[0] > 0 && row <= most / extent[0]) {
    read_values(read_array, array, type, H5S_ALL, H5S_ALL, row * extent[0]);
    return;
  }
  hsize_t rows = most / row;
  if (rows < 2) rows = 2;
  hsize_t step = extent[0] / rows + 1;
  for (hsize_t index = 0; index < extent[0] && !is_over(); index += step)
    read_row(array, type, rank, extent, index, width);
  if (extent[0] > 0) read_row(array, type, rank, extent, extent[0] - 1, width);
}

// Changes an array that grows as its writers do: rows are added, written and cut off.
static void change_array(hid_t array, hid_t type, hid_t space) {
  int rank = H5Sget_simple_extent_ndims(space);
  hsize_t extent[H5S_MAX_RANK], limit[H5S_MAX_RANK], count[H5S_MAX_RANK], start[H5S_MAX_RANK] = {0}, values = 1;
  if (rank < 1 || rank > H5S_MAX_RANK || H5Sget_simple_extent_dims(space, extent, limit) < 0) return;
  if (limit[0] != H5S_UNLIMITED) return;
  hsize_t rows = extent[0];
  count[0] = 1;
  start[0] = rows;
  for (int axis = 1; axis < rank; axis++) {
    count[axis] = extent[axis];
    if (extent[axis] == 0 || values > most_values / extent[axis]) return;
    values *= extent[axis];
  }
  size_t size = H5Tget_size(type);
  H5T_class_t kind = H5Tget_class(type);
  extent[0] = rows + 1;
  require(H5Dset_extent(array, extent) >= 0);
  bool is_short = (kind == H5T_INTEGER || kind == H5T_FLOAT) && size <= 16 && values <= longest_row / 16;
  void *zeros = is_short ? calloc((size_t)values, size) : NULL;
  hid_t memory = H5Screate_simple(rank, count, NULL), file = H5Dget_space(array);
  if (zeros != NULL && H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0)
    require(H5Dwrite(array, type, memory, file, H5P_DEFAULT, zeros) >= 0);
  free(zeros);
  H5Sclose(memory);
  H5Sclose(file);
  for (hsize_t left = rows / 2 + 1; left > 0; left /= 2) {
    extent[0] = left - 1;
    require(H5Dset_extent(array, extent) >= 0);
  }
}

static void visit_array(hid_t array, bool writes) {
  hid_t type = H5Dget_type(array), space = H5Dget_space(array), plan = H5Dget_create_plist(array);
  require(type >= 0 && space >= 0 && plan >= 0);
  H5Dget_storage_size(array);
  H5Pget_layout(plan);
  H5Pget_nfilters(plan);
  H5Pclose(plan);
  if (writes) change_array(array, type, space);
  // Values that cannot be read are their readers' business: a filter may be missing.
  else read_array_values(array, type, space);
  H5Tclose(type);
  H5Sclose(space);
}

static void visit_group(hid_t group, int depth, bool writes) {
  H5G_info_t information;
  if (depth > deepest) return;
  require(H5Gget_info(group, &information) >= 0);
  for (hsize_t i = 0; i < information.nlinks && !is_over(); i++) {
    char name[1024];
    require(H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name, sizeof name, H5P_DEFAULT) >= 0);
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    if (object < 0) {
      // Links to names and to other files may lead nowhere.
      H5L_info_t link;
      require(H5Lget_info(group, name, &link, H5P_DEFAULT) >= 0 && link.type != H5L_TYPE_HARD);
      continue;
    }
    haddr_t address = address_of(object);
    require(address != HADDR_UNDEF);
    if (!is_known(address)) {
      if (!writes) visit_attributes(object);
      H5I_type_t kind = H5Iget_type(object);
      if (kind == H5I_GROUP) visit_group(object, depth + 1, writes);
      if (kind == H5I_DATASET) visit_array(object, writes);
    }
    H5Oclose(object);
  }
}

static void change_root(hid_t root) {
  hid_t space = H5Screate(H5S_SCALAR);
  double value = 1;
  hid_t attribute = H5Acreate2(root, "rehearsal of a change", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute >= 0) {
    H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value);
    H5Aclose(attribute);
  }
  hid_t group =
      H5Gcreate2(root, "rehearsal of a change", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  if (group >= 0) {
    hid_t array =
        H5Dcreate2(group, "value", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (array >= 0) {
      H5Dwrite(array, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value);
      H5Dclose(array);
    }
    H5Gclose(group);
  }
  H5Sclose(space);
}

static void rehearse(const char *path, const char *journal, bool writes) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  cfile_storage *storage = cfile_storage_create(descriptor);
  if (storage == NULL) return;
  cfile_storage_keep_private(storage);
  int left = journal == NULL ? -1 : open(journal, O_RDONLY | O_CLOEXEC);
  if (left >= 0) cfile_storage_take_journal(storage, left);
  hid_t access = cfile_access_list(storage);
  hid_t file = H5Fopen(path, writes ? H5F_ACC_RDWR : H5F_ACC_RDONLY, access);
  if (file < 0) return;
  hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
  if (root >= 0) {
    visit_attributes(root);
    is_known(address_of(root));
    visit_group(root, 0, false);
    if (writes) {
      clock_gettime(CLOCK_MONOTONIC, &started);
      seen_count = 0;
      is_known(address_of(root));
      visit_group(root, 0, true);
      change_root(root);
      require(H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0);
    }
    H5Gclose(root);
  }
  H5Fclose(file);
}

// Bytes of address space that this process has; 0 where the system does not say.
static rlim_t address_space(void) {
  char text[64] = {0};
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  return length <= 0 ? 0 : (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

// What the parent has open is no business of its child: locks, listening sockets and pipes would live as long as it does.
static void leave_descriptors(void) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  if (close_range(3, ~0U, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = 3; descriptor < (most > 0 && most < 65536 ? most : 65536); descriptor++) close(descriptor);
}

static void limit(void) {
  const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGALRM, SIGXCPU};
  const int foreign[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
  sigset_t none;
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) signal(fatal[i], SIG_DFL);
  // Whoever stops the tool stops the parent, which does not take that for a damaged file.
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) signal(foreign[i], SIG_IGN);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  struct rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  rlim_t present = address_space();
  struct rlimit memory;
  if (present > 0 && getrlimit(RLIMIT_AS, &memory) == 0) {
    rlim_t wanted = present + most_memory;
    if (memory.rlim_cur == RLIM_INFINITY || memory.rlim_cur > wanted) memory.rlim_cur = wanted;
    setrlimit(RLIMIT_AS, &memory);
  }
  struct rlimit computation;
  if (getrlimit(RLIMIT_CPU, &computation) == 0) {
    computation.rlim_cur = longest_computation;
    setrlimit(RLIMIT_CPU, &computation);
  }
  alarm(longest_wait);
#ifdef __GLIBC__
  // Whoever reads memory that it has not written, or that it has given back, is to fall here and not elsewhere.
  mallopt(M_PERTURB, 0x5A);
#endif
  H5set_free_list_limits(0, 0, 0, 0, 0, 0);
  // The C library complains about a broken heap on standard error.
  int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
}

int cfile_rehearse(const char *path, const char *journal, bool writes) {
  pid_t child = fork();
  if (child < 0) return 0;
  if (child == 0) {
    clock_gettime(CLOCK_MONOTONIC, &started);
    leave_descriptors();
    limit();
    rehearse(path, journal, writes);
    _exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 0;
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? 0 : WTERMSIG(status);
  return WEXITSTATUS(status) == broken ? -1 : 0;
}
