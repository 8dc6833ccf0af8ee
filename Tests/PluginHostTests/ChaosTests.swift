// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost
import Testing

/// Every way to fail, by the parameter `mode` of Programs/chaos.py, and the failure it must become.
@Suite(.enabled(if: Tools.python != nil), .serialized) struct ChaosTests {
  static let failures: [(mode: String, code: EstimatorError.Code, words: String)] = [
    ("crash", .pluginCrashed, "about to crash"), ("exit", .pluginCrashed, "status 3"),
    ("hang", .pluginTimedOut, "within"), ("memory", .pluginOutOfMemory, "256 MB"),
    ("garbage", .pluginGarbage, "estimating"), ("notJSON", .pluginGarbage, "JSON"),
    ("nan", .pluginNotFinite, "not finite"), ("ceiling", .pluginAboveCeiling, "1000000"),
    ("changed", .pluginChangedAnswer, "same seed"), ("wrongID", .pluginGarbage, "was asked"),
    ("orphan", .pluginCrashed, "signal 9"), ("silent", .pluginGarbage, "neither"),
    ("closed", .pluginCrashed, "without an answer"), ("error", .constantColumn, "constant"),
  ]

  static func host(_ change: (inout PluginOptions) -> Void = { _ in }) throws -> PluginHost {
    try Tools.host {
      $0.deadlineSeconds = 3
      $0.memoryLimit = 256 << 20
      $0.processes = 4
      change(&$0)
    }
  }

  static func entry(_ host: PluginHost) throws -> EstimatorRegistry.Entry {
    try host.entries(of: host.find(Tools.program("chaos.py")))[0]
  }

  static func make(
    _ mode: String, _ entry: EstimatorRegistry.Entry
  ) throws -> any MutualInformationEstimator {
    try entry.make(entry.descriptor.resolve(["mode": mode]))
  }

  @Test(arguments: failures)
  func isATypedFailureWithTheName(
    _ mode: String, _ code: EstimatorError.Code, _ words: String
  ) throws {
    let host = try Self.host { $0.auditInterval = 1 }
    let entry = try Self.entry(host)
    let request = try gaussianPair(rows: 50, rho: 0.5)
    do {
      _ = try Self.make(mode, entry).estimate(request)
      Issue.record("\(mode) gave a number")
    } catch let error as EstimatorError {
      #expect(error.code == code, "\(error.description)")
      #expect(error.description.contains("chaos"))
      #expect(error.description.contains(words), "\(error.description)")
    }
    // The run goes on.
    #expect(try Self.make("good", entry).estimate(request).information.nats == 0.25)
  }

  @Test func anotherVersionIsRefused() throws {
    setenv("CHAOS_PROTOCOL", "2", 1)
    defer { unsetenv("CHAOS_PROTOCOL") }
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      {"schema": "mi.plugin/1", "name": "chaos", "passEnvironment": ["CHAOS_PROTOCOL"],
       "program": ["\(Tools.program("chaos.py"))"],
       "estimators": [{"id": "chaos", "kinds": ["continuous-continuous"]}]}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/plugin.json"))
    let host = try Self.host()
    let entry = try host.entries(of: host.find(folder))[0]
    let error = #expect(throws: EstimatorError.self) {
      try entry.make(entry.descriptor.resolve([:])).estimate(gaussianPair(rows: 50, rho: 0.5))
    }
    #expect(error?.code == .pluginVersion)
  }

  @Test func anotherDescriptionThanPluginJSONIsRefused() throws {
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      {"schema": "mi.plugin/1", "name": "chaos", "program": ["\(Tools.program("chaos.py"))"],
       "estimators": [{"id": "chaos", "kinds": ["continuous-continuous"], "version": "9"}]}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/plugin.json"))
    let host = try Self.host()
    let entry = try host.entries(of: host.find(folder))[0]
    let error = #expect(throws: EstimatorError.self) {
      try entry.make(entry.descriptor.resolve([:])).estimate(gaussianPair(rows: 50, rho: 0.5))
    }
    #expect(error?.code == .pluginInvalid)
  }

  /// Calls at random in every mode, from four threads: each is accounted for, and nothing is left.
  @Test func everyCallIsAccountedForAndNothingIsLeft() throws {
    let isSlow = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"
    let count = isSlow ? 500 : 60
    let folder = Tools.scratch()
    let marker = "chaos-\(UUID().uuidString)"
    setenv("LC_CTYPE", marker, 1)
    defer {
      unsetenv("LC_CTYPE")
      try? FileManager.default.removeItem(atPath: folder)
    }
    let request = try gaussianPair(rows: 50, rho: 0.5)
    let modes = Self.failures.map(\.mode) + ["good", "good", "good"]
    let outcomes = try {
      // The hang waits for its deadline; a short one keeps 500 calls short.
      let host = try Self.host {
        $0.deadlineSeconds = 1.5
        $0.auditInterval = 1
        // Not TMPDIR: the other suites of this process make their folders there.
        $0.folder = folder
      }
      let entry = try Self.entry(host)
      let results = Results(count)
      DispatchQueue.concurrentPerform(iterations: count) { index in
        let mode = modes[(index &* 7919 + index / modes.count) % modes.count]
        do {
          let estimate = try Self.make(mode, entry).estimate(request)
          results.set(index, mode, estimate.information.nats == 0.25 ? "0.25" : "wrong")
        } catch {
          results.set(index, mode, (error as? EstimatorError)?.code.rawValue ?? "\(error)")
        }
      }
      return results.all
    }()
    var wrong: [String] = []
    for (mode, outcome) in outcomes {
      let expected = Self.failures.first { $0.mode == mode }?.code.rawValue ?? "0.25"
      // On a busy machine a start may outlast the deadline: also a typed failure.
      if outcome != expected, outcome != "pluginTimedOut" { wrong.append("\(mode): \(outcome)") }
    }
    #expect(wrong.isEmpty, "\(wrong)")
    #expect(outcomes.count == count)
    #expect(outcomes.count { $0.outcome == "0.25" } > 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left.filter { $0.hasPrefix("mi-plugin-") } == [])
    #expect(processes(with: marker, running: "chaos.py").isEmpty)
  }
}

/// The process ids whose environment has a text, of those whose command line has another; Linux only,
/// elsewhere none are found.
func processes(with marker: String, running program: String = "") -> [Int32] {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return all.compactMap { Int32($0) }.filter { pid in
    guard pid != getpid(), let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
    else { return false }
    let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
    let runs = program.isEmpty || line.range(of: Data(program.utf8)) != nil
    return runs && data.range(of: Data(marker.utf8)) != nil
  }
}

/// Outcomes by call, from several threads.
private final class Results: @unchecked Sendable {
  private let lock = NSLock()
  private var outcomes: [(mode: String, outcome: String)?]

  init(_ count: Int) { outcomes = Array(repeating: nil, count: count) }

  func set(_ index: Int, _ mode: String, _ outcome: String) {
    lock.withLock { outcomes[index] = (mode, outcome) }
  }

  var all: [(mode: String, outcome: String)] { lock.withLock { outcomes.compactMap { $0 } } }
}
