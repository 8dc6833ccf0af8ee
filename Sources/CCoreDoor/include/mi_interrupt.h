// SPDX-License-Identifier: MIT

/// SIGINT as a wish to cancel, for as long as a call lasts.
///
/// Begin and end are called in pairs, from any thread; pairs of several threads may overlap.
#ifndef MI_INTERRUPT_H
#define MI_INTERRUPT_H

#include <stdint.h>

/// Puts a handler before the one that is there; does nothing where SIGINT is not handled.
///
/// Returns what mi_interrupt_came needs to know of the moment.
uint64_t mi_interrupt_begin(void);

/// Whether SIGINT came since a begin; from any thread.
int32_t mi_interrupt_came(uint64_t begin);

/// Puts the handler back that was there, with the last of the pairs.
void mi_interrupt_end(void);

#endif
