// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What labels and a vector share, as far as a classifier can tell: a lower bound.
///
/// ## Definition
///
/// For any conditional distribution q(y | x), however bad,
///
///     I(X; Y) = H(Y) - H(Y | X) >= H(Y) + E ln q(Y | X)
///
/// (Barber and Agakov 2003, "The IM algorithm"; as predictive information Xu et al. 2020,
/// arXiv 2002.10689). The rows are dealt to `folds`, stratified by class; each row is scored by a
/// model that never saw it, whose backend, setting and temperature were chosen within the other
/// folds. The estimate is the mean over rows of
///
///     ln q(y_i | x_i) - ln p(y_i),  p the classes' shares of the rows,
///
/// which are its pointwise values. It never exceeds the plug-in H(Y), as q <= 1.
///
/// - `backend=logistic`: multinomial logistic regression along a path of ridges. Exact in the limit
///   where classes are Gaussian with one covariance.
/// - `backend=gaussian`: discriminant analysis between linear and quadratic.
/// - `backend=knn`: shares among the k nearest rows.
/// - `backend=best`: whichever of the three does best within the training folds.
///
/// ## Assumptions and failures
///
/// Rows are independent: near-duplicates over folds make it too high, unless the request names them as
/// groups, which are kept together. The bound is as tight as
/// the classifier is good, and training rows are few: it errs **low**, by about d (C - 1) / (2 n) nats
/// where the model is right, and by all that a linear classifier cannot see where it is not. Independent
/// labels come out at or below zero. Columns are standardized by all rows, without their labels.
///
/// **Standard error**: the standard deviation of the pointwise values over the root of n. It holds for
/// the bound of the models at hand, not for their distance from the truth.
///
/// ## Complexity
///
/// `logistic`: about 40 passes of O(n d C) a fold, and O(n d^2 + d^3) once; `gaussian`: O(n d^2 C)
/// a setting; `knn`: O(n^2 d). Folds run on the request's threads.
///
/// ```swift
/// let estimate = try ClassifierEstimator(["backend": "best"]).estimate(request)
/// ```
public struct ClassifierEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "classifier", version: "1",
    summary: "H(Y) minus held-out cross-entropy of a classifier; a lower bound",
    reference: "Barber and Agakov 2003; Xu et al. 2020, arXiv 2002.10689",
    traits: EstimatorTraits(
      kinds: [.mixed], minimumSamples: 10, isDeterministic: false, estimateKind: .lowerBound,
      invariances: [.swap, .shift, .jointScale, .scale, .relabel]),
    parameters: [
      ParameterSpecification(
        "backend", .choice(["logistic", "gaussian", "knn", "best"]), default: .text("logistic"),
        meaning: "the classifier; best chooses within the training folds"),
      ParameterSpecification(
        "folds", .integer(3...50), default: .integer(5),
        meaning: "parts of the rows, each scored by models of the others"),
    ])

  private let backends: [any ClassifierBackend]
  private let folds: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) {
    let all: [any ClassifierBackend] = [LogisticBackend(), GaussianBackend(), NeighborBackend()]
    let name = parameters.text("backend")
    backends = name == "best" ? all : all.filter { $0.name == name }
    folds = parameters.integer("folds")
  }

  /// Estimates I(x; y) of samples and labels, in either order.
  ///
  /// - Throws: `constantColumn`, also where there is one class only; `tooFewSamples`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (samples, labels) = try request.mixedPair(for: Self.descriptor)
    let n = request.count
    guard n >= 2 * folds else {
      throw .tooFewSamples(found: n, needed: 2 * folds, estimator: Self.descriptor.id)
    }
    let classes = try UsedClasses(labels)
    let rows = LabeledRows(
      x: try standardized(samples, side: request.continuousSide), classes: classes.codes,
      classCount: classes.sizes.count)
    let dealt = StratifiedFolds(
      rows.classes, groups: request.groups, classCount: rows.classCount, folds: folds,
      seed: request.seed)
    try request.checkCancellation()
    let fits = parallelMap(folds, threads: request.threads) { fold in
      CrossFit(
        rows, dealt, fold: fold, backends: backends, isCancelled: request.isCancelled)
    }
    try request.checkCancellation()

    var pointwise = [Double](repeating: 0, count: n)
    for fit in fits {
      for (row, score) in zip(fit.rows, fit.scores) {
        pointwise[row] = score - naturalLogarithm(classes.share(rows.classes[row]))
      }
    }
    let mean = pointwise.reduce(0, +) / Double(n)
    guard mean.isFinite else {
      throw EstimatorError(.diverged, "The classifier's log scores have the mean \(mean).")
    }
    let square = pointwise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (square / Double(n - 1) / Double(n)).squareRoot()
    var warnings = classes.warnings(folds: folds)
    if !fits.allSatisfy(\.converged) {
      warnings.append(
        EstimateWarning(
          code: "notConverged",
          message: "\(fits.count { !$0.converged }) of \(folds) fits stopped before their "
            + "tolerance; the bound holds, and may be loose."))
    }
    return Estimate(
      Information(nats: mean), kind: .lowerBound, standardError: Information(nats: error),
      pointwise: pointwise,
      diagnostics: [
        "labelEntropyNats": .number(classes.entropy),
        "crossEntropyNats": .number(classes.entropy - mean),
        "heldOutAccuracy": .number(Double(fits.reduce(0) { $0 + $1.hits }) / Double(n)),
        "chosen": .texts(fits.map(\.choice)),
        "temperatures": .numbers(fits.map(\.temperature)),
        "classes": .integer(classes.sizes.count),
        "smallestClass": .integer(classes.sizes.min() ?? 0),
      ],
      warnings: warnings)
  }
}
