// SPDX-License-Identifier: MIT

/// The loops of CKernels as plain Swift: what each must compute, for reading and for the tests.
///
/// The twin of `mi_tree_nearest` is ``JointMethod/portableTree``.
package enum KernelTwins {
  /// The ranks of the values whose difference from the center is less than the radius.
  package static func rankInterval(
    _ sorted: [Double], center: Double, radius: Double
  ) -> (lower: Int, upper: Int) {
    (
      sorted.count { !(center - $0 < radius) },
      sorted.count { $0 - center < radius }
    )
  }

  /// The AND over the pairs of rows of `table` of upper and not lower.
  package static func intersect(
    _ table: [UInt64], upper: [Int], lower: [Int], words: Int
  ) -> [UInt64] {
    (0..<words).map { word in
      zip(upper, lower).reduce(~0) { $0 & table[$1.0 + word] & ~table[$1.1 + word] }
    }
  }

  /// How many values lie in lower ..< lower + width.
  package static func countBetween(_ values: [UInt32], lower: UInt32, width: UInt32) -> Int {
    values.count { $0 >= lower && $0 - lower < width }
  }

  /// The max-norm distance of two points.
  package static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
