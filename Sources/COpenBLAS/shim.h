// CBLAS as OpenBLAS implements it. Debian keeps LAPACKE in a library of its own: see CLAPACKE.
#include <cblas.h>
