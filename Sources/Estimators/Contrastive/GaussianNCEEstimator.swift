// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A contrastive lower bound of I(x; y), or of I(x; y | c) of labels c, with a Gaussian critic that never
/// saw the rows it scores.
///
/// ## Definition
///
/// For any critic f and m rows drawn together,
///
///     I(x; y) >= E [ f(x_i, y_i) - ln (1/m) sum_j exp f(x_i, y_j) ]
///
/// (van den Oord, Li and Vinyals 2018, arXiv 1807.03748; Poole et al. 2019, arXiv 1905.06922), and with the
/// roles of x and y changed. Candidates of the same class bound the information within the class; the
/// mean over rows weighs classes by their shares. The estimate is the mean of both directions over the rows
/// of each of five folds, at most 512 candidates at once.
///
/// The critic is the log density ratio of a Gaussian, fitted to the other folds, see ``GaussianCritic``: of
/// residuals around the class means or of their normal scores, with one covariance or one for each class,
/// shrunk by 0.02, 0.1 or 0.3. Which of these is used is chosen by the same bound on an inner fold, the form
/// before the shrinkage.
///
/// ## Assumptions and failures
///
/// None for the bound: it holds in expectation whatever the distribution, for independent rows (or
/// groups of rows). It errs **low**: it is at most ln m, where m is the number of held-out candidates of a
/// class, and sees what a Gaussian, after a bend of each column, sees. Views that are nearly copies do not
/// make it explode.
///
/// **Standard error**: the standard deviation of the rows' terms over the root of n.
///
/// **Complexity** O(n (d^2 + m d)) a fold and setting, m the candidates; one thread.
///
/// ```swift
/// let within = try GaussianNCEEstimator([:]).estimate(
///   EstimationRequest(x: teacher, y: student, given: labels))
/// ```
public struct GaussianNCEEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gaussian-nce", version: "2",
    summary: "Contrastive lower bound with a held-out Gaussian critic; also within classes",
    reference: "van den Oord et al. 2018, arXiv 1807.03748; Poole et al. 2019, arXiv 1905.06922",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 20, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [.shift, .scale, .jointScale], given: [.labels],
      groups: .kept),
    parameters: [
      ParameterSpecification(
        "folds", .integer(3...50), default: .integer(5),
        meaning: "parts of the rows, each scored by a critic of the others")
    ])

  private let folds: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    folds = try parameters.integer("folds")
  }

  /// Estimates I(x; y), or I(x; y | c).
  ///
  /// - Throws: `constantColumn`, `tooFewSamples`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let columns = Matrix(besides: try standardized(x, side: "x"), try standardized(y, side: "y"))
    let codes = request.given?.labels?.codes.map(Int.init) ?? [Int](repeating: 0, count: x.count)
    let classCount = request.given?.labels?.classCount ?? 1
    let dealt = StratifiedFolds(
      codes, groups: request.groups, classCount: classCount, folds: folds, seed: request.seed)
    var terms = [Double](repeating: 0, count: x.count)
    var ceiling = 0.0
    var chosen: [String] = []
    for fold in 0..<folds {
      try request.checkCancellation()
      let held = dealt.rows(fold)
      let inner = (fold + 1) % folds
      func trial(fit: [Int], on rows: [Int]) -> CriticTrial {
        CriticTrial(
          columns, dx: x.dimension, classes: codes, classCount: classCount, fit: fit, on: rows)
      }
      let setting = trial(
        fit: dealt.rows(without: [fold, inner]), on: Array(dealt.rows(inner).prefix(4096))
      ).best
      chosen.append(setting.name)
      let found = trial(fit: dealt.rows(without: [fold]), on: held).terms(of: setting)
      for (row, term) in zip(held, found.terms) { terms[row] = term }
      ceiling += found.ceiling * Double(held.count) / Double(x.count)
      request.progress(Double(fold + 1) / Double(folds))
    }
    let (mean, error) = meanAndError(terms)
    guard mean.isFinite else {
      throw EstimatorError(.diverged, "The held-out terms have the mean \(mean).")
    }
    return Estimate(
      Information(nats: mean), kind: .lowerBound, standardError: Information(nats: error),
      pointwise: terms,
      diagnostics: ["ceilingNats": .number(ceiling), "critics": .texts(chosen)],
      warnings: mean > 0.8 * ceiling
        ? [
          EstimateWarning(
            code: "nearCeiling",
            message:
              "The bound of \((mean * 1000).rounded() / 1000) nats is near its ceiling, ln of the "
              + "number of candidates, \((ceiling * 1000).rounded() / 1000): there may be much more."
          )
        ] : [])
  }
}

