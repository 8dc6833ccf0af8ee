// SPDX-License-Identifier: MIT

extension RandomSource {
  /// A number of the gamma distribution of this shape, at least 1/2, and scale 1: Marsaglia and Tsang
  /// 2000, doi:10.1145/358407.358414.
  mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else {
      let larger = gamma(shape + 1)
      return larger * power(1 - uniform(), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = normal()
      let root = 1 + c * z
      guard root > 0 else { continue }
      let v = root * root * root
      if naturalLogarithm(1 - uniform()) < z * z / 2 + d - d * v + d * naturalLogarithm(v) {
        return d * v
      }
    }
  }
}
