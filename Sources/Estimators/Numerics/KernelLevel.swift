// SPDX-License-Identifier: MIT

import CKernels

/// The numeric kernels at work: which instructions the products, exponentials and searches use.
///
/// Chosen when the program is loaded, by the features of the processor and not by its model; the
/// environment's MI_KERNELS caps it.
package enum KernelLevel {
  /// The levels by name, each with the instructions of those before it.
  package static let names = ["baseline", "fma", "avx2", "avx512"]

  /// The name of the level at work.
  package static var name: String { String(cString: mi_level_name(mi_level_in_use())) }

  /// The levels that this processor has.
  package static var available: [String] {
    zip(names, [MI_LEVEL_BASELINE, MI_LEVEL_FMA, MI_LEVEL_AVX2, MI_LEVEL_AVX512])
      .filter { mi_kernels_at($0.1) != nil }.map(\.0)
  }

  /// Whether products and sums are fused: all levels that do so give the same bits.
  package static var isFused: Bool { mi_level_has_fma() }

  /// What a user should know: a slow level, or an MI_KERNELS that names none.
  package static var warning: String? {
    if !mi_level_cap_is_known() {
      return "MI_KERNELS names no level, so the best one, \(name), is used; it can be "
        + names.joined(separator: ", ") + "."
    }
    if isFused { return nil }
    let reason =
      available.count > 1
      ? "MI_KERNELS asks for them" : "this processor has no fused multiply-add (FMA)"
    return "The slow \(name) kernels are at work, because \(reason): matrix products take two "
      + "to six times as long, and the last digits differ from those of other processors."
  }
}
