// SPDX-License-Identifier: MIT
// What the parts of the glue between R and libMICore share.
#ifndef GLUE_H
#define GLUE_H

#define R_NO_REMAP_RMATH
#include <R.h>
#include <Rinternals.h>
#include <stdint.h>
#include <stdio.h>

#include "mi_core.h"

/// An array that R described as list(name, type, data, shape, reading, levels); its memory is R's.
mi_array glue_array(SEXP list);
mi_array *glue_array_or_null(SEXP list);

/// One call into the core.
typedef struct glue_job {
  mi_answer *(*run)(struct glue_job *job);
  const void *arguments;
  mi_call call;
  int32_t cancel;
  int finished;
  mi_answer *answer;
} glue_job;

/// Runs a job on a thread of its own, while this one, R's, answers calls of R functions, shows
/// progress and looks for interrupts. `how` is list(seed, threads, progress).
mi_answer *glue_run(glue_job *job, SEXP how);

/// list(status, code, text, numbers) of an answer, which is freed.
SEXP glue_result(mi_answer *answer);

/// The registered R function `function` as the core calls it.
mi_function glue_function(void);

mi_core *glue_core(void);

#endif
