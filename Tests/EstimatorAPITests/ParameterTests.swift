// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Testing

@Suite struct ParameterTests {
  static let descriptor = EstimatorDescriptor(
    id: "sample", version: "1", summary: "", reference: "",
    traits: EstimatorTraits(kinds: [.continuous], minimumSamples: 10, maximumDimension: 4),
    parameters: [
      ParameterSpecification("k", .integers(1...100), default: .integers([3]), meaning: ""),
      ParameterSpecification("bins", .integer(2...64), default: .integer(8), meaning: ""),
      ParameterSpecification("jitter", .number(0...1), default: .number(0), meaning: ""),
      ParameterSpecification(
        "rule", .choice(["width", "mass"]), default: .text("mass"), meaning: ""),
      ParameterSpecification("bias", .flag, default: .flag(true), meaning: ""),
    ])

  @Test func defaultsFillWhatIsNotGiven() throws {
    let values = try Self.descriptor.resolve(["bins": "16", "k": "3,5,10"])
    #expect(try values.integer("bins") == 16)
    #expect(try values.integers("k") == [3, 5, 10])
    #expect(try values.number("jitter") == 0)
    #expect(try values.text("rule") == "mass")
    #expect(try values.flag("bias"))
  }

  @Test(arguments: [
    ("bins", "1"), ("bins", "65"), ("bins", "8.5"), ("bins", ""), ("k", "3,,5"), ("k", "0"),
    ("k", "three"), ("jitter", "nan"), ("jitter", "-1"), ("jitter", "inf"), ("rule", "Mass"),
    ("bias", "yes"),
  ])
  func aValueOutOfItsTypeIsRefusedByName(name: String, text: String) throws {
    let error = try #require(throws: EstimatorError.self) {
      try Self.descriptor.resolve([name: text])
    }
    #expect(error.code == .invalidParameter)
    #expect(error.description.contains("Parameter \(name) of sample is \"\(text)\"; it needs"))
  }

  @Test func anUnknownParameterIsRefusedWithTheKnownOnes() throws {
    let error = try #require(throws: EstimatorError.self) {
      try Self.descriptor.resolve(["bin": "4"])
    }
    #expect(error.code == .unknownParameter)
    #expect(error.description.contains("k, bins, jitter, rule, bias"))
  }

  @Test func valuesSurviveJSON() throws {
    let values = try Self.descriptor.resolve(["jitter": "1", "k": "4"])
    let data = try JSONEncoder().encode(values)
    let back = try JSONDecoder().decode(ParameterValues.self, from: data)
    #expect(try back.number("jitter") == 1)
    #expect(try back.integers("k") == [4])
    #expect(try back.flag("bias"))
    #expect(try back.text("rule") == "mass")
  }

  @Test func aNameThatIsNotThereIsASentenceAndNoTrap() throws {
    let values = try Self.descriptor.resolve([:])
    let error = #expect(throws: EstimatorError.self) { try values.integer("bin") }
    #expect(error?.code == .invalidParameter)
    #expect(
      error?.description
        == "The estimator's code reads its parameter \"bin\" as a whole number; it is "
        + "not in its description, which has bias, bins, jitter, k, rule.")
    #expect(throws: EstimatorError.self) { try values.flag("rule") }
  }

  @Test func aRangeIsToldInWords() {
    #expect(ParameterType.integer(1...9).description == "a whole number from 1 to 9")
    #expect(ParameterType.integer(1...Int.max).description == "a whole number of at least 1")
    #expect(ParameterType.choice(["a", "b"]).description == "one of a, b")
  }

  @Test func traitsAreEnforced() throws {
    let few = Variable.samples(try Samples((0..<9).map(Double.init)))
    let wide = Variable.samples(
      try Samples(rowMajor: (0..<40).map(Double.init), count: 10, dimension: 4))
    let labels = Variable.labels(try Labels(Array(0..<9)))
    let cases: [(Variable, Variable, EstimatorError.Code)] = [
      (few, few, .tooFewSamples), (wide, wide, .dimensionOutOfRange),
      (few, labels, .unsupportedKinds),
    ]
    for (x, y, code) in cases {
      let request = try EstimationRequest(x: x, y: y)
      let error = try #require(throws: EstimatorError.self) {
        try Self.descriptor.checkAccepts(request)
      }
      #expect(error.code == code)
    }
  }

  @Test func wrongKindsAreToldWhatToUse() throws {
    let error = EstimatorError.unsupportedKinds(.mixed, Self.descriptor)
    #expect(error.description.contains("ross"))
  }
}
