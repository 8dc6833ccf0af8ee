// SPDX-License-Identifier: MIT

/// The entropy estimators of a discrete variable, each in a file of its own.
///
/// All start from the counts of the occupied cells; two need the size of the alphabet as well.
package enum EntropyCorrection: String, Sendable, CaseIterable {
  /// The maximum-likelihood or plug-in estimate: biased low by about (cells - 1) / 2n.
  case none
  case millerMadow = "miller-madow"
  case jackknife
  case grassberger
  case chaoShen = "chao-shen"
  case shrinkage
  case nsb

  /// The estimated entropy in nats.
  ///
  /// - Parameters:
  ///   - profile: the counts of the occupied cells.
  ///   - alphabet: the number of cells there could be, finite and at least the occupied ones.
  /// - Returns: nats, of any sign and size that the formula gives.
  package func entropy(_ profile: CountProfile, alphabet: Double) -> Double {
    switch self {
    case .none: plugInEntropy(profile)
    case .millerMadow: millerMadowEntropy(profile)
    case .jackknife: jackknifeEntropy(profile)
    case .grassberger: grassbergerEntropy(profile)
    case .chaoShen: chaoShenEntropy(profile)
    case .shrinkage: shrinkageEntropy(profile, alphabet: alphabet)
    case .nsb: nsbEntropy(profile, alphabet: alphabet)
    }
  }

  /// True where the number of cells that could be occupied matters.
  package var needsAlphabet: Bool { self == .shrinkage || self == .nsb }
}
