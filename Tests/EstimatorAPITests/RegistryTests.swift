// SPDX-License-Identifier: MIT

import EstimatorAPI
import Testing

@Suite struct RegistryTests {
  private func registry(_ ids: String...) throws -> EstimatorRegistry {
    var registry = EstimatorRegistry()
    for id in ids { try registry.register(entry(id)) }
    return registry
  }

  private func entry(_ id: String, origin: String = "here") -> EstimatorRegistry.Entry {
    let descriptor = EstimatorDescriptor(
      id: id, version: "1", summary: "", reference: "",
      traits: EstimatorTraits(kinds: [.continuous], minimumSamples: 1))
    return EstimatorRegistry.Entry(descriptor: descriptor, origin: origin) {
      (_) throws(EstimatorError) in Constant(descriptor: descriptor)
    }
  }

  private struct Constant: MutualInformationEstimator {
    let descriptor: EstimatorDescriptor
    func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
      Estimate(.zero)
    }
  }

  @Test func entriesKeepTheirOrder() throws {
    let registry = try registry("b", "a", "c")
    #expect(registry.entries.map(\.descriptor.id) == ["b", "a", "c"])
    #expect(try registry.make("a").descriptor.id == "a")
  }

  @Test func aSecondOwnerOfAnIDIsRefusedWithBothOrigins() throws {
    var registry = try registry("ksg-1")
    let error = try #require(throws: EstimatorError.self) {
      try registry.register(entry("ksg-1", origin: "/tmp/mine.so"))
    }
    #expect(error.code == .duplicateEstimator)
    #expect(error.description.contains("here") && error.description.contains("/tmp/mine.so"))
    #expect(registry.entries.count == 1)
  }

  @Test(arguments: [
    ("ksg", "ksg-1"), ("ksg1", "ksg-1"), ("gausian", "gaussian"),
    ("gaussian-coupla", "gaussian-copula"),
    ("ros", "ross"),
  ])
  func anUnknownNameIsAnsweredWithTheNearest(typed: String, meant: String) throws {
    let registry = try registry("ksg-1", "ksg-2", "gaussian", "gaussian-copula", "ross", "binning")
    let error = try #require(throws: EstimatorError.self) { try registry.entry(typed) }
    #expect(error.code == .unknownEstimator)
    #expect(error.description.contains("Did you mean \(meant)"))
  }

  @Test func nothingNearIsNotGuessed() throws {
    let registry = try registry("ksg-1", "ross")
    let error = try #require(throws: EstimatorError.self) { try registry.entry("transformer") }
    #expect(error.description == "There is no estimator \"transformer\".")
  }
}
