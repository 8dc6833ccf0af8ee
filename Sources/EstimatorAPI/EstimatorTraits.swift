// SPDX-License-Identifier: MIT

/// What an estimator promises of itself.
///
/// The conformance suite holds it to each promise.
public struct EstimatorTraits: Sendable, Hashable, Codable {
  /// The pairs of variables it accepts; anything else it refuses.
  public var kinds: [PairKind]
  /// The smallest number of rows with which it can run at its default parameters.
  public var minimumSamples: Int
  /// The largest dx + dy it accepts; nil where it sets no limit.
  public var maximumDimension: Int?
  /// True where the seed does not matter.
  public var isDeterministic: Bool
  /// What its numbers are.
  public var estimateKind: EstimateKind
  /// Changes of the data that leave its number alone, up to rounding.
  public var invariances: [Invariance]
  /// Ways of drawing rows anew under which its spread means something.
  public var resampling: [Resampling]
  /// The kinds of variables it takes as given, for I(x; y | z); empty where it has no such form.
  public var given: [VariableKind]
  /// What it does where rows come in groups, such as all recordings of a speaker.
  public var groups: GroupHandling

  /// Creates traits.
  public init(
    kinds: [PairKind], minimumSamples: Int, maximumDimension: Int? = nil,
    isDeterministic: Bool = true, estimateKind: EstimateKind = .estimate,
    invariances: [Invariance] = [.swap, .rowOrder], resampling: [Resampling] = [.subsampling],
    given: [VariableKind] = [], groups: GroupHandling = .refused
  ) {
    self.kinds = kinds
    self.minimumSamples = minimumSamples
    self.maximumDimension = maximumDimension
    self.isDeterministic = isDeterministic
    self.estimateKind = estimateKind
    self.invariances = invariances
    self.resampling = resampling
    self.given = given
    self.groups = groups
  }
}

/// What an estimator does where rows come in groups.
public enum GroupHandling: String, Sendable, Hashable, Codable, CaseIterable {
  /// It does not know what groups are: a request with groups is refused.
  case refused
  /// Its number does not depend on them, as it neither trains on rows nor splits them.
  case unaffected
  /// It keeps the rows of a group together where it trains on some rows and scores others.
  case kept
}

/// A change of the data that leaves an estimate alone, up to rounding.
public enum Invariance: String, Sendable, Hashable, Codable, CaseIterable {
  /// Exchanging x and y.
  case swap
  /// Permuting the rows of x and y together.
  case rowOrder
  /// Adding a constant to a column.
  case shift
  /// Multiplying all columns of both sides by one positive constant.
  case jointScale
  /// Multiplying any one column by a positive constant.
  case scale
  /// A strictly increasing function of any one column.
  case monotone
  /// An invertible linear map within x or within y.
  case linear
  /// Renaming the classes of labels.
  case relabel
}

/// A way of drawing rows anew.
public enum Resampling: String, Sendable, Hashable, Codable {
  /// A subset of the rows without replacement.
  case subsampling
  /// Pairs with replacement. It duplicates points, which a neighbor estimator reads as infinite
  /// dependence, so few estimators allow it.
  case pairBootstrap
}
