// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The outcome of one fold.
package struct FoldOutcome: Sendable {
  /// The contribution of each evaluation row, in nats.
  package var pointwise: [Double]
  /// The influence of each evaluation row on the fold's value, up to a constant.
  package var influence: [Double]
  /// The fold's value cannot exceed it.
  package var ceiling: Double?
  /// The criterion on the stopping rows at steps 0, checkEvery, 2 checkEvery ...
  package var curve: [Double]
  /// The step whose weights were kept.
  package var bestStep: Int
  /// The steps made.
  package var steps: Int
  /// Whether it started from the fitted Gaussian.
  package var hasBaseline: Bool
  /// How many columns of each side it saw as normal scores.
  package var scoredColumns: (x: Int, y: Int)

  /// The fold's value, in nats.
  package var value: Double { pointwise.reduce(0, +) / Double(pointwise.count) }
}

/// Trains one critic on the training rows, keeps the weights that were best on the stopping rows,
/// and evaluates them once on the evaluation rows.
package struct FoldTraining<C: Critic> {
  private let plan: TrainingPlan
  private let shape: CriticShape
  private let random: RandomSource
  private let watch: TrainingWatch
  private var objective: any Objective

  private var training: PairRows<C.Scalar>
  private var stopping: PairRows<C.Scalar>
  private var evaluation: PairRows<C.Scalar>

  private let scoredColumns: (x: Int, y: Int)

  /// Prepares the fold: maps the columns of all three sets by the training rows.
  package init(
    plan: TrainingPlan, objective: any Objective, x: NetworkInput, y: NetworkInput,
    split: RowSplit, random: RandomSource, watch: TrainingWatch
  ) {
    self.plan = plan
    self.objective = objective
    self.random = random
    self.watch = watch
    shape = CriticShape(
      dx: x.dimension, dy: y.dimension, hidden: plan.hidden, embedding: plan.embedding,
      slope: plan.slope, initialScale: plan.initialScale)
    let mapX = Marginals(x, rows: split.training, choice: plan.marginals)
    let mapY = Marginals(y, rows: split.training, choice: plan.marginals)
    scoredColumns = (mapX.scoredColumns, mapY.scoredColumns)
    func rows(_ indices: [Int]) -> PairRows<C.Scalar> {
      PairRows(
        x: mapX.apply(x, rows: indices, as: C.Scalar.self),
        y: mapY.apply(y, rows: indices, as: C.Scalar.self), count: indices.count)
    }
    training = rows(split.training)
    stopping = rows(split.stopping)
    evaluation = rows(split.evaluation)
  }

  /// Whether a critic beats the constant critic 0 on the stopping rows by two standard errors.
  ///
  /// Without this threshold, picking the best critic by chance would bias independent data below 0.
  private func isInformative(_ scores: Scores) -> Bool {
    let held = objective.evaluate(scores)
    let mean = held.influence.reduce(0, +) / Double(scores.rows)
    let spread = held.influence.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return objective.criterion(scores) > 0
      && held.value > 2 * spread.squareRoot() / Double(scores.rows)
  }

  /// Starts from the fitted Gaussian where the stopping rows like it better than independence.
  private mutating func fitBaseline() throws(EstimatorError) {
    guard plan.hasBaseline, let training = training as? PairRows<Float>,
      let stopping = stopping as? PairRows<Float>, let evaluation = evaluation as? PairRows<Float>,
      let gaussian = GaussianBaseline(x: training.x, y: training.y, rows: training.count)
    else { return }
    func features(_ rows: PairRows<Float>) -> (x: Buffer<Float>, y: Buffer<Float>, width: Int) {
      (
        gaussian.features(x: rows.x, rows: rows.count),
        gaussian.features(y: rows.y, rows: rows.count), gaussian.pairs + 1
      )
    }
    var candidate = self.stopping
    candidate.baseline = features(stopping)
    let stopper = HeldOutScorer<C>(
      shape: shape, rows: candidate, negatives: Self.stoppingNegatives)
    let untrained = Buffer<C.Scalar>(stopper.parameterCount)
    guard try stopper.score(untrained, watch: watch, isInformative) else { return }
    self.stopping = candidate
    self.training.baseline = features(training)
    self.evaluation.baseline = features(evaluation)
  }

  /// Trains and evaluates.
  ///
  /// - Throws: `diverged` or `cancelled`.
  package mutating func run() throws(EstimatorError) -> FoldOutcome {
    try fitBaseline()
    var random = self.random
    var batches = Minibatches(training, size: plan.batch, random: random)
    let negatives = min(plan.negatives, batches.size - 1)
    let critic = C(shape: shape, rows: batches.size, pairs: batches.size * (1 + negatives))
    let parameters = Buffer<C.Scalar>(critic.parameterCount)
    let gradients = Buffer<C.Scalar>(critic.parameterCount)
    // Another stream than the batches', which began at the same state.
    random = RandomSource(seed: random.next(), 1)
    critic.initialize(parameters, using: &random)
    let baseline = batches.baseline.map { BaselineScorer(rows: batches.size, width: $0.width) }
    var average = WeightAverage<C.Scalar>(count: parameters.count, keeping: plan.averaging)
    var adam = Adam<C.Scalar>(count: parameters.count, decay: plan.weightDecay)

    let stopper = HeldOutScorer<C>(
      shape: shape, rows: stopping, negatives: Self.stoppingNegatives)
    var curve = [try stopper.score(parameters, watch: watch, objective.criterion)]
    var best = (parameters: Buffer<C.Scalar>(parameters.count), criterion: curve[0], step: 0)
    best.parameters.copy(parameters)
    var isConstant = training.baseline == nil
    var step = 0
    let pairs = batches.size * (1 + negatives)
    let scores = Buffer<C.Scalar>(pairs)
    let (wide, slopes) = (Buffer<Double>(pairs), Buffer<Double>(pairs))

    while step < plan.steps, step - best.step < plan.patience {
      try watch.check(progress: 1)
      batches.draw()
      let shifts = batches.drawShifts(negatives)
      critic.embed(parameters, x: batches.x.start, y: batches.y.start, rows: batches.size)
      critic.score(parameters, shifts: shifts, scores: scores.start)
      for i in 0..<pairs { wide.start[i] = Double(scores.start[i]) }
      if let baseline, let features = batches.baseline {
        baseline.add(
          x: features.x.start, y: features.y.start, rows: batches.size, shifts: shifts,
          scores: wide.start)
      }
      let lent = Scores(wide.start, rows: batches.size, shifts: shifts)
      let loss = objective.loss(lent, gradient: slopes.start)
      try checkFinite(loss: loss, scores: lent, step: step)
      for i in 0..<pairs { scores.start[i] = C.Scalar(slopes.start[i]) }
      gradients.clear()
      critic.backward(
        parameters, gradients: gradients, shifts: shifts, scoreGradients: scores.start)
      adam.step(parameters, gradients: gradients, rate: plan.learningRate)
      average.add(parameters)
      step += 1
      if step % plan.checkEvery == 0 || step == plan.steps {
        let criterion = try stopper.score(average.weights, watch: watch, objective.criterion)
        guard criterion.isFinite else { throw diverged("the stopping criterion", criterion, step) }
        curve.append(criterion)
        guard criterion > best.criterion else { continue }
        if isConstant {
          isConstant = try !stopper.score(average.weights, watch: watch, isInformative)
        }
        guard !isConstant else { continue }
        (best.criterion, best.step) = (criterion, step)
        best.parameters.copy(average.weights)
      }
    }
    watch.skip(plan.steps - step)

    let evaluator = HeldOutScorer<C>(
      shape: shape, rows: evaluation, negatives: plan.evaluationNegatives)
    let held = try evaluator.score(best.parameters, watch: watch, objective.evaluate)
    guard held.value.isFinite else { throw diverged("the estimate", held.value, best.step) }
    return FoldOutcome(
      pointwise: held.pointwise, influence: held.influence, ceiling: held.ceiling, curve: curve,
      bestStep: best.step, steps: step,
      hasBaseline: training.baseline != nil, scoredColumns: scoredColumns)
  }

  /// Enough broken pairs for a stopping criterion without much noise, at little cost.
  private static var stoppingNegatives: Int { 31 }

  /// No log density ratio of real data comes near it: a critic that does is running away.
  private static var absurdScore: Double { 1e4 }

  private func checkFinite(loss: Double, scores: Scores, step: Int) throws(EstimatorError) {
    let mean = scores.real.reduce(0.0) { $0 + abs($1) } / Double(scores.rows)
    guard loss.isFinite else { throw diverged("the loss", loss, step) }
    guard mean < Self.absurdScore else { throw diverged("the mean score", mean, step) }
  }

  private func diverged(_ what: String, _ value: Double, _ step: Int) -> EstimatorError {
    EstimatorError(
      .diverged,
      "Training diverged: \(what) is \(value) at step \(step) with learningRate "
        + "\(plan.learningRate); try a smaller one.")
  }
}
