// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

/// Whole distillations with models whose answer is known.
@Suite struct LearnerTests {
  @Test(arguments: ["linear", "softmax", "mlp=64", "mlp=64x32"])
  func shapesAreRead(text: String) throws {
    let shape = try #require(ModelShape(text))
    #expect(shape.description == (text == "softmax" ? "linear" : text))
  }

  @Test(arguments: ["", "mlp", "mlp=", "mlp=0", "mlp=64x", "mlp=9999", "tree"])
  func othersAreNot(text: String) { #expect(ModelShape(text) == nil) }

  /// The label is the sign of a product: no line sees it, a network does.
  @Test func aNetworkSeesWhatNoLineDoes() throws {
    var random = RandomSource(seed: testSeed(3))
    let n = 600
    let x = random.normals(2 * n)
    let labels = (0..<n).map { x[2 * $0] * x[2 * $0 + 1] > 0 ? 1 : 0 }
    let view = NamedVariable("view", .samples(try Samples(rowMajor: x, count: n, dimension: 2)))
    var options = DistillationOptions()
    options.splits = 3
    options.weights = [0.5]
    options.temperatures = [1]
    options.threads = 2
    options.teacherModel = .network([16])
    let report = try distill(
      teachers: [view], student: view, labels: NamedVariable("labels", .labels(try Labels(labels))),
      options: options)
    expect(report.teachers[0].teacherQuality, above: 0.9)
    expect(report.studentQuality, below: 0.65)
  }

  /// y = x b + noise of a tenth of the variance: R^2 is about 0.9 by a line and by a network.
  @Test(arguments: [ModelShape.linear, .network([32])])
  func numbersAreRegressedOn(shape: ModelShape) throws {
    var random = RandomSource(seed: testSeed(4))
    let n = 800
    let x = random.normals(3 * n)
    let y = (0..<n).map { row in
      500 + 100 * ((x[3 * row] + x[3 * row + 1]) * 0.67 + 0.316 * random.normal())
    }
    let view = NamedVariable("view", .samples(try Samples(rowMajor: x, count: n, dimension: 3)))
    var options = DistillationOptions()
    options.splits = 3
    options.weights = [0.5]
    options.threads = 2
    (options.teacherModel, options.studentModel) = (shape, shape)
    let report = try distill(
      teachers: [view], student: view, labels: NamedVariable("y", .samples(try Samples(y))),
      options: options)
    #expect(!report.isClassification)
    // Over seeds 0.895 with a standard deviation of 0.01.
    expect(report.studentQuality, within: 0.045, of: 0.9)
    // One temperature only: it has no meaning for numbers.
    #expect(report.teachers[0].settings.count == 1)
  }
}
