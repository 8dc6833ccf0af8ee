// SPDX-License-Identifier: MIT
#include "glue.h"

#include <stdlib.h>
#include <string.h>

// The code points of UTF-8; gives how many there are.
static size_t code_points(const char *text, uint32_t *out) {
  size_t count = 0;
  for (const unsigned char *p = (const unsigned char *)text; *p; count++) {
    uint32_t value;
    int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
    value = more == 0 ? *p : *p & (0x3F >> more);
    p++;
    for (; more > 0 && *p; more--) value = value << 6 | (*p++ & 0x3F);
    if (out) out[count] = value;
  }
  return count;
}

// Labels as the core takes texts: code points, padded with zeros to the longest.
static void texts(mi_array *array, SEXP codes, SEXP levels) {
  size_t width = 1;
  for (R_xlen_t i = 0; i < XLENGTH(levels); i++) {
    size_t length = code_points(translateCharUTF8(STRING_ELT(levels, i)), NULL);
    if (length > width) width = length;
  }
  size_t count = (size_t)XLENGTH(levels);
  uint32_t *names = (uint32_t *)R_alloc(count ? count * width : 1, sizeof(uint32_t));
  memset(names, 0, count * width * sizeof(uint32_t));
  for (size_t i = 0; i < count; i++)
    code_points(translateCharUTF8(STRING_ELT(levels, (R_xlen_t)i)), names + i * width);
  size_t rows = (size_t)XLENGTH(codes);
  uint32_t *data = (uint32_t *)R_alloc(rows ? rows * width : 1, sizeof(uint32_t));
  for (size_t i = 0; i < rows; i++)
    memcpy(data + i * width, names + (size_t)(INTEGER(codes)[i] - 1) * width, width * sizeof(uint32_t));
  char *type = R_alloc(24, 1);
  snprintf(type, 24, "<U%zu", width);
  array->type = type;
  array->data = data;
}

mi_array glue_array(SEXP list) {
  mi_array array = {0};
  SEXP shape = VECTOR_ELT(list, 3), data = VECTOR_ELT(list, 2);
  const char *type = CHAR(STRING_ELT(VECTOR_ELT(list, 1), 0));
  int64_t *lengths = (int64_t *)R_alloc((size_t)XLENGTH(shape), sizeof(int64_t));
  for (R_xlen_t i = 0; i < XLENGTH(shape); i++) lengths[i] = (int64_t)REAL(shape)[i];
  array.name = translateCharUTF8(STRING_ELT(VECTOR_ELT(list, 0), 0));
  array.shape = lengths;
  array.dimensions = (int32_t)XLENGTH(shape);
  array.reading = INTEGER(VECTOR_ELT(list, 4))[0];
  if (strcmp(type, "text") == 0) {
    texts(&array, data, VECTOR_ELT(list, 5));
  } else if (strcmp(type, "integer") == 0) {
    array.type = "<i4";
    array.data = INTEGER(data);
  } else {
    array.type = "<f8";
    array.data = REAL(data);
  }
  return array;
}

mi_array *glue_array_or_null(SEXP list) {
  if (isNull(list)) return NULL;
  mi_array *array = (mi_array *)R_alloc(1, sizeof(mi_array));
  *array = glue_array(list);
  return array;
}
