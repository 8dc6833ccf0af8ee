/* SPDX-License-Identifier: MIT
 *
 * KSG-1 (Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138) as a binary plugin,
 * O(n^2), written from the paper:
 *
 *   I = psi(k) + psi(n) - mean( psi(nx + 1) + psi(ny + 1) )
 *
 * nx counts the points nearer than the k-th neighbor, in x alone; all norms are maximum norms.
 *
 *   cc -O2 -shared -fPIC -I../../Sources/CEstimatorPlugin/include ksg.c -o libksg.so -lm
 *   mi plugin check ./libksg.so
 */
#include "mi_plugin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double euler = 0.57721566490153286061;

/* psi of a whole number: -gamma + 1 + 1/2 + ... + 1/(m - 1). */
static double psi(int64_t m) {
  double sum = -euler;
  for (int64_t j = 1; j < m; j++) sum += 1.0 / (double)j;
  return sum;
}

static double distance(const mi_variable *v, int64_t i, int64_t j) {
  double largest = 0;
  for (int64_t c = 0; c < v->columns; c++) {
    double d = fabs(v->values[i * v->columns + c] - v->values[j * v->columns + c]);
    if (d > largest) largest = d;
  }
  return largest;
}

static int is_constant(const mi_variable *v, int64_t n, int64_t column) {
  for (int64_t i = 1; i < n; i++)
    if (v->values[i * v->columns + column] != v->values[column]) return 0;
  return 1;
}

/* What one call holds; release gives it back. */
typedef struct work {
  char error[160];
  mi_warning warning;
  double *dx, *dy, *psi, *nearest;
} work;

static void release(mi_result *result) {
  work *w = result->state;
  if (w == NULL) return;
  free(w->dx);
  free(w->dy);
  free(w->psi);
  free(w->nearest);
  free(w);
  result->state = NULL;
}

static int32_t fail(mi_result *result, const char *code) {
  result->error_code = code;
  result->error = ((work *)result->state)->error;
  return MI_FAILED;
}

static int32_t estimate(const mi_estimator *self, const mi_request *request, mi_result *result) {
  (void)self;
  const int64_t n = request->n, k = (int64_t)request->values[0].number;
  const mi_variable *x = request->x, *y = request->y;
  work *w = calloc(1, sizeof *w);
  if (w == NULL) {
    result->error_code = "failed";
    result->error = "There is no memory.";
    return MI_FAILED;
  }
  result->state = w;
  result->release = release;
  if (k >= n) {
    snprintf(w->error, sizeof w->error, "%lld rows do not have %lld neighbors.", (long long)n,
             (long long)k);
    return fail(result, "tooFewSamples");
  }
  for (int side = 0; side < 2; side++) {
    const mi_variable *v = side == 0 ? x : y;
    for (int64_t c = 0; c < v->columns; c++)
      if (is_constant(v, n, c)) {
        snprintf(w->error, sizeof w->error, "Column %lld of %s is %g in every row; it must vary.",
                 (long long)c, side == 0 ? "x" : "y", v->values[c]);
        return fail(result, "constantColumn");
      }
  }
  w->dx = malloc((size_t)n * sizeof(double));
  w->dy = malloc((size_t)n * sizeof(double));
  w->psi = malloc((size_t)(n + 1) * sizeof(double));
  w->nearest = malloc((size_t)k * sizeof(double));
  if (w->dx == NULL || w->dy == NULL || w->psi == NULL || w->nearest == NULL) {
    snprintf(w->error, sizeof w->error, "There is no memory for %lld rows.", (long long)n);
    return fail(result, "failed");
  }
  w->psi[1] = -euler;
  for (int64_t m = 2; m <= n; m++) w->psi[m] = w->psi[m - 1] + 1.0 / (double)(m - 1);

  double sum = 0;
  int64_t tied = 0;
  for (int64_t i = 0; i < n; i++) {
    if (i % 256 == 0 && request->progress(request->context, (double)i / (double)n) != 0)
      return MI_CANCELLED;
    /* The k smallest joint distances so far, by insertion. */
    int64_t held = 0;
    for (int64_t j = 0; j < n; j++) {
      if (j == i) continue;
      w->dx[j] = distance(x, i, j);
      w->dy[j] = distance(y, i, j);
      double joint = fmax(w->dx[j], w->dy[j]);
      if (held == k && joint >= w->nearest[k - 1]) continue;
      int64_t at = held < k ? held++ : k - 1;
      while (at > 0 && w->nearest[at - 1] > joint) {
        w->nearest[at] = w->nearest[at - 1];
        at--;
      }
      w->nearest[at] = joint;
    }
    /* Strictly inside: the k-th neighbor itself lies on the border in x or in y. */
    const double radius = w->nearest[k - 1];
    int64_t nx = 0, ny = 0;
    tied += radius == 0;
    for (int64_t j = 0; j < n; j++) {
      if (j == i) continue;
      nx += w->dx[j] < radius;
      ny += w->dy[j] < radius;
    }
    sum += w->psi[nx + 1] + w->psi[ny + 1];
  }
  if (tied > 0) {
    snprintf(w->error, sizeof w->error,
             "%lld rows have %lld equal ones; the estimate is too high by an unknown amount.",
             (long long)tied, (long long)k);
    w->warning = (mi_warning){.code = "ties", .message = w->error};
    result->warnings = &w->warning;
    result->warning_count = 1;
  }
  result->nats = psi(k) + psi(n) - sum / (double)n;
  return MI_OK;
}

static const mi_parameter k_parameter = {
    .size = sizeof(mi_parameter), .type = MI_INTEGER, .name = "k", .meaning = "nearest neighbors",
    .default_value = "3", .minimum = 1, .maximum = 1000};
static const mi_parameter *const parameters[] = {&k_parameter, NULL};

static const mi_descriptor descriptor = {
    .size = sizeof(mi_descriptor),
    .kinds = MI_CONTINUOUS,
    .invariances = MI_SWAP | MI_ROW_ORDER | MI_SHIFT | MI_JOINT_SCALE,
    .resampling = MI_SUBSAMPLING,
    .result_kind = MI_ESTIMATE,
    .deterministic = 1,
    .minimum_samples = 5,
    .id = "ksg-c",
    .version = "1",
    .summary = "psi(k) + psi(n) - mean psi(nx + 1) + psi(ny + 1), with maximum norms, in C",
    .reference = "Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138",
    .parameters = parameters,
    .groups = MI_GROUPS_UNAFFECTED};
static const mi_estimator ksg = {
    .size = sizeof(mi_estimator), .descriptor = &descriptor, .estimate = estimate};
static const mi_estimator *const estimators[] = {&ksg, NULL};
static const mi_plugin plugin = {
    .abi = MI_PLUGIN_ABI, .size = sizeof(mi_plugin), .name = "ksg-c", .version = "1",
    .estimators = estimators};

const mi_plugin *mi_plugin_entry(uint32_t host_abi) {
  return host_abi >= MI_PLUGIN_ABI ? &plugin : NULL;
}
