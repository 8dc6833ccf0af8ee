// SPDX-License-Identifier: MIT

import EstimatorAPI
import Testing

@Suite struct VariableTests {
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func samplesRefuseWhatIsNotFinite(value: Double) throws {
    let error = try #require(throws: EstimatorError.self) {
      try Samples(rowMajor: [1, 2, 3, value, 5, 6], count: 3, dimension: 2)
    }
    #expect(error.code == .nonFinite)
    #expect(error.description.contains("Row 1, column 1"))
    #expect(error.description.contains("\(value)"))
  }

  @Test(arguments: [(5, 3, 2), (0, 0, 1), (0, 1, 0), (3, -1, -3)])
  func samplesRefuseAWrongShape(numbers: Int, count: Int, dimension: Int) throws {
    let error = try #require(throws: EstimatorError.self) {
      try Samples(
        rowMajor: [Double](repeating: 1, count: numbers), count: count, dimension: dimension)
    }
    #expect(error.code == .shapeMismatch)
  }

  @Test func theLargestFiniteNumbersAreFinite() throws {
    let most = Double.greatestFiniteMagnitude
    #expect(try Samples([most, -most, most]).count == 3)
  }

  @Test func rowsAndColumnsAreWhereTheyBelong() throws {
    let samples = try Samples(rowMajor: [1, 2, 3, 4, 5, 6], count: 3, dimension: 2)
    #expect(samples.column(1) == [2, 4, 6])
    #expect(samples.selecting(rows: [2, 0]).values == [5, 6, 1, 2])
    #expect(samples.withUnsafeValues { $0[3] } == 4)
  }

  @Test func labelsAreNamedAndSorted() throws {
    let labels = try Labels([7, 3, 7, 11])
    #expect(labels.names == ["3", "7", "11"])
    #expect(labels.codes == [1, 0, 1, 2])
    #expect(labels.classSizes == [1, 2, 1])
    #expect(labels.selecting(rows: [0, 2]).classSizes == [0, 2, 0])
  }

  @Test func aCodeWithoutAClassIsRefused() throws {
    let error = try #require(throws: EstimatorError.self) {
      try Labels(codes: [0, 2], names: ["a", "b"])
    }
    #expect(error.code == .invalidLabel)
    #expect(error.description.contains("class code 2"))
  }

  @Test func theKindOfAPairDoesNotDependOnItsOrder() throws {
    let samples = Variable.samples(try Samples([1, 2]))
    let labels = Variable.labels(try Labels(["a", "b"]))
    #expect(PairKind(samples, samples) == .continuous)
    #expect(PairKind(samples, labels) == .mixed)
    #expect(PairKind(labels, samples) == .mixed)
    #expect(PairKind(labels, labels) == .discrete)
  }

  @Test func aRequestNeedsEquallyManyRows() throws {
    let error = try #require(throws: EstimatorError.self) {
      try EstimationRequest(x: .samples(Samples([1, 2])), y: .samples(Samples([1, 2, 3])))
    }
    #expect(error.code == .rowsDiffer)
    #expect(error.description.contains("2") && error.description.contains("3"))
  }
}
