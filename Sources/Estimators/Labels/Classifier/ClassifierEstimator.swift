// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What labels, or numbers, and a vector share, as far as a model can tell: a lower bound.
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
/// - `backend=mlp`: a multilayer perceptron on top of logistic regression, stopped early.
/// - `backend=best`: whichever of these does best within the training folds.
///
/// **Continuous y.** With two continuous variables y is the target, q(y | x) is a Gaussian around a
/// regression, by least squares along a path of ridges (`backend=logistic`, its counterpart) or by a
/// network (`mlp`), and p(y) the Gaussian of y's normal scores. That is a lower bound where y's
/// normal scores are jointly Gaussian: always for one column of y, and by assumption for more. A
/// regression has no counterpart of `gaussian` and `knn`; `best` chooses between the two.
///
/// **Given z.** I(x; y | z) is the mean of ln q(y | x, z) - ln q(y | z), both cross-fitted in the same
/// folds: what x adds to the prediction of y. It is no bound: it errs low by what the larger model
/// pays for its weights, and high where the model of z alone is too rigid; `backend=best` guards
/// against that.
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
/// a setting; `knn`: O(n^2 d); `mlp`: up to 3,000 steps of 128 rows, three times a fold. Folds run
/// on the request's threads.
///
/// ```swift
/// let estimate = try ClassifierEstimator(["backend": "best"]).estimate(request)
/// ```
public struct ClassifierEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "classifier", version: "3",
    summary: "H(Y) minus held-out cross-entropy of a classifier; a lower bound",
    reference: "Barber and Agakov 2003; Xu et al. 2020, arXiv 2002.10689",
    traits: EstimatorTraits(
      kinds: [.mixed, .continuous], minimumSamples: 10, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [.shift, .jointScale, .scale, .relabel],
      given: [.continuous, .labels], groups: .kept),
    parameters: [
      ParameterSpecification(
        "backend", .choice(["logistic", "gaussian", "knn", "mlp", "best"]),
        default: .text("logistic"),
        meaning: "the classifier; best chooses within the training folds"),
      ParameterSpecification(
        "folds", .integer(3...50), default: .integer(5),
        meaning: "parts of the rows, each scored by models of the others"),
    ])

  private let backend: String
  private let folds: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    backend = try parameters.text("backend")
    folds = try parameters.integer("folds")
  }

  /// Estimates I(x; y) of samples and labels, in either order, or of samples x and a continuous y.
  ///
  /// - Throws: `constantColumn`, also where there is one class only; `singularCovariance` of a
  ///   continuous y, `invalidParameter`, `tooFewSamples`, `diverged`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let n = request.count
    guard n >= 2 * folds else {
      throw .tooFewSamples(found: n, needed: 2 * folds, estimator: Self.descriptor.id)
    }
    let (samples, side, target) = try prediction(request)
    let x = try standardized(samples, side: side)
    try request.checkCancellation()
    var diagnostics = target.diagnostics
    var warnings = target.warnings
    let found: HeldOutScores
    let baseline: [Double]
    if let given = request.given {
      let columns = try NetworkInput(given, side: "z")
      let z = try standardized(
        Samples(rowMajor: columns.values, count: n, dimension: columns.dimension), side: "z")
      let alone = try target.scores(z, request)
      found = try target.scores(Matrix(besides: z, x), request)
      baseline = alone.logs
      for (name, value) in alone.diagnostics { diagnostics["givenAlone.\(name)"] = value }
      warnings += alone.warnings
    } else {
      found = try target.scores(x, request)
      baseline = target.marginal
    }
    diagnostics.merge(found.diagnostics) { _, new in new }
    warnings += found.warnings

    let pointwise = zip(found.logs, baseline).map { $0 - $1 }
    let (mean, error) = meanAndError(pointwise)
    guard mean.isFinite else {
      throw EstimatorError(.diverged, "The held-out log scores have the mean \(mean).")
    }
    return Estimate(
      Information(nats: mean), kind: request.given == nil ? .lowerBound : .estimate,
      standardError: Information(nats: error), pointwise: pointwise, diagnostics: diagnostics,
      warnings: warnings)
  }

  /// The columns that predict, and what they predict.
  private func prediction(
    _ request: EstimationRequest
  ) throws(EstimatorError) -> (samples: Samples, side: String, target: any HeldOutPrediction) {
    let (seed, isCancelled) = (request.seed, request.isCancelled)
    guard request.kind == .continuous else {
      let (samples, labels) = try request.mixedPair(for: Self.descriptor)
      let all: [any ClassifierBackend] = [
        LogisticBackend(), GaussianBackend(), NeighborBackend(),
        NetworkBackend(seed: seed, isCancelled: isCancelled),
      ]
      let target = try ClassPrediction(
        labels, folds: folds, backends: backend == "best" ? all : all.filter { $0.name == backend },
        groups: request.groups, seed: seed)
      return (samples, request.continuousSide, target)
    }
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let linear: any RegressionBackend = LinearRegression()
    let network: any RegressionBackend = NetworkRegression(seed: seed, isCancelled: isCancelled)
    let backends: [any RegressionBackend]
    switch backend {
    case "logistic": backends = [linear]
    case "mlp": backends = [network]
    case "best": backends = [linear, network]
    default:
      throw .invalidParameter(
        "backend", found: backend, needed: "logistic, mlp or best where y is continuous",
        estimator: Self.descriptor.id)
    }
    let target = try NumberPrediction(
      y, side: "y", folds: folds, backends: backends, groups: request.groups, seed: seed,
      threads: request.threads, estimator: Self.descriptor.id)
    return (x, "x", target)
  }
}
