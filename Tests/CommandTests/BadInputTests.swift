// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// Each kind of bad input: one sentence with the found and the needed value, nothing on stdout, and
/// the exit status of the contract.
@Suite struct BadInputTests {
  /// Runs `mi estimate` on files made by `prepare` and holds the outcome to the contract.
  private func expect(
    _ status: Int32, _ words: [String], _ extra: [String] = [],
    x: (Scratch) throws -> String, y: ((Scratch) throws -> String)? = nil
  ) throws {
    let scratch = try Scratch()
    let good = ExampleData(n: 50)
    let xFile = try x(scratch)
    let yFile = try y?(scratch) ?? scratch.write("good.npy", good.y)
    let result = try mi(["estimate", xFile, yFile] + extra)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    for word in words { #expect(result.errors.contains(word), "\(word): \(result.errors)") }
  }

  @Test func missingFile() throws {
    try expect(65, ["nowhere.npy"]) { $0.path("nowhere.npy") }
  }

  @Test func notANumber() throws {
    var numbers = ExampleData(n: 50).x
    numbers[7] = .nan
    try expect(65, ["7", "nan", "finite"]) { try $0.write("x.npy", numbers) }
  }

  @Test func infinite() throws {
    var numbers = ExampleData(n: 50).x
    numbers[3] = .infinity
    try expect(65, ["3", "inf", "finite"]) { try $0.write("x.npy", numbers) }
  }

  @Test(arguments: ["ksg-1", "ksg-2", "gaussian", "gaussian-copula", "binning"])
  func constantColumn(estimator: String) throws {
    let numbers = (0..<100).map { $0 % 2 == 0 ? Double($0) : 4.5 }
    try expect(65, ["olumn 1 of x", "4.5", "vary"], ["-e", estimator]) {
      try $0.write("x.npy", numbers, columns: 2)
    }
  }

  @Test func rowsThatDiffer() throws {
    try expect(65, ["40", "50"]) { try $0.write("x.npy", ExampleData(n: 40).x) }
  }

  @Test func noMoreRowsThanNeighbors() throws {
    try expect(65, ["50", "51"], ["-e", "ksg-1", "-p", "k=50"]) {
      try $0.write("x.npy", ExampleData(n: 50).x)
    }
  }

  @Test func emptyFile() throws {
    try expect(65, ["x.npy", "empty"]) { try $0.write("x.npy", bytes: []) }
  }

  @Test func truncatedFile() throws {
    try expect(65, ["x.npy", "byte"]) { scratch in
      let whole = try scratch.write("whole.npy", ExampleData(n: 50).x)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
      return try scratch.write("x.npy", bytes: Array(bytes.dropLast(9)))
    }
  }

  @Test func objectArray() throws {
    let header = "{'descr': '|O', 'fortran_order': False, 'shape': (50,), }"
    let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    try expect(65, ["object"]) { try $0.write("x.npy", bytes: bytes) }
  }

  @Test func aClassWithOneMember() throws {
    var labels = ExampleData(n: 50).labels
    labels[0] = 9
    try expect(65, ["\"9\" (1)"], ["-e", "gaussian-label"]) {
      try $0.write("x.npy", labels: labels)
    }
  }

  @Test func aParameterOutOfRange() throws {
    try expect(64, ["Parameter k of ksg-1 is \"0\"", "needs"], ["-e", "ksg-1", "-p", "k=0"]) {
      try $0.write("x.npy", ExampleData(n: 50).x)
    }
  }

  @Test func anUnknownParameter() throws {
    try expect(64, ["no parameter \"neighbors\"", "k"], ["-e", "ksg-1", "-p", "neighbors=3"]) {
      try $0.write("x.npy", ExampleData(n: 50).x)
    }
  }

  @Test func anUnknownEstimatorIsAnsweredWithTheNearestName() throws {
    try expect(64, ["\"ksg1\"", "ksg-1"], ["-e", "ksg1"]) {
      try $0.write("x.npy", ExampleData(n: 50).x)
    }
  }

  @Test func neighborsOfClassCodesAreRefusedInFavorOfRoss() throws {
    try expect(64, ["ksg-1", "continuous-labels", "ross"], ["-e", "ksg-1"]) {
      try $0.write("x.npy", labels: ExampleData(n: 50).labels)
    }
  }

  @Test func anOverrideOfNoVariable() throws {
    try expect(64, ["\"z\""], ["--discrete", "z"]) { try $0.write("x.npy", ExampleData(n: 50).x) }
  }
}
