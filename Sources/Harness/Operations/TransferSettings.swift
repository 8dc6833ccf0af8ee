// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The options of `mi transfer` as they are given, whichever interface they come through.
package struct TransferSettings: Sendable, Decodable {
  /// Rows from the latest value of the source to the target.
  ///
  /// Nil for the one from 1 to `maxLag` with the largest transfer.
  package var lag: Int?
  /// The largest lag that is tried where it is chosen.
  package var maxLag = 10
  /// Past values of the target; nil: chosen (``HistoryChoice``).
  package var history: Int?
  /// Values of the source; nil: chosen.
  package var sourceHistory: Int?
  /// The longest history that is tried where it is chosen.
  package var maxHistory = 5
  /// Rows from one past value to the one before it.
  package var step = 1
  /// As `lag`, of what is given; nil: the lag of the source.
  package var givenLag: Int?
  /// Values of what is given.
  package var givenHistory = 1
  /// Surrogates of the source; 0 makes none.
  package var permutations = 0
  /// How they rearrange it; nil: shifted.
  package var surrogates: String?
  /// Whether the mean of the surrogates is taken off.
  package var correctBias = false
  /// Whether arrays are trials x time.
  package var trials = false

  package init() {}

  /// How surrogates are made.
  ///
  /// - Throws: `invalidOption`.
  package func checked() throws(EstimatorError) -> Surrogates {
    for (name, value) in [
      ("lag", lag ?? 1), ("max_lag", maxLag), ("given_lag", givenLag ?? 1), ("step", step),
    ] {
      try within(name, value, 1...100_000)
    }
    for (name, value) in [
      ("history", history ?? 1), ("source_history", sourceHistory ?? 1),
      ("max_history", maxHistory), ("given_history", givenHistory),
    ] {
      try within(name, value, 1...1000)
    }
    let how = try seriesSurrogates(surrogates, permutations: permutations)
    guard permutations > 1 || !correctBias else {
      throw EstimatorError(
        .invalidOption,
        "The bias is corrected by the mean of surrogates; say how many with permutations (--permutations), "
          + "at least 2.")
    }
    return how
  }
}
