// SPDX-License-Identifier: MIT

/// The plug-in entropy plus the first-order bias (K - 1) / 2n, K the occupied cells.
///
/// Miller, "Note on the bias of information estimates", in Quastler (ed.), Information Theory in
/// Psychology (1955). Good when nearly every possible cell is occupied several times; where many
/// cells are still empty, K and with it the correction are too small.
package func millerMadowEntropy(_ profile: CountProfile) -> Double {
  plugInEntropy(profile) + Double(profile.occupied - 1) / (2 * Double(profile.total))
}
