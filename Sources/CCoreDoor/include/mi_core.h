// SPDX-License-Identifier: MIT

/// The core as a C library, libMICore: what the Python package calls, and any language may.
///
/// ## The contract
///
/// - A call that can fail returns an mi_answer, never NULL: a result, or an error with a code, an
///   exit status and one sentence. Nothing else is printed, and nothing ends the process.
/// - Handles are opaque and freed by their own function, once. Texts and numbers that a handle
///   gives are valid until it is freed. Texts are UTF-8 and end with a zero.
/// - Arrays are borrowed for the time of the call: they are neither kept nor written, and nobody
///   else may write to them meanwhile. 64-bit floating numbers are read where they lie, without a
///   copy; so are 32-bit integers, whose classes are numbered in one pass. Any other type is widened
///   once into memory of the core. Arrays are row-major and contiguous.
/// - Results in JSON are the bytes that `mi ... --json` prints for the same data and options.
/// - Every function may be called from any thread at any time, also several at once on one core.
///   `threads` in a call never changes a result.
#ifndef MI_CORE_H
#define MI_CORE_H

#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#else
#define _Nullable
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// Raised when anything below changes its meaning.
#define MI_CORE_ABI 3

/// The estimators known: the built-in ones, and those registered with it.
typedef struct mi_core mi_core;

/// A result, or the reason why there is none.
typedef struct mi_answer mi_answer;

/// MI_CORE_ABI of the library.
int32_t mi_core_abi(void);

/// The version of the library, such as "0.2.0".
const char *mi_core_version(void);

/// The numeric kernels at work, such as "avx2": chosen by the processor's features, at most
/// MI_KERNELS. All but "baseline" on x86-64 give the same bits.
const char *mi_core_kernels(void);

/// A sentence for the user where the kernels are slow ones or MI_KERNELS names none, else "".
const char *mi_core_kernel_warning(void);

/// A core with the built-in estimators.
mi_core *mi_core_open(void);

/// Frees a core; calls on it must have returned.
void mi_core_close(mi_core *core);

// Answers

/// 0: done, 64: wrong usage, 65: bad data, 70: an estimator failed, 130: interrupted.
int32_t mi_answer_status(mi_answer *answer);

/// The code of an error, such as "nonFinite" or "interrupted"; empty where there is none.
const char *mi_answer_code(mi_answer *answer);

/// The JSON of a result, made when first asked for; the sentence of an error.
const char *mi_answer_text(mi_answer *answer);

/// The numbers of a result, `count` of them: the pointwise values of an estimate, or a row-major
/// matrix; NULL where there are none.
const double *_Nullable mi_answer_numbers(mi_answer *answer, int64_t *count);

/// Frees an answer.
void mi_answer_free(mi_answer *answer);

// What calls are given

/// One variable: an array of rows, or of rows x columns.
typedef struct mi_array {
  /// What errors call it.
  const char *name;
  /// The element type as NumPy writes it: "<f8", "<i4", "|b1", "<U5".
  const char *type;
  /// The elements; not read where there are none.
  const void *_Nullable data;
  /// The length of each dimension.
  const int64_t *_Nullable shape;
  int32_t dimensions;
  /// 0: floating numbers are continuous, integers and strings are labels; 1: labels; 2: continuous.
  int32_t reading;
} mi_array;

/// How a call runs.
typedef struct mi_call {
  /// The seed of everything random.
  uint64_t seed;
  /// Threads at work at once, at least 1.
  int64_t threads;
  /// Set to another value than 0, by any thread, to interrupt the call; NULL: never. A call that was
  /// interrupted has no result, but an error of code "interrupted" that says how much was done.
  const int32_t *_Nullable cancel;
  /// Not 0: SIGINT interrupts too, and is passed on to the handler there was. For programs that
  /// handle SIGINT.
  int32_t watches_interrupt;
  /// Told the share of the work done from 0 to 1, or a negative number where it is not known, and a
  /// line for people; from any thread, also after another thread has cancelled.
  void (*_Nullable progress)(void *_Nullable context, double share, const char *line);
  void *_Nullable context;
  /// The answer is written here too, before the call returns it, for callers in whose language a
  /// signal may take the place of what a call returns; NULL: nowhere.
  mi_answer *_Nullable *_Nullable answer;
} mi_call;

