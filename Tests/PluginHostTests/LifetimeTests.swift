// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost
import Testing

@Suite(.serialized) struct LifetimeTests {
  /// `mi` is killed while its plugin hangs: nothing of it is alive a moment later.
  @Test(.enabled(if: Tools.mi != nil && Tools.python != nil))
  func killingMiLeavesNoChildAndNoFile() throws {
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let marker = "kill-\(UUID().uuidString)"
    let rows = (0..<50).map { "\(Double($0 * 37 % 50) / 7),\(Double($0 * 11 % 50) / 7)" }
    try Data((["a,b"] + rows).joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: "\(folder)/d.csv"))
    let mi = Process()
    mi.executableURL = URL(fileURLWithPath: Tools.mi ?? "")
    mi.arguments = [
      "estimate", "\(folder)/d.csv:a", "\(folder)/d.csv:b", "-e", "chaos", "-p", "mode=hang",
      "--plugin", Tools.program("chaos.py"),
    ]
    mi.environment = ProcessInfo.processInfo.environment.merging(
      ["LC_CTYPE": marker, "TMPDIR": folder]) { $1 }
    mi.standardError = Pipe()
    try mi.run()
    // Its own entry, and the plugin's: from then on there is something to leave behind.
    let hasStarted = waits(20) { processes(with: marker).count >= 2 }
    #expect(hasStarted)
    kill(mi.processIdentifier, SIGKILL)
    mi.waitUntilExit()
    #expect(waits(5) { processes(with: marker).isEmpty })
    #expect(
      waits(5) { (try? FileManager.default.contentsOfDirectory(atPath: folder)) == ["d.csv"] })
  }

  @Test(.enabled(if: Tools.python != nil))
  func cancelEndsAHangingPlugin() throws {
    let host = try ChaosTests.host { $0.deadlineSeconds = 60 }
    let entry = try ChaosTests.entry(host)
    var request = try gaussianPair(rows: 50, rho: 0.5)
    let start = ContinuousClock.now
    request.isCancelled = { ContinuousClock.now - start > .milliseconds(300) }
    let error = #expect(throws: EstimatorError.self) {
      try ChaosTests.make("hang", entry).estimate(request)
    }
    #expect(error?.code == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  /// The plugin sees a clean environment and no descriptor of its parent.
  @Test func childrenInheritNothing() throws {
    setenv("MI_TEST_SECRET", "secret", 1)
    defer { unsetenv("MI_TEST_SECRET") }
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let open = FileHandle(forReadingAtPath: "/dev/null")
    let script = """
      #!/bin/sh
      [ -z "$MI_TEST_SECRET" ] || exit 1
      [ "$(ls /proc/self/fd | wc -l)" -le 4 ] || exit 2
      [ "$(stat -c %a .)" = 700 ] || exit 3
      echo 0.5
      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: "\(folder)/look.sh"))
    let host = try Tools.host()
    let entry = try host.entries(of: host.find("sh \(folder)/look.sh {csv}"))[0]
    let estimate = try entry.make(entry.descriptor.resolve([:])).estimate(
      gaussianPair(rows: 50, rho: 0.5))
    #expect(estimate.information.nats == 0.5)
    withExtendedLifetime(open) {}
  }

  @Test(arguments: [
    ("echo text; echo; echo 0.25", nil), ("echo warning >&2; echo ' 0.25 '", nil),
    ("echo 0.25; exit 4", EstimatorError.Code.pluginCrashed), ("echo nan", .pluginNotFinite),
    ("echo inf", .pluginNotFinite), ("echo 0.25 nats", .pluginGarbage), ("true", .pluginGarbage),
    ("sleep 1000", .pluginTimedOut),
  ])
  func commandsAreReadByTheirLastLine(_ script: String, _ code: EstimatorError.Code?) throws {
    let host = try Tools.host { $0.deadlineSeconds = 2 }
    let entry = try host.entries(of: host.find("line=sh -c \"\(script)\" {csv}"))[0]
    let estimator = try entry.make(entry.descriptor.resolve([:]))
    let request = try gaussianPair(rows: 50, rho: 0.5)
    guard let code else {
      #expect(try estimator.estimate(request).information.nats == 0.25)
      return
    }
    let error = #expect(throws: EstimatorError.self) { try estimator.estimate(request) }
    #expect(error?.code == code, "\(error?.description ?? "")")
  }

  private func waits(_ seconds: Double, _ condition: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .seconds(seconds) {
      if condition() { return true }
      usleep(20_000)
    }
    return condition()
  }

}
