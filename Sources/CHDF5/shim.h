// Plain functions for what HDF5 offers only as macros, which Swift does not import.
#pragma once
#include <hdf5/serial/hdf5.h>
#include <hdf5/serial/hdf5_hl.h>
#include <string.h>

static inline hid_t chdf5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t chdf5_native_int16(void) { return H5T_NATIVE_INT16; }
static inline hid_t chdf5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_native_uint16(void) { return H5T_NATIVE_UINT16; }
static inline hid_t chdf5_native_uint32(void) { return H5T_NATIVE_UINT32; }
static inline hid_t chdf5_native_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_ieee_f32le(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline size_t chdf5_variable_length(void) { return H5T_VARIABLE; }

static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_dataset_access(void) { return H5P_DATASET_ACCESS; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_read_write(void) { return H5F_ACC_RDWR; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline hsize_t chdf5_unlimited(void) { return H5S_UNLIMITED; }

// Where an object begins in its file.
static inline herr_t chdf5_object_address(hid_t object, uint64_t *address) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info1_t information;
  herr_t status = H5Oget_info1(object, &information);
#else
  H5O_info_t information;
  herr_t status = H5Oget_info(object, &information);
#endif
  if (status >= 0) *address = information.addr;
  return status;
}

// The description of the innermost entry of the calling thread's error stack: the first cause.
typedef struct {
  char *text;
  size_t capacity;
} chdf5_error_buffer;

static herr_t chdf5_take_description(unsigned n, const H5E_error2_t *entry, void *client) {
  chdf5_error_buffer *buffer = (chdf5_error_buffer *)client;
  if (n == 0 && entry->desc != NULL) {
    strncpy(buffer->text, entry->desc, buffer->capacity - 1);
    buffer->text[buffer->capacity - 1] = 0;
  }
  return 0;
}

static inline void chdf5_error_reason(char *text, size_t capacity) {
  chdf5_error_buffer buffer = {text, capacity};
  text[0] = 0;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, chdf5_take_description, &buffer);
}

#ifdef __linux__
#include <sys/types.h>
// Visible only to GNU programs in the C library's own header. Reserves disk blocks for the bytes that HDF5 will
// append, without changing the file's size (mode 1), so that a full disk shows before HDF5 has written half.
int fallocate(int descriptor, int mode, off_t offset, off_t length);

static inline int chdf5_reserve(int descriptor, off_t offset, off_t length) {
  return fallocate(descriptor, 1, offset, length);
}
#endif
