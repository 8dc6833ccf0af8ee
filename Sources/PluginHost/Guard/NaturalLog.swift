// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The natural logarithm.
func naturalLog(_ value: Double) -> Double { log(value) }
