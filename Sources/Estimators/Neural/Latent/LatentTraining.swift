// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The settings of the autoencoders.
package struct LatentPlan: Sendable {
  package var marginals: MarginalMap.Choice
  package var latents: Int
  package var components: Int
  package var hidden: Int
  package var reconstruction: Double
  package var steps: Int
  package var batch: Int
  package var learningRate: Double
  package var patience: Int
  package var checkEvery: Int
}

/// Trains cross-predictive autoencoders on the training rows, from the best linear answer on, and
/// keeps the weights that predict the stopping rows best.
package struct LatentTraining {
  private let plan: LatentPlan
  private let model: CrossAutoencoder<Float>
  private let x: [Matrix]
  private let y: [Matrix]
  private let parameters: Buffer<Float>
  private let watch: TrainingWatch

  /// Prepares; `x` and `y` are the reduced rows of training, stopping and evaluation.
  package init(
    plan: LatentPlan, x: [Matrix], y: [Matrix], random: inout RandomSource, watch: TrainingWatch
  ) {
    self.plan = plan
    self.x = x
    self.y = y
    self.watch = watch
    let rows = x.map(\.rows).max() ?? 0
    model = CrossAutoencoder(
      dx: x[0].columns, dy: y[0].columns, hidden: plan.hidden,
      latents: min(plan.latents, x[0].columns, y[0].columns),
      reconstruction: plan.reconstruction, rows: rows)
    parameters = Buffer(model.parameterCount)
    for network in model.encoders + model.decoders {
      network.network.initialize(parameters.start, using: &random, zeroOutput: true)
    }
    startLinear()
  }

  /// Sets the linear parts to closed-form answers.
  ///
  /// Encoders take the directions of greatest cross-covariance (partial least squares, by singular
  /// vectors), decoders the least squares from the latents.
  private func startLinear() {
    let directions = Self.crossDirections(x[0], y[0], count: model.encoders[0].linear.widths[1])
    let sides = [x[0], y[0]]
    let latents = [multiply(x[0], directions.x), multiply(y[0], directions.y)]
    set(model.encoders[0].linear, directions.x)
    set(model.encoders[1].linear, directions.y)
    for from in 0..<2 {
      var normal = gram(latents[from])
      let trace = (0..<normal.rows).reduce(0) { $0 + normal[$1, $1] } / Double(normal.rows)
      for i in 0..<normal.rows { normal[i, i] += 1e-6 * trace + 1e-12 }
      guard let cholesky = Cholesky(normal) else { continue }
      for to in 0..<2 {
        let moments = multiply(latents[from].transposed, sides[to])
        set(model.decoders[2 * from + to].linear, cholesky.solve(moments))
      }
    }
  }

  private func set(_ network: DenseNetwork<Float>, _ weights: Matrix) {
    for (index, value) in weights.values.enumerated() {
      parameters.start[network.offset + index] = Float(value)
    }
  }

  /// The singular vectors of x'y with the greatest singular values.
  private static func crossDirections(
    _ x: Matrix, _ y: Matrix, count: Int
  ) -> (x: Matrix, y: Matrix) {
    let cross = multiply(x.transposed, y)
    let eigenX = symmetricEigen(multiply(cross, transposed: cross))
    let eigenY = symmetricEigen(gram(cross))
    func last(_ vectors: Matrix) -> Matrix {
      var result = Matrix(rows: vectors.rows, columns: count)
      for j in 0..<count {
        for i in 0..<vectors.rows { result[i, j] = vectors[i, vectors.columns - 1 - j] }
      }
      return result
    }
    return (last(eigenX.vectors), last(eigenY.vectors))
  }

  /// The outcome of the training.
  package struct Outcome {
    /// The latents of x: training, stopping and evaluation rows.
    package let x: [Matrix]
    /// The latents of y.
    package let y: [Matrix]
    /// The cross-predictive loss on the stopping rows at every check.
    package let curve: [Double]
    /// The step whose weights were kept.
    package let bestStep: Int
    /// The steps made.
    package let steps: Int
  }

  /// Trains and encodes.
  ///
  /// - Throws: `diverged` or `cancelled`.
  package func run(random: RandomSource) throws(EstimatorError) -> Outcome {
    let narrow = (x: x.map { Buffer<Float>($0.values) }, y: y.map { Buffer<Float>($0.values) })
    var batches = Minibatches(
      PairRows(x: narrow.x[0], y: narrow.y[0], count: x[0].rows), size: plan.batch, random: random)
    let gradients = Buffer<Float>(parameters.count)
    var adam = Adam<Float>(count: parameters.count)
    let best = Buffer<Float>(parameters.count)
    best.copy(parameters)
    func check() -> Double {
      model.loss(
        parameters, gradients: nil, x: narrow.x[1].start, y: narrow.y[1].start, count: x[1].rows
      ).cross
    }
    var curve = [check()]
    var (least, bestStep, step) = (curve[0], 0, 0)
    while step < plan.steps, step - bestStep < plan.patience {
      try watch.check(progress: 1)
      batches.draw()
      gradients.clear()
      let loss = model.loss(
        parameters, gradients: gradients, x: batches.x.start, y: batches.y.start,
        count: batches.size)
      // Data of mean variance 1 have a loss of a few; a thousand is a run that left them.
      guard loss.total.isFinite, loss.total < 1e6 else { throw diverged(loss.total, step) }
      adam.step(parameters, gradients: gradients, rate: plan.learningRate)
      step += 1
      guard step % plan.checkEvery == 0 || step == plan.steps else { continue }
      let cross = check()
      guard cross.isFinite else { throw diverged(cross, step) }
      curve.append(cross)
      if cross < least {
        (least, bestStep) = (cross, step)
        best.copy(parameters)
      }
    }
    watch.skip(plan.steps - step)
    return Outcome(
      x: encode(best, side: 0, narrow.x, x), y: encode(best, side: 1, narrow.y, y), curve: curve,
      bestStep: bestStep, steps: step)
  }

  private func encode(
    _ parameters: Buffer<Float>, side: Int, _ inputs: [Buffer<Float>], _ rows: [Matrix]
  ) -> [Matrix] {
    zip(inputs, rows).map { input, matrix in
      let columns = model.encoders[side].linear.widths[1]
      let start = model.encode(parameters, side: side, input: input.start, count: matrix.rows)
      return Matrix(
        rows: matrix.rows, columns: columns,
        values: (0..<matrix.rows * columns).map { Double(start[$0]) })
    }
  }

  private func diverged(_ loss: Double, _ step: Int) -> EstimatorError {
    EstimatorError(
      .diverged,
      "Training diverged: the loss of the autoencoders is \(loss) at step \(step) with "
        + "learningRate \(plan.learningRate); try a smaller one.")
  }
}
