// SPDX-License-Identifier: MIT

/// SIGINT as a wish to cancel, for as long as a call lasts.
///
/// Begin and end are called on the main thread alone, in pairs, which may be nested.
#ifndef MI_INTERRUPT_H
#define MI_INTERRUPT_H

#include <stdint.h>

/// Puts a handler before the one that is there; does nothing where SIGINT is not handled.
void mi_interrupt_begin(void);

/// Whether SIGINT came since the outermost begin; from any thread.
int32_t mi_interrupt_came(void);

/// Puts the handler back that was there.
void mi_interrupt_end(void);

#endif