// Work

/// The estimators and wrappers: `mi list --json`.
mi_answer *mi_core_list(mi_core *core);

/// What most callers want of an estimate, without JSON.
typedef struct mi_number {
  double nats;
  /// NaN where the estimator gives none.
  double standard_error;
  int64_t n;
  int64_t dx;
  int64_t dy;
  /// The classes of the labels, -1 without labels.
  int64_t classes;
  /// 0: estimate, 1: lower bound, 2: upper bound.
  int32_t kind;
  int32_t warnings;
} mi_number;

/// I(x; y), or I(x; y | given): `mi estimate --json --no-timing`.
///
/// `estimator` is NULL to choose by the kinds and by how the values were recorded. `parameters` has a line `name=value` for each that is
/// set. The numbers of the answer are the pointwise values in nats, where there are any.
/// `groups` has the group of each row, NULL where rows stand alone: an estimator that trains keeps them
/// together, and a test shuffles whole groups.
/// With `permutations` above 0 the answer has a test of independence; `surrogates` says how it
/// rearranges rows: "shuffle", "shift" or "block", NULL for shuffle. Given a third variable the test is of
/// independence given it, and `surrogates` is "local" or NULL.
mi_answer *mi_core_estimate(
    mi_core *core, const char *_Nullable estimator, const char *parameters, const mi_array *x,
    const mi_array *y, const mi_array *_Nullable given, const mi_array *_Nullable groups,
    int64_t permutations, const char *_Nullable surrogates, const mi_call *call, mi_number *number);

/// As mi_core_estimate, with options in JSON: permutations, surrogates (a text or null), and normalize, a list
/// of the scales that the number is also wanted on: "entropy-y", "min-entropy", "correlation".
mi_answer *mi_core_estimate_with(
    mi_core *core, const char *_Nullable estimator, const char *parameters, const mi_array *x,
    const mi_array *y, const mi_array *_Nullable given, const mi_array *_Nullable groups,
    const char *options, const mi_call *call, mi_number *number);

/// How the values of one or two variables were recorded, and what mi_core_estimate would choose:
/// `mi describe --json`.
mi_answer *mi_core_describe(const mi_array *x, const mi_array *_Nullable y);

/// I of pairs of columns of `x`: with `y` NULL of each column with each other one, columns x
/// columns numbers, symmetric, with NaN on the diagonal; else of each column with `y`, columns
/// numbers.
///
/// Each number has the bits that mi_core_estimate gives for the pair, the column of the lower index
/// first. Work on a column is shared by its pairs, and the pairs by the threads. The JSON has the
/// pairs that failed and the warnings of the others; the numbers of failed pairs are NaN.
mi_answer *mi_core_pairwise(
    mi_core *core, const char *_Nullable estimator, const char *parameters, const mi_array *x,
    const mi_array *_Nullable y, const mi_call *call);

/// I of two series at each lag, and a test of the peak: `mi lags --json --no-timing`.
///
/// `estimator` and `parameters` are as in mi_core_estimate. `groups` has the trial of each row, NULL where the rows
/// are one series. The numbers are the contributions to the peak in nats, one for each row of the data
/// (of trials x time: each moment), NaN where it is paired with none.
/// Options: maxLag, minLag (a number or null), permutations, surrogates (a text or null), trials (whether
/// arrays are trials x time).
mi_answer *mi_core_lags(
    mi_core *core, const char *_Nullable estimator, const char *parameters, const mi_array *x,
    const mi_array *y, const mi_array *_Nullable groups, const char *options, const mi_call *call);

/// Transfer entropy from one series to another: `mi transfer --json --no-timing`.
///
/// As mi_core_lags; the numbers are the contributions of the rows of the target.
/// Options: lag, history and sourceHistory (numbers, or null to choose), maxLag, maxHistory, step, givenLag
/// (a number or null), givenHistory, permutations, surrogates (a text or null), correctBias, trials.
mi_answer *mi_core_transfer(
    mi_core *core, const char *_Nullable estimator, const char *parameters, const mi_array *source,
    const mi_array *target, const mi_array *_Nullable given, const mi_array *_Nullable groups,
    const char *options, const mi_call *call);