/// Fits critics to some rows and bounds the information of others.
private struct CriticTrial {
  private let dx: Int
  private let classCount: Int
  private let fitClasses: [Int]
  private let classes: [Int]
  /// The rows of the fit and the rows to score, as residuals and as normal scores.
  private let fitted: [Matrix]
  private let scored: [Matrix]

  init(
    _ columns: Matrix, dx: Int, classes all: [Int], classCount: Int, fit: [Int], on rows: [Int]
  ) {
    self.dx = dx
    self.classCount = classCount
    fitClasses = fit.map { all[$0] }
    classes = rows.map { all[$0] }
    let training = columns.selecting(rows: fit)
    let held = columns.selecting(rows: rows)
    let residuals = ClassResiduals(training, classes: fitClasses, classCount: classCount)
    let (own, other) = (fitClasses, classes)
    fitted = [false, true].map { residuals.mapped(training, classes: own, toScores: $0) }
    scored = [false, true].map { residuals.mapped(held, classes: other, toScores: $0) }
  }

  /// The setting with the largest bound: the form first, then the shrinkage; a more flexible form must gain a
  /// thousandth of a nat.
  var best: GaussianCritic.Setting {
    let form = best(of: GaussianCritic.Setting.forms(classes: classCount))
    return best(of: [form] + form.otherShrinkages)
  }

  private func best(of settings: [GaussianCritic.Setting]) -> GaussianCritic.Setting {
    var best = (setting: settings[0], bound: -Double.infinity)
    for setting in settings {
      let bound = terms(of: setting).terms.reduce(0, +) / Double(max(classes.count, 1))
      if bound > best.bound + 1e-3 { best = (setting, bound) }
    }
    return best.setting
  }

  /// A term of the bound for each row, and their mean ceiling; zeros where no critic could be fitted, which
  /// is a bound too.
  func terms(of setting: GaussianCritic.Setting) -> (terms: [Double], ceiling: Double) {
    var terms = [Double](repeating: 0, count: classes.count)
    let map = setting.usesScores ? 1 : 0
    guard
      let critic = GaussianCritic(
        setting, mapped: fitted[map], dx: dx, classes: fitClasses, classCount: classCount)
    else { return (terms, 0) }
    var ceiling = 0.0
    for code in 0..<classCount {
      let places = classes.indices.filter { classes[$0] == code }
      let blocks = (places.count + 511) / 512
      for block in 0..<blocks {
        let own = Array(
          places[places.count * block / blocks..<places.count * (block + 1) / blocks])
        guard own.count > 1 else { continue }
        let scores = critic.scores(scored[map].selecting(rows: own), code: code)
        ceiling += Double(own.count) * naturalLogarithm(Double(own.count)) / Double(classes.count)
        for (place, term) in zip(own, contrastiveTerms(scores)) { terms[place] = term }
      }
    }
    return (terms, ceiling)
  }
}

/// f(i, i) less the mean of the logarithms of the mean exponential over its row and over its column.
private func contrastiveTerms(_ scores: Matrix) -> [Double] {
  let m = scores.rows
  func logMeans(_ scores: Matrix) -> [Double] {
    scores.values.withUnsafeBufferPointer { values in
      (0..<m).map { i in
        let row = UnsafeBufferPointer(rebasing: values[i * m..<(i + 1) * m])
        let highest = row.max() ?? 0
        guard let start = row.baseAddress else { return highest }
        let sum = sumOfExponentials(start, count: m, shift: highest)
        return highest + naturalLogarithm(sum / Double(m))
      }
    }
  }
  let (rows, columns) = (logMeans(scores), logMeans(scores.transposed))
  return (0..<m).map { scores[$0, $0] - (rows[$0] + columns[$0]) / 2 }
}
