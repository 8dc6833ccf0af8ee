// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A ground truth with its pairs broken: x of one draw with y of another.
///
/// Either side keeps its distribution, and the two are independent: the information is exactly zero.
struct UnpairedTwin: GroundTruth {
  let paired: any GroundTruth

  var id: String { paired.id + "-unpaired" }
  var summary: String { paired.summary + ", rows of x and y drawn apart" }
  var dx: Int { paired.dx }
  var dy: Int { paired.dy }
  var kind: PairKind { paired.kind }
  var information: Information { .zero }
  var informationError: Information { .zero }

  func sample(_ count: Int, seed: UInt64) -> SamplePair {
    let (one, other) = (paired.sample(count, seed: seed), paired.sample(count, seed: ~seed))
    return SamplePair(x: one.x, y: other.y)
  }
}
