// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct SuiteFileTests {
  static let everything = """
    { "name": "mine", "tasks": [
      { "id": "a", "distribution": "gaussian", "parameters": { "dx": 1, "dy": 2, "nats": 0.5 },
        "x": [ "normal-cdf", { "transform": "swiss-roll" } ] },
      { "id": "b", "distribution": "normal",
        "parameters": { "dx": 1, "dy": 1, "covariance": [[1, 0.5], [0.5, 1]] },
        "both": [ { "transform": "power", "exponent": 2 }, { "transform": "affine", "scale": 3 } ] },
      { "id": "c", "distribution": "two-pair",
        "parameters": { "dx": 3, "dy": 3, "correlation": 0.8 },
        "x": [ { "transform": "spiral", "speed": 0.3, "plane": [0, 2] } ],
        "y": [ { "transform": "rotation", "angle": 1, "plane": [0, 1] }, "half-cube" ] },
      { "id": "d", "distribution": "student", "parameters": { "dx": 2, "dy": 1, "dof": 3 },
        "both": [ "asinh" ] },
      { "id": "e", "distribution": "additive-uniform", "parameters": { "epsilon": 0.3 } },
      { "id": "f", "distribution": "normal-mixture", "parameters": { "dx": 1, "dy": 1, "components": [
          { "weight": 1, "mean": [0, 0], "covariance": [[1, 0], [0, 1]] },
          { "weight": 3, "mean": [2, 1], "covariance": [[1, 0.3], [0.3, 2]] } ] } },
      { "id": "g", "distribution": "contaminated",
        "parameters": { "dx": 2, "dy": 2, "correlation": 0.5, "share": 0.1, "noiseVariance": 9 } },
      { "id": "h", "distribution": "concentric",
        "parameters": { "dimension": 2, "classes": 3, "labeled": true },
        "x": [ { "transform": "wave", "amplitude": 1, "frequency": 2 } ] },
      { "id": "i", "distribution": "gaussian-mixture",
        "parameters": { "dimension": 2, "proportions": [1, 2], "nats": 0.3, "wrongShare": 0.1 } },
      { "id": "j", "distribution": "latent",
        "parameters": { "rank": 2, "dx": 9, "dy": 8, "nats": 1 } },
      { "id": "k", "distribution": "uniform-mixture", "parameters": { "classes": 4 } },
      { "id": "l", "distribution": "zero-inflated-poisson", "parameters": { "inflation": 0.15 } },
      { "id": "m", "distribution": "table", "parameters": { "weights": [[1, 2], [3, 1]] } },
      { "id": "n", "distribution": "gaussian", "parameters": { "dx": 2, "dy": 1, "nats": 0.4 },
        "x": [ { "transform": "embedding", "into": 7 } ],
        "y": [ "wiggly-y",
          { "transform": "mixture-quantile", "weights": [1, 1], "means": [-2, 2] } ] }
    ] }
    """

  @Test func everyDistributionAndItsTruth() throws {
    let suite = try SuiteFile(json: Data(Self.everything.utf8)).suite()
    #expect(suite.name == "mine")
    #expect(suite.tasks.map(\.id) == "abcdefghijklmn".map(String.init))
    for task in suite.tasks {
      let off = try #require(standardErrorsOff(task, count: 20_000))
      expect(off, below: truthErrors, "\(task.id)")
    }
    #expect(try suite.task("a").dx == 2)
    #expect(try suite.task("n").dx == 7)
  }

  @Test func exampleNamesEveryDistribution() throws {
    let file = try SuiteFile(json: Data(Self.everything.utf8))
    #expect(
      Set(file.tasks.map(\.distribution)) == Set(DistributionCatalog.names.map(\.name)))
  }

  @Test func fileSurvivesARoundTrip() throws {
    let file = try SuiteFile(json: Data(Self.everything.utf8))
    let again = try SuiteFile(json: JSONEncoder().encode(file))
    #expect(again.tasks.map(\.parameters) == file.tasks.map(\.parameters))
    #expect(try again.suite().task("c").information == file.suite().task("c").information)
  }

  static let faults: [(task: String, sentence: String)] = [
    (#""distribution": "gausian""#, "names the distribution \"gausian\"; there are gaussian,"),
    (
      #""distribution": "gaussian", "parameters": {"dx": 1, "dy": 1}"#,
      "\"nats\" of gaussian in task t is missing"
    ),
    (
      #""distribution": "gaussian", "parameters": {"dx": 1.5, "dy": 1, "nats": 1}"#,
      "\"dx\" of gaussian in task t is 1.5; it needs a whole number"
    ),
    (
      #""distribution": "gaussian", "parameters": {"dx": 1, "dy": 1, "nats": -1}"#,
      "is -1.0; it needs a number of at least 0"
    ),
    (
      #""distribution": "gaussian", "parameters": {"dx": 1, "dy": 1, "nats": 1, "rho": 1}"#,
      "has no parameter \"rho\"; it has dx, dy, nats, mixing"
    ),
    (
      #""distribution": "normal", "parameters": {"dx": 1, "dy": 1, "covariance": [[1, 2], [2, 1]]}"#,
      "Task t: The 2 x 2 covariance is not positive definite"
    ),
    (
      #""distribution": "normal", "parameters": {"dx": 1, "dy": 1, "covariance": [[1, 0.5], [0.4, 1]]}"#,
      "the same number"
    ),
    (
      #""distribution": "gaussian-mixture", "parameters": {"dimension": 1, "proportions": [1, 1], "nats": 1}"#,
      "nats, 0.999 of the labels' entropy"
    ),
    (
      #""distribution": "additive-uniform", "parameters": {"epsilon": 1}, "x": ["twirl"]"#,
      "Task t, x names the transform \"twirl\""
    ),
    (
      #""distribution": "additive-uniform", "parameters": {"epsilon": 1}, "x": [{"transform": "spiral", "speed": 1, "plane": [0, 1]}]"#,
      "needs two different columns from 0 to 0"
    ),
    (
      #""distribution": "two-pair", "parameters": {"dx": 2, "dy": 2, "correlation": 0.5}, "x": ["swiss-roll"]"#,
      "one column, not of 2"
    ),
    (
      #""distribution": "table", "parameters": {"weights": [[1]]}, "y": ["asinh"]"#,
      "transforms y, which is labels"
    ),
    (#""distribution": "table", "x": [3]"#, "tasks[0].x[0]"),
    (#""distribution": 3"#, "tasks[0].distribution"),
    (#""distributio": "table""#, "there is no \"distribution\""),
  ]

  @Test(arguments: faults)
  func faultsAreNamed(task: String, sentence: String) {
    let json = #"{"name": "n", "tasks": [{"id": "t", "# + task + "}]}"
    let error = #expect(throws: EstimatorError.self) {
      try SuiteFile(json: Data(json.utf8)).suite()
    }
    #expect(error?.code == .invalidSuite)
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func twoTasksOfOneIdAreRefused() {
    let task = TaskSpecification(
      id: "t", distribution: "uniform-mixture",
      parameters: SpecifiedParameters(["classes": .number(3)]))
    #expect(throws: EstimatorError.self) { try SuiteFile(name: "n", tasks: [task, task]).suite() }
  }
}
