// SPDX-License-Identifier: MIT
// The functions that R calls: arguments into structures of mi_core.h, answers into lists.
#include "glue.h"

#include <R_ext/Rdynload.h>

static mi_core *opened;

mi_core *glue_core(void) {
  if (!opened) opened = mi_core_open();
  return opened;
}

static SEXP utf8(const char *text) { return ScalarString(mkCharCE(text, CE_UTF8)); }

static const char *text_or_null(SEXP text) {
  return isNull(text) ? NULL : translateCharUTF8(STRING_ELT(text, 0));
}

SEXP glue_result(mi_answer *answer) {
  int64_t count = 0;
  const double *numbers = mi_answer_numbers(answer, &count);
  SEXP result = PROTECT(allocVector(VECSXP, 4));
  SET_VECTOR_ELT(result, 0, ScalarInteger(mi_answer_status(answer)));
  SET_VECTOR_ELT(result, 1, utf8(mi_answer_code(answer)));
  SET_VECTOR_ELT(result, 2, utf8(mi_answer_text(answer)));
  if (numbers) {
    SEXP copy = allocVector(REALSXP, (R_xlen_t)count);
    SET_VECTOR_ELT(result, 3, copy);
    for (int64_t i = 0; i < count; i++) REAL(copy)[i] = numbers[i];
  }
  mi_answer_free(answer);
  UNPROTECT(1);
  return result;
}

typedef struct {
  const char *estimator, *parameters, *surrogates, *options;
  mi_array x, *y, *given, *groups, *train_rows;
  mi_array *teachers, student, labels;
  int64_t teacher_count, permutations;
} arguments;

static mi_answer *estimate(glue_job *job) {
  const arguments *a = job->arguments;
  mi_number number;
  return mi_core_estimate(glue_core(), a->estimator, a->parameters, &a->x, a->y, a->given, a->groups,
                          a->permutations, a->surrogates, &job->call, &number);
}

SEXP call_estimate(SEXP estimator, SEXP parameters, SEXP x, SEXP y, SEXP given, SEXP groups,
                   SEXP permutations, SEXP surrogates, SEXP how) {
  arguments a = {0};
  a.estimator = text_or_null(estimator);
  a.parameters = text_or_null(parameters);
  a.surrogates = text_or_null(surrogates);
  a.x = glue_array(x);
  a.y = glue_array_or_null(y);
  a.given = glue_array_or_null(given);
  a.groups = glue_array_or_null(groups);
  a.permutations = (int64_t)REAL(permutations)[0];
  glue_job job = {estimate, &a, {0}, 0, 0, NULL};
  return glue_result(glue_run(&job, how));
}

static mi_answer *pairwise(glue_job *job) {
  const arguments *a = job->arguments;
  return mi_core_pairwise(glue_core(), a->estimator, a->parameters, &a->x, a->y, &job->call);
}

SEXP call_pairwise(SEXP estimator, SEXP parameters, SEXP x, SEXP y, SEXP how) {
  arguments a = {0};
  a.estimator = text_or_null(estimator);
  a.parameters = text_or_null(parameters);
  a.x = glue_array(x);
  a.y = glue_array_or_null(y);
  glue_job job = {pairwise, &a, {0}, 0, 0, NULL};
  return glue_result(glue_run(&job, how));
}

static mi_answer *score(glue_job *job) {
  return mi_core_score(glue_core(), ((const arguments *)job->arguments)->options, &job->call);
}

SEXP call_score(SEXP options, SEXP how) {
  arguments a = {0};
  a.options = text_or_null(options);
  glue_job job = {score, &a, {0}, 0, 0, NULL};
  return glue_result(glue_run(&job, how));
}

static mi_answer *check(glue_job *job) {
  const arguments *a = job->arguments;
  return mi_core_check(glue_core(), a->teachers, a->teacher_count, &a->student, &a->labels, a->groups,
                       a->train_rows, a->options, &job->call);
}

SEXP call_check(SEXP teachers, SEXP student, SEXP labels, SEXP groups, SEXP train_rows, SEXP options,
                SEXP how) {
  arguments a = {0};
  a.teacher_count = (int64_t)XLENGTH(teachers);
  a.teachers = (mi_array *)R_alloc((size_t)a.teacher_count + 1, sizeof(mi_array));
  for (R_xlen_t i = 0; i < XLENGTH(teachers); i++)
    a.teachers[i] = glue_array(VECTOR_ELT(teachers, i));
  a.student = glue_array(student);
  a.labels = glue_array(labels);
  a.groups = glue_array_or_null(groups);
  a.train_rows = glue_array_or_null(train_rows);
  a.options = text_or_null(options);
  glue_job job = {check, &a, {0}, 0, 0, NULL};
  return glue_result(glue_run(&job, how));
}

SEXP call_describe(SEXP x, SEXP y) {
  mi_array first = glue_array(x);
  return glue_result(mi_core_describe(&first, glue_array_or_null(y)));
}

SEXP call_list(void) { return glue_result(mi_core_list(glue_core())); }

SEXP call_register(SEXP descriptor, SEXP function) {
  // Kept for good: calls that began before a removal may still come.
  R_PreserveObject(function);
  return glue_result(
      mi_core_register(glue_core(), text_or_null(descriptor), glue_function(), function));
}

SEXP call_unregister(SEXP id) {
  return glue_result(mi_core_unregister(glue_core(), text_or_null(id)));
}

SEXP call_load_plugin(SEXP plugin, SEXP host, SEXP options) {
  return glue_result(mi_core_load_plugin(glue_core(), text_or_null(plugin), text_or_null(host),
                                         text_or_null(options)));
}

SEXP call_version(void) {
  SEXP found = PROTECT(allocVector(STRSXP, 3));
  SET_STRING_ELT(found, 0, mkChar(mi_core_version()));
  SET_STRING_ELT(found, 1, mkChar(mi_core_kernels()));
  SET_STRING_ELT(found, 2, mkChar(mi_core_kernel_warning()));
  UNPROTECT(1);
  return found;
}

SEXP call_abi(void) {
  SEXP found = PROTECT(allocVector(INTSXP, 2));
  INTEGER(found)[0] = mi_core_abi();
  INTEGER(found)[1] = MI_CORE_ABI;
  UNPROTECT(1);
  return found;
}

#define ENTRY(name, count) {#name, (DL_FUNC)&call_##name, count}

static const R_CallMethodDef entries[] = {
    ENTRY(estimate, 9), ENTRY(pairwise, 5), ENTRY(score, 2),    ENTRY(check, 7),
    ENTRY(describe, 2), ENTRY(list, 0),     ENTRY(register, 2), ENTRY(unregister, 1),
    ENTRY(load_plugin, 3), ENTRY(version, 0), ENTRY(abi, 0),  {NULL, NULL, 0}};

void R_init_mutualinformation(DllInfo *info) {
  R_registerRoutines(info, NULL, entries, NULL, NULL);
  R_useDynamicSymbols(info, FALSE);
  R_forceSymbols(info, TRUE);
}
