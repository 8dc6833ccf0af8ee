// SPDX-License-Identifier: MIT

import Synchronization

/// A mutual information in nats that was computed numerically, and a bound on its error.
struct NumericInformation: Sendable {
  var nats: Double
  var error: Double
}

/// A number that takes some milliseconds to compute: done once, when first asked for.
///
/// A suite lists its tasks without computing a single truth.
final class Once: Sendable {
  private let result = Mutex<NumericInformation?>(nil)
  private let compute: @Sendable () -> NumericInformation

  init(_ compute: @escaping @Sendable () -> NumericInformation) { self.compute = compute }

  var value: NumericInformation {
    result.withLock { result in
      if let result { return result }
      let computed = compute()
      result = computed
      return computed
    }
  }
}
