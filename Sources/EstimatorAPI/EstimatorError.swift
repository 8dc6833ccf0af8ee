// SPDX-License-Identifier: MIT

/// Why there is no estimate: a code for programs and one sentence, with the found and the needed
/// value, for people.
///
/// Codes may be added in later versions, so a `switch` over them needs a default.
public struct EstimatorError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// What went wrong.
  public let code: Code
  /// One sentence with the found and the needed value.
  public let description: String

  /// Creates an error; the factories in this file cover the usual ones.
  public init(_ code: Code, _ sentence: String) {
    self.code = code
    self.description = sentence
  }

  /// A stable name of a kind of failure.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The name, lowerCamelCase.
    public let rawValue: String
    /// Creates a code.
    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ rawValue: String) { self.rawValue = rawValue }

    /// No estimator has this id.
    public static let unknownEstimator = Code("unknownEstimator")
    /// Two estimators claim one id.
    public static let duplicateEstimator = Code("duplicateEstimator")
    /// The estimator has no parameter of this name.
    public static let unknownParameter = Code("unknownParameter")
    /// A parameter has the wrong type or lies out of its range.
    public static let invalidParameter = Code("invalidParameter")
    /// The estimator does not take this pair of variables.
    public static let unsupportedKinds = Code("unsupportedKinds")
    /// The estimator has no form that takes this variable as given.
    public static let unsupportedGiven = Code("unsupportedGiven")
    /// The estimator does not know what groups of rows are.
    public static let unsupportedGroups = Code("unsupportedGroups")
    /// Fewer rows than the estimator needs.
    public static let tooFewSamples = Code("tooFewSamples")
    /// More dimensions than the estimator takes.
    public static let dimensionOutOfRange = Code("dimensionOutOfRange")
    /// The data do not have the shape they claim.
    public static let shapeMismatch = Code("shapeMismatch")
    /// The two variables have different numbers of rows.
    public static let rowsDiffer = Code("rowsDiffer")
    /// A number is NaN or infinite.
    public static let nonFinite = Code("nonFinite")
    /// A class code has no class.
    public static let invalidLabel = Code("invalidLabel")
    /// A column has the same value in every row.
    public static let constantColumn = Code("constantColumn")
    /// Columns are linear functions of one another.
    public static let singularCovariance = Code("singularCovariance")
    /// A class has fewer members than the estimator needs.
    public static let classTooSmall = Code("classTooSmall")
    /// Training or iteration did not converge to a finite number.
    public static let diverged = Code("diverged")
    /// The caller asked to stop.
    public static let cancelled = Code("cancelled")
    /// A variable has a different value in every row, as identifiers have.
    public static let identifier = Code("identifier")
    /// The number is larger than the data allow, for example than the entropy of a side.
    public static let aboveCeiling = Code("aboveCeiling")
    /// The estimator failed for a reason of its own.
    public static let failed = Code("failed")
  }
}

extension EstimatorError {
  /// No estimator is called `id`; the nearest names are offered.
  public static func unknownEstimator(_ id: String, nearest: [String]) -> Self {
    let hint = nearest.isEmpty ? "" : " Did you mean \(nearest.joined(separator: " or "))?"
    return Self(.unknownEstimator, "There is no estimator \"\(id)\".\(hint)")
  }

  /// Two estimators claim the id.
  public static func duplicateEstimator(_ id: String, origins: (String, String)) -> Self {
    Self(
      .duplicateEstimator,
      "Two estimators are called \"\(id)\": one from \(origins.0), one from \(origins.1).")
  }

  /// The estimator has no such parameter.
  public static func unknownParameter(_ name: String, of id: String, known: [String]) -> Self {
    let hint = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
    return Self(.unknownParameter, "Estimator \(id) has no parameter \"\(name)\"; \(hint).")
  }

  /// A parameter's value is not allowed.
  public static func invalidParameter(
    _ name: String, found: String, needed: String, estimator: String
  ) -> Self {
    Self(
      .invalidParameter,
      "Parameter \(name) of \(estimator) is \"\(found)\"; it needs \(needed).")
  }

  /// The estimator does not take the pair.
  public static func unsupportedKinds(_ kind: PairKind, _ descriptor: EstimatorDescriptor) -> Self {
    let alternatives: String =
      switch kind {
      case .mixed: " For continuous data against labels use ross or gaussian-label."
      case .discrete: " For labels against labels use discrete."
      case .continuous: " For two continuous variables use ksg-1 or gaussian-copula."
      }
    let accepted = descriptor.traits.kinds.map(\.rawValue).joined(separator: " or ")
    return Self(
      .unsupportedKinds,
      "Estimator \(descriptor.id) takes \(accepted) pairs; this one is \(kind.rawValue)."
        + alternatives)
  }

