/* SPDX-License-Identifier: MIT
 *
 * The contract of a binary estimator plugin, ABI 1.
 *
 * A plugin is a shared library that exports one function, mi_plugin_entry. It needs this header
 * and nothing else of swift-mutual-information. The rules, which `mi plugin check LIBRARY` tests:
 *
 *  1. Nats. The number is in nats, never clamped at zero, never NaN: where there is no finite
 *     number, fail with a sentence.
 *  2. Same request, same bits, whatever `threads` is. All randomness comes from `seed`.
 *  3. Nothing silent. Rows dropped or noise added are reported in the diagnostics or the warnings.
 *  4. The descriptor is true. The host refuses requests beyond it before the plugin is called.
 *  5. No state. `estimate` may be called from several threads at once.
 *  6. Polite. Work of more than a second calls `progress` once a second and stops when it says so.
 *  7. Do not exit, raise signals or print to stdout. By default the plugin runs in a child process,
 *     where a crash costs one result; in-process it costs the whole run.
 *
 * Growth. Every structure starts with its size in bytes as its author compiled it. A reader looks
 * at a field only where that size covers it, so a new field never disturbs an old plugin or an old
 * host. A change that this cannot carry gets a new ABI number.
 *
 * Ownership. What the plugin's descriptor points to lives as long as the library. What the request
 * points to lives until `estimate` returns. What the result points to belongs to the plugin, lives
 * until the host calls `release`, and is read before that. All text is UTF-8 and ends with a NUL.
 */
#ifndef MI_PLUGIN_H
#define MI_PLUGIN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MI_PLUGIN_ABI 1u

/* What `estimate` returns. */
#define MI_OK 0        /* result->nats is set */
#define MI_FAILED 1    /* result->error is set, and result->error_code where one fits */
#define MI_CANCELLED 2 /* progress() said stop */

/* Kinds of pairs of variables: the bits of mi_descriptor.kinds. */
#define MI_CONTINUOUS 1u /* numbers and numbers */
#define MI_MIXED 2u      /* numbers and labels, in either order */
#define MI_DISCRETE 4u   /* labels and labels */

/* Changes of the data that leave the number alone: the bits of mi_descriptor.invariances. */
#define MI_SWAP 1u         /* x and y exchanged */
#define MI_ROW_ORDER 2u    /* rows permuted */
#define MI_SHIFT 4u        /* a constant added to a column */
#define MI_JOINT_SCALE 8u  /* all columns times one positive constant */
#define MI_SCALE 16u       /* one column times a positive constant */
#define MI_MONOTONE 32u    /* an increasing function of one column */
#define MI_LINEAR 64u      /* an invertible linear map within x or within y */
#define MI_RELABEL 128u    /* classes renamed */

/* Ways of drawing rows anew that are valid: the bits of mi_descriptor.resampling. */
#define MI_SUBSAMPLING 1u    /* a subset of the rows */
#define MI_PAIR_BOOTSTRAP 2u /* rows with replacement; wrong for neighbor estimators */

/* What the number is: mi_descriptor.result_kind. */
#define MI_ESTIMATE 0u
#define MI_LOWER_BOUND 1u
#define MI_UPPER_BOUND 2u

/* What the estimator does where rows come in groups, as all recordings of a speaker:
 * mi_descriptor.groups. */
#define MI_GROUPS_REFUSED 0u    /* it does not know groups; the host refuses such requests */
#define MI_GROUPS_UNAFFECTED 1u /* they do not change its number: it neither trains nor splits rows */
#define MI_GROUPS_KEPT 2u       /* it keeps a group together where it trains on rows and scores others */

/* Types of parameters. */
#define MI_INTEGER 0u
#define MI_NUMBER 1u
#define MI_CHOICE 2u
#define MI_FLAG 3u

/* One parameter of an estimator. */
typedef struct mi_parameter {
  uint32_t size;
  uint32_t type;
  const char *name;           /* in `-p name=value`, lowerCamelCase */
  const char *meaning;        /* one line, with its unit */
  const char *default_value;  /* as it would be written after `-p name=` */
  double minimum, maximum;    /* of MI_INTEGER and MI_NUMBER */
  const char *const *choices; /* of MI_CHOICE: words, then NULL; else NULL */
} mi_parameter;

