// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct RepresentationTests {
  /// Three columns: a, 10 a + noise of another size, and b, independent.
  private func samples() throws -> Samples {
    let pair = GaussianTruth(dx: 1, dy: 1, information: .zero).sample(2000, seed: testSeed(4))
    let a = try #require(pair.x.samples).values
    let b = try #require(pair.y.samples).values
    let rows = zip(a, b).flatMap { a, b in [a, 10 * a + 3, 1000 * b] }
    return try Samples(rowMajor: rows, count: 2000, dimension: 3)
  }

  @Test(arguments: ["raw", "pca=1", "pca=12"])
  func textsAreRead(text: String) throws {
    #expect(try #require(Representation(text)).description == text)
  }

  @Test(arguments: ["", "pca", "pca=", "pca=0", "pca=-2", "pca=2.5", "PCA=3", "logit"])
  func otherTextsAreRefused(text: String) { #expect(Representation(text) == nil) }

  @Test func componentsAreThoseOfTheStandardizedColumns() throws {
    let view = Variable.samples(try samples())
    let (reduced, record) = try Representation.principalComponents(1).apply(to: view, named: "t")
    // The twin columns make one component of correlation-matrix eigenvalue 2 of 3.
    try expect(#require(record.varianceShare), within: 0.02, of: 2.0 / 3)
    #expect(record.dimensionIn == 3 && record.dimensionOut == 1)
    let component = try #require(reduced.samples).column(0)
    try expect(abs(correlation(component, samples().column(0))), above: 0.99)
  }

  @Test func allComponentsKeepAllVariance() throws {
    let view = Variable.samples(try samples())
    let (_, record) = try Representation.principalComponents(2).apply(to: view, named: "t")
    #expect(abs(try #require(record.varianceShare) - 1) < 1e-12)
  }

  @Test func narrowViewsAndLabelsAreLeftAlone() throws {
    let view = Variable.samples(try samples())
    let labels = Variable.labels(try Labels([1, 2, 1]))
    #expect(try Representation.principalComponents(3).apply(to: view, named: "t").variable == view)
    #expect(
      try Representation.principalComponents(1).apply(to: labels, named: "y").variable == labels)
  }

  @Test func componentsLeaveOutConstantColumnsAndSaySo() throws {
    let rows = [1.0, 5, 2, 2, 5, 0, 4, 5, 1, 0, 5, 7]
    let view = Variable.samples(try Samples(rowMajor: rows, count: 4, dimension: 3))
    let (_, record) = try Representation.principalComponents(1).apply(to: view, named: "image")
    #expect(record.constantColumns == 1)
    #expect(record.dimensionIn == 3 && record.dimensionOut == 1)
  }

  @Test func aConstantColumnOfARawViewIsNamed() throws {
    let view = Variable.samples(
      try Samples(rowMajor: [1, 5, 2, 5, 4, 5, 0, 5], count: 4, dimension: 2))
    let error = try #require(throws: EstimatorError.self) {
      try Representation.raw.apply(to: view, named: "audio")
    }
    #expect(error.code == .constantColumn)
    #expect(error.description.contains("Column 1 of audio"))
  }
}