  /// The estimator has no conditional form, or none for a variable of this kind.
  public static func unsupportedGiven(
    _ given: VariableKind, _ kind: PairKind, _ descriptor: EstimatorDescriptor
  ) -> Self {
    let alternatives =
      switch kind {
      case .mixed: "classifier does"
      case .discrete: "discrete does, of labels"
      case .continuous: "gaussian, gaussian-copula, ksg-1, mixed-ksg and classifier do"
      }
    return Self(
      .unsupportedGiven,
      "Estimator \(descriptor.id) does not take \(given.rawValue) variables as given; \(alternatives)."
    )
  }

  /// The estimator does not know what groups of rows are.
  public static func unsupportedGroups(estimator id: String) -> Self {
    Self(
      .unsupportedGroups,
      "Estimator \(id) does not take groups of rows; it needs the trait groups, as unaffected or kept."
    )
  }

  /// Too few rows.
  public static func tooFewSamples(found: Int, needed: Int, estimator: String) -> Self {
    Self(.tooFewSamples, "Estimator \(estimator) got \(found) rows; it needs at least \(needed).")
  }

  /// Too many dimensions.
  public static func dimensionOutOfRange(found: Int, maximum: Int, estimator: String) -> Self {
    Self(
      .dimensionOutOfRange,
      "Estimator \(estimator) got \(found) dimensions in all; it takes at most \(maximum).")
  }

  /// Data without the shape they claim.
  public static func shapeMismatch(_ what: String, found: String, needed: String) -> Self {
    Self(.shapeMismatch, "The \(what) have \(found); needed: \(needed).")
  }

  /// Different numbers of rows.
  public static func rowsDiffer(x: Int, y: Int) -> Self {
    Self(.rowsDiffer, "The first variable has \(x) rows and the second \(y); they must be equal.")
  }

  /// The given variable has another number of rows.
  public static func rowsDiffer(x: Int, given: Int) -> Self {
    Self(
      .rowsDiffer,
      "The first variable has \(x) rows and the given one \(given); they must be equal.")
  }

  /// A NaN or an infinity, at a 0-based row and column.
  public static func nonFinite(value: Double, row: Int, column: Int) -> Self {
    Self(
      .nonFinite,
      "Row \(row), column \(column) (counted from 0) is \(value); every number must be finite.")
  }

  /// A class code out of range.
  public static func invalidLabel(code: Int, row: Int, classCount: Int) -> Self {
    Self(
      .invalidLabel,
      "Row \(row) (counted from 0) has class code \(code); codes go from 0 to \(classCount - 1).")
  }

  /// A column without variation.
  ///
  /// `side` is "x" or "y", or another name of the variable.
  public static func constantColumn(side: String, column: Int, value: Double) -> Self {
    Self(
      .constantColumn,
      "Column \(column) of \(side) (counted from 0) is \(value) in every row; it must vary.")
  }

  /// Linearly dependent columns, named as `x0`, `y3` and so on.
  public static func singularCovariance(dependent columns: [String]) -> Self {
    let (verb, what, them) =
      columns.count == 1 ? ("is", "a linear function", "it") : ("are", "linear functions", "them")
    return Self(
      .singularCovariance,
      "The covariance is singular: \(columns.joined(separator: ", ")) \(verb) \(what) of the other "
        + "columns; remove \(them) or reduce the dimension.")
  }

  /// Classes with too few members.
  public static func classTooSmall(
    _ classes: [(name: String, size: Int)], needed: Int, estimator: String
  ) -> Self {
    let named = classes.prefix(classes.count > 12 ? 3 : 12).map { "\"\($0.name)\" (\($0.size))" }
      .joined(separator: ", ")
    let others = classes.count > 12 ? " and \(classes.count - 3) more" : ""
    let areNumbers = classes.allSatisfy { Double($0.name) != nil }
    return Self(
      .classTooSmall,
      "Estimator \(estimator) needs at least \(needed) rows in every class; too small: \(named)\(others)."
        + (areNumbers && classes.count > 12
          ? " If these are quantities, take them as numbers: --continuous." : ""))
  }

  /// The caller asked to stop.
  public static let cancelled = Self(.cancelled, "The estimate was cancelled.")
}
