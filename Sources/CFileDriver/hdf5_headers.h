// Drivers are declared in a header of their own since HDF5 1.13.
#pragma once
#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#else
#include <H5FDpublic.h>
#endif
