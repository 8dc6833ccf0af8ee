/* SPDX-License-Identifier: MIT
 *
 * An estimator that does nothing: what is left of a call's time is the door. */
#include "mi_plugin.h"

static int32_t estimate(const mi_estimator *self, const mi_request *request, mi_result *result) {
  (void)self;
  (void)request;
  result->nats = 0.25;
  return MI_OK;
}

static const mi_descriptor descriptor = {
    .size = sizeof(mi_descriptor), .kinds = MI_CONTINUOUS, .deterministic = 1,
    .minimum_samples = 1, .id = "empty-c", .version = "1", .summary = "", .reference = ""};
static const mi_estimator empty = {
    .size = sizeof(mi_estimator), .descriptor = &descriptor, .estimate = estimate};
static const mi_estimator *const estimators[] = {&empty, 0};
static const mi_plugin plugin = {
    .abi = MI_PLUGIN_ABI, .size = sizeof(mi_plugin), .name = "empty-c", .version = "1",
    .estimators = estimators};

const mi_plugin *mi_plugin_entry(uint32_t host_abi) { return host_abi >= 1 ? &plugin : 0; }
