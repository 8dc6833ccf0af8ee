// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost
import Testing

/// Groups of rows reach a plugin that takes them, whichever way it is run, and no other one.
@Suite struct GroupTests {
  /// Groups by names that are no codes: plugins get 0, 1, 2 in the order of first rows.
  private static let names: [Int] = (0..<40).map { 100 - $0 % 8 * 3 }
  private static let expected: Double = {
    var sum = 0.0
    for row in 0..<40 { sum += 1e-6 * Double((row + 1) * (row % 8)) }
    return sum
  }()

  private static func request(groups: [Int]?) throws -> EstimationRequest {
    let plain = try gaussianPair(rows: 40, rho: 0.5)
    return try EstimationRequest(x: plain.x, y: plain.y, groups: groups, seed: 1)
  }

  private static func library(_ flags: String) throws -> String {
    let path = "\(Tools.scratch())/libgroups.so"
    try Tools.run(
      "/bin/sh",
      [
        "-c",
        "cc -std=c11 -O2 -fPIC -shared \(flags) -I\(Tools.root)/Sources/CEstimatorPlugin/include "
          + "\(Tools.program("groups.c")) -o \(path)",
      ])
    return path
  }

  private static func estimator(
    _ plugin: String, _ id: String, inProcess: Bool = false
  ) throws -> any MutualInformationEstimator {
    let host = try Tools.host { $0.inProcess = inProcess }
    let entries = try host.entries(of: host.find(plugin))
    let entry = try #require(entries.first { $0.descriptor.id == id })
    return try entry.make(entry.descriptor.resolve([:]))
  }

  private static func expectTelling(_ estimator: any MutualInformationEstimator) throws {
    let told = try estimator.estimate(request(groups: names)).information.nats
    #expect(abs(told - expected) < 1e-12)
    #expect(try estimator.estimate(request(groups: nil)).information.nats == -1)
    let shuffled = try estimator.estimate(request(groups: names.sorted())).information.nats
    #expect(shuffled != told)
  }

  @Test(.enabled(if: Tools.library != nil && Tools.mi != nil), arguments: [true, false])
  func inC(inProcess: Bool) throws {
    try Self.expectTelling(
      Self.estimator(Self.library(""), "groups-c", inProcess: inProcess))
  }

  @Test(.enabled(if: Tools.python != nil)) func inPython() throws {
    try Self.expectTelling(Self.estimator(Tools.program("groups.py"), "groups-python"))
  }

  @Test(.enabled(if: Tools.library != nil && Tools.mi != nil), arguments: [true, false])
  func aLibraryOfTheFirstReleaseRunsAndIsRefusedGroups(inProcess: Bool) throws {
    let estimator = try Self.estimator(
      Self.library("-DFIRST_RELEASE"), "groups-c", inProcess: inProcess)
    #expect(estimator.descriptor.traits.groups == .refused)
    #expect(try estimator.estimate(Self.request(groups: nil)).information.nats == -1)
    try Self.expectRefusal(estimator)
  }

  @Test(.enabled(if: Tools.python != nil)) func aProgramThatKnowsNoGroupsIsRefusedThem() throws {
    try Self.expectRefusal(Self.estimator(Tools.program("groups.py"), "groups-unknown"))
  }

  @Test(.enabled(if: Tools.python != nil)) func aOneLinerIsRefusedThem() throws {
    try Self.expectRefusal(
      Self.estimator(
        "python3 \(Tools.root)/Plugins/command/ksg_csv.py {csv} {dx} {dy}", "ksg-csv"))
  }

  private static func expectRefusal(_ estimator: any MutualInformationEstimator) throws {
    let error = #expect(throws: EstimatorError.self) {
      try estimator.estimate(request(groups: names))
    }
    #expect(error?.code == .unsupportedGroups)
    #expect(error?.description.contains("does not take groups of rows") == true)
  }
}
