// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct DataReadingTests {
  @Test(arguments: DataGolden.rows) func equalsWhatWasWritten(
    row: DataGolden.Row
  ) throws {
    let loaded = try DataGolden.expectLoads(row)
    #expect(loaded.source == DataGolden.path(row.file))
  }

  @Test(arguments: [
    ("f4-big-F.npy", "float32", "float32 array taken as continuous, 4 x 3"),
    ("i8-big.npy", "int64", "int64 array taken as labels, 4 classes"),
    ("u1-byte.npy", "uint8", "uint8 array taken as labels, 4 classes"),
    ("bool.npy", "bool", "bool array taken as labels, 2 classes"),
    ("bytes.npy", "string S8", "string S8 array taken as labels, 3 classes"),
  ])
  func saysWhatWasTaken(file: String, elementType: String, reading: String) throws {
    let loaded = try loadVariable(DataGolden.path(file))
    #expect(loaded.elementType == elementType)
    #expect(loaded.reading == reading)
  }

  /// Large files of 64-bit numbers are read where they lie; here all files count as large.
  @Test(arguments: DataGolden.rows) func whatIsMappedIsWhatIsCopied(row: DataGolden.Row) throws {
    let path = DataGolden.path(row.file)
    let mapped = try loadVariable(path, reading: .automatic, mappingFrom: 0)
    #expect(mapped == (try loadVariable(path)))
  }

  @Test func aMappedFileWithNaNIsRefusedAsACopiedOne() throws {
    let path = NSTemporaryDirectory() + "mapped-nan-\(getpid()).npy"
    try writeNpy([1, .nan, 3], shape: [3], to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let copied = try #require(throws: DataError.self) { try loadVariable(path) }
    let mapped = try #require(throws: DataError.self) {
      try loadVariable(path, reading: .automatic, mappingFrom: 0)
    }
    #expect(mapped.description == copied.description)
  }

  @Test func integersMayBeNumbers() throws {
    let loaded = try loadVariable(DataGolden.path("i4-column.npy"), reading: .continuous)
    #expect(loaded.variable == .samples(try Samples([10, 9, -2, 9])))
    #expect(loaded.reading == "int32 array taken as continuous, 4 x 1")
    let matrix = try loadVariable(DataGolden.path("integer-matrix.npy"), reading: .continuous)
    #expect(
      matrix.variable
        == .samples(try Samples(rowMajor: [0, 1, 2, 3, 4, 5], count: 3, dimension: 2)))
  }

  @Test(
    arguments: [
      [5, -3, 5, 0], [7], [0, 65_535], [0, 65_536], [.min, .max, 0], [.max, .max - 1],
      [.min, .min + 9],
    ] as [[Int64]])
  func integerClassesAreThoseOfTheSlowTwin(values: [Int64]) throws {
    try withTemporaryFile("x.npy", npyBytes(values, shape: [values.count])) { path in
      let loaded = try loadVariable(path)
      #expect(loaded.variable == .labels(try Labels(values)))
    }
  }

  @Test func floatsMayBeLabelsNamedByTheirShortestText() throws {
    let bytes = npyBytes([0.1, 2, -0.0, 0, 0.1] as [Float], shape: [5])
    try withTemporaryFile("x.npy", bytes) { path in
      let labels = try loadVariable(path, reading: .discrete).variable.labels
      #expect(labels?.names == ["0", "0.1", "2"])
      #expect(labels?.codes == [1, 2, 0, 0, 1])
    }
  }

  @Test func contentHashDependsOnTheValuesAlone() throws {
    let files = ["f8-little-C.npy", "f8-big-F.npy", "f4-little-F.npy", "f2-big-C.npy"]
    let hashes = try files.map { try loadVariable(DataGolden.path($0)).contentHash }
    #expect(Set(hashes).count == 1)
    #expect(hashes[0].count == 16)
  }

  @Test func contentHashTellsValuesOrderSignsAndShapeApart() throws {
    var variants: [(values: [Double], shape: [Int])] = [
      ([1, 2, 3, 4], [2, 2]), ([1, 2, 3], [3]),
    ]
    // Every order of 1 to 5, and every choice of signs: what a weak mix would let cancel.
    for order in permutations([1, 2, 3, 4, 5]) { variants.append((order, [5])) }
    for signs in 1..<512 {
      let values: [Double] = (0..<9).map { index in
        let isNegative = (signs >> index) & 1 == 1
        return Double(isNegative ? -index - 1 : index + 1)
      }
      variants.append((values, [9]))
    }
    var hashes: Set<String> = []
    for (values, shape) in variants {
      try withTemporaryFile("x.npy", npyBytes(values, shape: shape)) { path in
        hashes.insert(try loadVariable(path).contentHash)
      }
    }
    #expect(hashes.count == variants.count)
  }

  @Test func aPathMayContainColons() throws {
    try withTemporaryFile("a:b.npy", try DataGolden.data("f8-little-C.npy")) { path in
      let loaded = try loadVariable(path)
      #expect(loaded.variable.count == 4)
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let values = [1.5, -0.0, 0x1p-1074, .greatestFiniteMagnitude, 1 / 3, 2]
    try withTemporaryFile("x.npy", []) { path in
      try writeNpy(values, shape: [3, 2], to: path)
      let loaded = try loadVariable(path)
      #expect(
        loaded.variable
          == .samples(try Samples(rowMajor: values, count: 3, dimension: 2)))
    }
    #expect(npyBytes([7, -1] as [Int64], shape: [2]).count == 128 + 16)
  }

  @Test func writesTheBytesThatNumPyWrites() throws {
    let samples = try #require(
      try loadVariable(DataGolden.path("f8-little-C.npy")).variable.samples)
    let written = npyBytes(samples.values, shape: [samples.count, samples.dimension])
    #expect(Data(written) == (try DataGolden.data("f8-little-C.npy")))
    let single = npyBytes(samples.values.map { Float($0) }, shape: [4, 3])
    #expect(Data(single) == (try DataGolden.data("f4-little-C.npy")))
  }
}

private func permutations(_ values: [Double]) -> [[Double]] {
  guard values.count > 1 else { return [values] }
  return values.indices.flatMap { index in
    var rest = values
    let first = rest.remove(at: index)
    return permutations(rest).map { [first] + $0 }
  }
}
