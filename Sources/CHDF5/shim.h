// The functions of libhdf5 that are called, as a table that is filled when the first HDF5 file is
// read: docs/decisions/hdf5.md says why nothing is linked. Their types are those of the header.
#ifndef MI_HDF5_SHIM_H
#define MI_HDF5_SHIM_H

#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif
#include <dlfcn.h>

#define MI_HDF5_FUNCTIONS(F) \
  F(H5dont_atexit) F(H5open) F(H5get_libversion) F(H5free_memory) F(H5Eset_auto2) \
  F(H5Fopen) F(H5Fclose) F(H5Lexists) F(H5Lget_name_by_idx) \
  F(H5Oopen) F(H5Oclose) F(H5Iget_type) F(H5Gget_info) \
  F(H5Aexists) F(H5Aopen) F(H5Aclose) F(H5Aread) F(H5Aget_space) F(H5Aget_type) \
  F(H5Dget_space) F(H5Dget_type) F(H5Dget_create_plist) F(H5Dread) \
  F(H5Sclose) F(H5Sget_simple_extent_type) F(H5Sget_simple_extent_ndims) \
  F(H5Sget_simple_extent_dims) \
  F(H5Tclose) F(H5Tget_class) F(H5Tget_size) F(H5Tget_sign) F(H5Tget_nmembers) \
  F(H5Tget_strpad) F(H5Tis_variable_str) \
  F(H5Pclose) F(H5Pget_nfilters) F(H5Pget_filter2) F(H5Zfilter_avail)

typedef struct {
#define F(name) __typeof__(&name) name;
  MI_HDF5_FUNCTIONS(F)
#undef F
  hid_t native_double, native_int64, native_uint64;
} mi_hdf5;

// Fills the table; gives the name of what the library lacks, or NULL.
static inline const char *mi_hdf5_load(void *library, mi_hdf5 *table) {
#define F(name) \
  table->name = (__typeof__(&name))dlsym(library, #name); \
  if (!table->name) return #name;
  MI_HDF5_FUNCTIONS(F)
#undef F
  // Files are only read. What a damaged one leaves open would make libhdf5 1.10 print an "infinite loop
  // closing library" when the process ends.
  table->H5dont_atexit();
  // The types are variables that H5open sets.
  if (table->H5open() < 0) return "H5open";
  const hid_t *types[3] = {
      (const hid_t *)dlsym(library, "H5T_NATIVE_DOUBLE_g"),
      (const hid_t *)dlsym(library, "H5T_NATIVE_INT64_g"),
      (const hid_t *)dlsym(library, "H5T_NATIVE_UINT64_g")};
  if (!types[0] || !types[1] || !types[2]) return "H5T_NATIVE_DOUBLE_g";
  table->native_double = *types[0];
  table->native_int64 = *types[1];
  table->native_uint64 = *types[2];
  return 0;
}

// Keeps the failures of this thread off stderr: they are told in our own sentences. Each thread has its
// own setting where the library is built for several.
static inline void mi_hdf5_hush(const mi_hdf5 *table) {
  table->H5Eset_auto2(H5E_DEFAULT, 0, 0);
}

#endif
