// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// How a critic is built, trained, stopped and evaluated: the parameters that all neural bounds
/// have in common.
package struct TrainingPlan: Sendable {
  /// Which family of critic.
  package enum CriticKind: String, Sendable { case joint, separable }

  package var critic: CriticKind
  package var hasBaseline: Bool
  package var marginals: MarginalMap.Choice
  package var hidden: [Int]
  package var embedding: Int
  package var slope: Double
  package var steps: Int
  package var batch: Int
  package var negatives: Int
  package var learningRate: Double
  package var weightDecay: Double
  package var initialScale: Double
  package var averaging: Double
  package var patience: Int
  package var checkEvery: Int
  package var folds: Int
  package var evaluationNegatives: Int

  /// Reads the values of ``specifications(critic:negatives:evaluationNegatives:)``.
  package init(_ values: ParameterValues, jointNegatives: Int) throws(EstimatorError) {
    critic = CriticKind(rawValue: try values.text("critic")) ?? .joint
    hasBaseline = try values.text("baseline") == "gaussian"
    marginals = try MarginalMap.Choice(values)
    hidden = try values.integers("hidden")
    embedding = try values.integer("embedding")
    slope = try values.number("slope")
    steps = try values.integer("steps")
    batch = try values.integer("batch")
    let chosen = try values.integer("negatives")
    negatives = chosen > 0 ? chosen : (critic == .joint ? jointNegatives : batch - 1)
    learningRate = try values.number("learningRate")
    weightDecay = try values.number("weightDecay")
    initialScale = try values.number("initialScale")
    averaging = try values.number("averaging")
    patience = try values.integer("patience")
    checkEvery = try values.integer("checkEvery")
    folds = try values.integer("folds")
    evaluationNegatives = try values.integer("evaluationNegatives")
  }

  /// The parameters that every neural bound takes.
  package static func specifications(
    critic: CriticKind, negatives: Int, evaluationNegatives: Int = 255
  ) -> [ParameterSpecification] {
    [
      ParameterSpecification(
        "critic", .choice(["joint", "separable"]), default: .text(critic.rawValue),
        meaning: "joint: T = MLP([x, y]); separable: T = f(x) . g(y)"),
      ParameterSpecification(
        "baseline", .choice(["gaussian", "none"]), default: .text("gaussian"),
        meaning: "what the network adds to: the log density ratio of a fitted Gaussian, or 0"),
      MarginalMap.parameter,
      ParameterSpecification(
        "hidden", .integers(1...8192), default: .integers([64, 64]),
        meaning: "widths of the hidden layers"),
      ParameterSpecification(
        "embedding", .integer(1...1024), default: .integer(32),
        meaning: "width of f(x) and g(y) of a separable critic"),
      ParameterSpecification(
        "slope", .number(0...0.99), default: .number(0),
        meaning: "slope of the activation below zero: 0 is ReLU, 0.2 the usual LeakyReLU"),
      ParameterSpecification(
        "steps", .integer(1...10_000_000), default: .integer(3000),
        meaning: "most training steps of a fold"),
      ParameterSpecification(
        "batch", .integer(2...1024), default: .integer(256), meaning: "rows of a training step"),
      ParameterSpecification(
        "negatives", .integer(0...1023), default: .integer(0),
        meaning: "broken pairs of each row in a training step, at most batch - 1; 0 is all of them "
          + "for a separable critic and \(negatives) for a joint one"),
      ParameterSpecification(
        "learningRate", .number(1e-9...1000), default: .number(0.002),
        meaning: "step size of Adam"),
      ParameterSpecification(
        "weightDecay", .number(0...10), default: .number(0),
        meaning: "decoupled weight decay, relative to the learning rate"),
      ParameterSpecification(
        "initialScale", .number(1e-6...100), default: .number(0.1),
        meaning: "what the first layer's initial weights are multiplied by, after He: small ones "
          + "begin smooth and overfit later, but need more steps"),
      ParameterSpecification(
        "averaging", .number(0...0.99999), default: .number(0.995),
        meaning: "weight of the past in the moving average of the weights that is stopped by and "
          + "evaluated; 0 takes the weights themselves"),
      ParameterSpecification(
        "patience", .integer(1...10_000_000), default: .integer(500),
        meaning: "steps without a better criterion on the stopping rows before training ends"),
      ParameterSpecification(
        "checkEvery", .integer(1...10_000_000), default: .integer(50),
        meaning: "steps between two looks at the stopping rows"),
      ParameterSpecification(
        "folds", .integer(0...100), default: .integer(0),
        meaning: "folds of cross-fitting; 1 is one split into 70% training, 10% stopping and 20% "
          + "evaluation; 0 is 5 below 20000 rows and else 1"),
      ParameterSpecification(
        "evaluationNegatives", .integer(1...100_000), default: .integer(evaluationNegatives),
        meaning: "broken pairs of each held-out row in the estimate, at most the fold's rows - 1"),
    ]
  }

  /// The number of folds for n rows.
  package func foldCount(rows: Int) -> Int {
    folds > 0 ? folds : (rows < 20_000 ? 5 : 1)
  }
}
