/* SPDX-License-Identifier: MIT
 *
 * A plugin whose number tells which groups it was given. With FIRST_RELEASE it is one that was
 * compiled before there were groups: its descriptor ends where that release's did. */
#include "mi_plugin.h"

static int32_t estimate(
    const mi_estimator *self, const mi_request *request, mi_result *result) {
  (void)self;
  result->nats = -1;
#ifndef FIRST_RELEASE
  if (request->size >= sizeof(mi_request) && request->groups) {
    result->nats = 0;
    for (int64_t i = 0; i < request->n; i++)
      result->nats += 1e-6 * (double)(i + 1) * request->groups[i];
  }
#else
  (void)request;
#endif
  return MI_OK;
}

static const mi_descriptor descriptor = {
#ifdef FIRST_RELEASE
    .size = MI_DESCRIPTOR_SIZE_1,
    .groups = 99, /* beyond its size: not to be read */
#else
    .size = sizeof(mi_descriptor),
    .groups = MI_GROUPS_KEPT,
#endif
    .kinds = MI_CONTINUOUS,
    .deterministic = 1,
    .minimum_samples = 4,
    .id = "groups-c",
    .version = "1",
    .summary = "tells the groups",
    .reference = ""};
static const mi_estimator one = {
    .size = sizeof(mi_estimator), .descriptor = &descriptor, .estimate = estimate};
static const mi_estimator *const estimators[] = {&one, 0};
static const mi_plugin plugin = {
    .abi = MI_PLUGIN_ABI, .size = sizeof(mi_plugin), .name = "groups-c", .version = "1",
    .estimators = estimators};

const mi_plugin *mi_plugin_entry(uint32_t host_abi) {
  return host_abi >= MI_PLUGIN_ABI ? &plugin : 0;
}
