// SPDX-License-Identifier: MIT

import EstimatorAPI
import EstimatorConformance
import Estimators
import Foundation
import PluginHost
import Testing

/// One estimator, KSG-1, through every door: the numbers are those of the built-in to 1e-9.
@Suite struct SameNumberTests {
  static let requests: [EstimationRequest] = {
    let pairs = [(400, 0.6, 1), (300, 0.9, 3), (50, 0, 2)]
    return pairs.compactMap { try? gaussianPair(rows: $0.0, rho: $0.1, dimension: $0.2) }
  }()

  static func compare(
    _ plugin: String, _ parameters: [String: String] = [:],
    _ change: (inout PluginOptions) -> Void = { _ in }
  ) throws {
    let host = try Tools.host(change)
    let entry = try host.entries(of: host.find(plugin))[0]
    let estimator = try entry.make(entry.descriptor.resolve(parameters))
    let builtIn = try KSG1Estimator(["k": parameters["k"] ?? "3"])
    for request in requests {
      let expected = try builtIn.estimate(request).information.nats
      let found = try estimator.estimate(request).information.nats
      #expect(abs(found - expected) < 1e-9)
    }
  }

  @Test(.enabled(if: Tools.library != nil), arguments: ["1", "3", "10"])
  func inCInProcess(_ k: String) throws {
    try Self.compare(Tools.library ?? "", ["k": k]) { $0.inProcess = true }
  }

  @Test(.enabled(if: Tools.library != nil && Tools.mi != nil), arguments: ["1", "3", "10"])
  func inCInAChildHost(_ k: String) throws {
    try Self.compare(Tools.library ?? "", ["k": k])
  }

  @Test(.enabled(if: Tools.python != nil), arguments: ["1", "3", "10"])
  func inPython(_ k: String) throws {
    try Self.compare("\(Tools.root)/Plugins/python/examples/ksg.py", ["k": k])
  }

  @Test(.enabled(if: Tools.python != nil)) func asAOneLiner() throws {
    try Self.compare("python3 \(Tools.root)/Plugins/command/ksg_csv.py {csv} {dx} {dy}")
  }

  /// Both ways of running a library give all of an estimate, not only its number, alike.
  @Test(.enabled(if: Tools.library != nil && Tools.mi != nil))
  func childAndInProcessAreEqual() throws {
    let estimates = try [true, false].map { inProcess in
      let host = try Tools.host { $0.inProcess = inProcess }
      let entry = try host.entries(of: host.find(Tools.library ?? ""))[0]
      let estimator = try entry.make(entry.descriptor.resolve([:]))
      var outcomes = try Self.requests.map { try estimator.estimate($0) }
      // Ties, for a warning.
      let tied = try Samples((0..<40).map { Double($0 % 4) })
      outcomes.append(
        try estimator.estimate(EstimationRequest(x: .samples(tied), y: .samples(tied))))
      return outcomes
    }
    #expect(estimates[0] == estimates[1])
    #expect(estimates[0].last?.warnings.map(\.code) == ["ties"])
  }

  @Test(.enabled(if: Tools.library != nil && Tools.mi != nil))
  func errorsCrossTheBorderWhole() throws {
    let constant = try Samples([Double](repeating: 2, count: 40))
    let request = try EstimationRequest(x: .samples(constant), y: .samples(constant))
    let errors = try [true, false].map { inProcess in
      let host = try Tools.host { $0.inProcess = inProcess }
      let entry = try host.entries(of: host.find(Tools.library ?? ""))[0]
      return #expect(throws: EstimatorError.self) {
        try entry.make(entry.descriptor.resolve([:])).estimate(request)
      }
    }
    #expect(errors[0]?.code == .constantColumn)
    #expect(errors[0]?.code == errors[1]?.code)
    #expect(errors[1]?.description.contains("Column 0 of x is 2") == true)
  }

  @Test(.enabled(if: Tools.library != nil))
  func theCExampleConforms() throws {
    let host = try Tools.host { $0.inProcess = true }
    let plugin = try host.find(Tools.library ?? "")
    let report = try ConformanceSuite().run(host.entries(of: plugin, supervised: false)[0])
    #expect(report.passed, "\(report.failures)")
  }

  @Test(.enabled(if: Tools.python != nil))
  func thePythonExampleConforms() throws {
    let host = try Tools.host()
    let plugin = try host.find("\(Tools.root)/Plugins/python/examples/ksg.py")
    let report = try ConformanceSuite().run(host.entries(of: plugin, supervised: false)[0])
    #expect(report.passed, "\(report.failures)")
  }

  /// A library that answers in bits is stopped at its first use, by name.
  @Test(.enabled(if: Tools.python != nil))
  func quickChecksRefuseBits() throws {
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      import numpy
      from mi_plugin import estimator, serve

      @estimator(id="in-bits", minimum_samples=10, deterministic=True)
      def bits(x, y, seed):
          r = numpy.corrcoef(x[:, 0], y[:, 0])[0, 1]
          return -0.5 * numpy.log2(1 - r * r)

      serve()
      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: "\(folder)/bits.py"))
    let host = try Tools.host { $0.quickChecks = true }
    let entry = try host.entries(of: host.find("\(folder)/bits.py"))[0]
    let error = #expect(throws: EstimatorError.self) {
      try entry.make(entry.descriptor.resolve([:])).estimate(gaussianPair(rows: 50, rho: 0.5))
    }
    #expect(error?.code == .pluginNonconforming)
    #expect(error?.description.contains("bits") == true, "\(error?.description ?? "")")
  }
}
