/* SPDX-License-Identifier: MIT
 *
 * The layout that ABI 1 promises on 64-bit machines: fields may be added at the end of a structure
 * that has its size, and nothing else may change without a new ABI. */
#include "mi_plugin.h"

#include <stddef.h>

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(mi_parameter) == 56, "mi_parameter");
_Static_assert(sizeof(mi_descriptor) == 88, "mi_descriptor");
_Static_assert(offsetof(mi_descriptor, groups) == MI_DESCRIPTOR_SIZE_1, "mi_descriptor, first part");
_Static_assert(offsetof(mi_request, groups) == MI_REQUEST_SIZE_1, "mi_request, first part");
_Static_assert(sizeof(mi_variable) == 40, "mi_variable");
_Static_assert(sizeof(mi_value) == 16, "mi_value");
_Static_assert(sizeof(mi_request) == 72, "mi_request");
_Static_assert(sizeof(mi_result) == 96, "mi_result");
_Static_assert(sizeof(mi_estimator) == 32, "mi_estimator");
_Static_assert(offsetof(mi_plugin, abi) == 0, "mi_plugin");
#endif