/* What an estimator is. */
typedef struct mi_descriptor {
  uint32_t size;
  uint32_t kinds;             /* at least one bit */
  uint32_t invariances;
  uint32_t resampling;
  uint32_t result_kind;
  uint32_t deterministic;     /* 1: the seed does not matter */
  int64_t minimum_samples;    /* rows with which it can run at its defaults, at least 1 */
  int64_t maximum_dimension;  /* the largest dx + dy; 0: no limit */
  const char *id;             /* lower case, digits and hyphens: "ksg-c" */
  const char *version;        /* raised whenever a request may give another number */
  const char *summary;        /* one line */
  const char *reference;      /* the paper, with DOI or arXiv number */
  const mi_parameter *const *parameters; /* then NULL; or NULL where there are none */
  uint32_t groups;            /* MI_GROUPS_...; since the second release: read where `size` covers it */
  uint32_t reserved;
} mi_descriptor;

/* One variable: numbers (codes is NULL) or labels (values is NULL). */
typedef struct mi_variable {
  uint32_t size;
  uint32_t reserved;
  int64_t columns;       /* d of numbers, 1 of labels */
  const double *values;  /* n x d, row-major: row i starts at values + i * d; all finite */
  const int32_t *codes;  /* n class codes, 0 ... classes - 1; names, not numbers */
  int64_t classes;       /* of labels; a class may have no row */
} mi_variable;

/* The value of one parameter, in the order of the descriptor. */
typedef struct mi_value {
  const char *text;  /* as after `-p name=` */
  double number;     /* of a number; 0 or 1 of a flag; the place among the choices */
} mi_value;

/* All that an estimator is given. */
typedef struct mi_request {
  uint32_t size;
  uint32_t threads;      /* threads that may work at once, at least 1 */
  int64_t n;             /* rows of x and of y */
  uint64_t seed;
  const mi_variable *x;
  const mi_variable *y;
  const mi_value *values;
  void *context;
  /* Tells the share done, 0 to 1. Not 0 means: stop and return MI_CANCELLED. Only from the thread
   * that called estimate. Never NULL. */
  int32_t (*progress)(void *context, double share);
  /* The group of each of the n rows, or NULL where rows stand alone; since the second release. Only
   * an estimator whose descriptor says MI_GROUPS_UNAFFECTED or MI_GROUPS_KEPT is given any. */
  const int32_t *groups;
} mi_request;

/* Sizes in the first release, where a plugin without the newer fields ends. */
#define MI_DESCRIPTOR_SIZE_1 80u
#define MI_REQUEST_SIZE_1 64u

/* A named fact about a run; `text` is NULL for a number. */
typedef struct mi_diagnostic {
  const char *name;
  const char *text;
  double number;
} mi_diagnostic;

/* What the reader must know before believing the number. */
typedef struct mi_warning {
  const char *code;     /* stable, lowerCamelCase */
  const char *message;  /* one sentence with the values found */
} mi_warning;

/* The answer. The host sets `size` and standard_error = NaN, and everything else to 0. */
typedef struct mi_result {
  uint32_t size;
  uint32_t reserved;
  double nats;
  double standard_error;      /* NaN: not known */
  const double *pointwise;    /* n contributions whose mean is `nats`, or NULL */
  const mi_diagnostic *diagnostics;
  int64_t diagnostic_count;
  const mi_warning *warnings;
  int64_t warning_count;
  const char *error_code;     /* constantColumn, classTooSmall, singularCovariance, ... or NULL */
  const char *error;          /* one sentence with the found and the needed value */
  void *state;                /* the plugin's own, for `release` */
  void (*release)(struct mi_result *result); /* or NULL; called once, failed or not */
} mi_result;

/* An estimator. */
typedef struct mi_estimator {
  uint32_t size;
  uint32_t reserved;
  const mi_descriptor *descriptor;
  int32_t (*estimate)(
      const struct mi_estimator *self, const mi_request *request, mi_result *result);
  void *state; /* the plugin's own */
} mi_estimator;

/* A plugin: one or more estimators. */
typedef struct mi_plugin {
  uint32_t abi;  /* MI_PLUGIN_ABI as the plugin was compiled; stays the first field for ever */
  uint32_t size;
  const char *name;
  const char *version;
  const mi_estimator *const *estimators; /* then NULL */
} mi_plugin;

/* The one exported function. `host_abi` is the newest ABI that the host speaks; a plugin that
 * cannot serve it returns NULL. Called once; it must not compute. */
const mi_plugin *mi_plugin_entry(uint32_t host_abi);

#ifdef __cplusplus
}
#endif
#endif
