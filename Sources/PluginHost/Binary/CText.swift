// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A C copy of a text, for ``freeText(_:)`` to give back.
func copyText(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }

/// Gives a copy back.
func freeText(_ text: UnsafeMutablePointer<CChar>?) { free(text) }