/// Estimators against known truth: `mi score --json`.
///
/// Options: estimators (a list of {"id", "parameters": {name: text}}), n, dx, dy, classes, levels,
/// replicates, timing.
mi_answer *mi_core_score(mi_core *core, const char *options, const mi_call *call);

/// Will distillation help? `mi check --json`.
///
/// `groups` has the group of each row, `train_rows` the rows that a network was trained on; NULL
/// where there are none. No estimates are kept between calls.
/// Options: estimators, represent, heldOut, alpha, replicates, subsamples, joint, budget (seconds or
/// null), order, contrast, lag (a text: a number of rows or "auto") and maxLag; the last four may be null or
/// missing.
mi_answer *mi_core_check(
    mi_core *core, const mi_array *teachers, int64_t teacher_count, const mi_array *student,
    const mi_array *labels, const mi_array *_Nullable groups,
    const mi_array *_Nullable train_rows, const char *options, const mi_call *call);

/// Does distillation help? Runs it: `mi distill --json`.
///
/// `groups` has the group of each row, NULL where there are none.
/// Options: splits, testShare, teacherRows and studentRows (a number or null), weights, temperatures,
/// teacherModel, studentModel ("linear", "mlp=64x32"), alpha, represent, estimators.
mi_answer *mi_core_distill(
    mi_core *core, const mi_array *teachers, int64_t teacher_count, const mi_array *student,
    const mi_array *labels, const mi_array *_Nullable groups, const char *options,
    const mi_call *call);

/// Runs estimators on a suite and keeps every trial in a store: `mi bench run --json`.
///
/// Options: suite (a name, or a .json file), tasks (patterns), estimators, sizes, seeds, store,
/// deadline (seconds or null), retry, isTemporary (whether the store goes away with an interrupt).
mi_answer *mi_core_bench(mi_core *core, const char *options, const mi_call *call);

/// The leaderboards of a store: `mi bench report --json`.
mi_answer *mi_core_bench_report(const char *store);

/// Whether a store has all trials of the studies that were begun in it: {"complete", "warnings"}.
mi_answer *mi_core_store(const char *store);

/// Every trial of a store, one JSON object a line: `mi bench export --format jsonl`.
mi_answer *mi_core_trials(const char *store);

// Estimators of the caller

/// One side of what a registered function is given.
typedef struct mi_view {
  int64_t rows;
  /// Columns of `values`; 1 for labels.
  int64_t columns;
  /// Row-major numbers; NULL for labels.
  const double *_Nullable values;
  /// Codes from 0 to classes - 1; NULL for numbers.
  const int32_t *_Nullable codes;
  int64_t classes;
} mi_view;

/// What a registered function answers.
typedef struct mi_reply {
  double nats;
  /// NaN where it is not known.
  double standard_error;
} mi_reply;

/// A function of the caller as an estimator: fills `reply` and returns 0, or returns another number
/// after mi_fail.
///
/// Called from any thread, from several at once. The views are valid until it returns. `groups` has
/// the group of each row, NULL where rows stand alone; a descriptor without "groups" is given none.
typedef int32_t (*mi_function)(
    void *_Nullable context, const mi_view *x, const mi_view *y, const int32_t *_Nullable groups,
    const char *parameters, uint64_t seed, mi_reply *reply);

/// The sentence of a failure, called by an mi_function on its own thread before it returns; `code`
/// is "cancelled" or "failed".
void mi_fail(const char *code, const char *sentence);

/// Registers a function; `descriptor` is JSON as in plugin.json.
///
/// `function` and `context` must stay valid until the core is closed, or the id is removed and all
/// calls that began before have returned.
mi_answer *mi_core_register(
    mi_core *core, const char *descriptor, mi_function function, void *_Nullable context);

/// Removes what mi_core_register added.
mi_answer *mi_core_unregister(mi_core *core, const char *id);

/// Adds the estimators of a plugin: a folder, a library, a program, or 'command {csv} {dx} {dy}'.
///
/// They run in processes of their own. `host` is the path of the command `mi`, which hosts binary
/// plugins. Options: trust, deadline (seconds), memory (megabytes, 0: no limit). The answer is the
/// list of their ids.
mi_answer *mi_core_load_plugin(
    mi_core *core, const char *plugin, const char *_Nullable host, const char *options);

#ifdef __cplusplus
}
#endif

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

#endif
