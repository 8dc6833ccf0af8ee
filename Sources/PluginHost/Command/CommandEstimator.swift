// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The one-liner tier: a command gets a CSV file and prints one number.
///
/// The file has the header X0,X1,...,Y0,...; the number is in nats, on the last line of stdout.
///
/// It is the contract of external estimators of the public benchmark (Czyz et al., NeurIPS 2023),
/// so scripts written for that run unchanged; here stderr is kept apart.
struct CommandEstimator: MutualInformationEstimator {
  let descriptor: EstimatorDescriptor
  let template: CommandLineTemplate
  let passing: [String]
  let context: PluginContext

  /// What a command without plugin.json is taken for: it says nothing of itself, so nothing but
  /// determinism is claimed, and only where it is not given a seed.
  static func descriptor(of template: CommandLineTemplate) -> EstimatorDescriptor {
    EstimatorDescriptor(
      id: template.name, version: "1", summary: template.words.joined(separator: " "),
      reference: "a command; it says nothing of itself",
      traits: EstimatorTraits(
        kinds: [.continuous], minimumSamples: 10,
        isDeterministic: !template.words.contains { $0.contains("{seed}") }, invariances: [],
        resampling: []))
  }

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    // The file has no place for groups.
    guard request.groups == nil || descriptor.traits.groups == .unaffected else {
      throw .unsupportedGroups(estimator: descriptor.id)
    }
    let (x, y) = try request.continuousPair(for: descriptor)
    let path = "\(context.folder.path)/\(context.nextFileNumber()).csv"
    defer { unlink(path) }
    do {
      try Data(Self.csv(x, y)).write(to: URL(fileURLWithPath: path))
    } catch {
      throw EstimatorError(.failed, "\(path) cannot be written: \(error).")
    }
    let child = try ChildProcess(
      name: descriptor.id,
      command: template.filled([
        "csv": path, "dx": "\(x.dimension)", "dy": "\(y.dimension)", "n": "\(x.count)",
        "seed": "\(request.seed)", "threads": "\(request.threads)",
      ]), passing: passing, folder: context.folder.path,
      memoryLimit: context.options.memoryLimit, watchdog: context.watchdog, log: context.log)
    child.closeInput()
    let output = try output(of: child, request)
    return Estimate(Information(nats: try number(in: output)))
  }

  private func output(
    of child: ChildProcess, _ request: EstimationRequest
  ) throws(EstimatorError) -> String {
    var output: [UInt8] = []
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      switch child.wait(milliseconds: 20) {
      case .output(let bytes):
        output.append(contentsOf: bytes)
        // Only the last line counts; a chatty program does not fill the memory.
        if output.count > 1 << 20 { output.removeFirst(output.count - 1 << 19) }
      case .end:
        let status = child.end()
        let said = child.lastErrorLine
        guard status.signal == nil, status.exitCode == 0 else {
          throw .plugin(
            .pluginCrashed, descriptor.id,
            "failed: the process \(status.words)\(said.isEmpty ? "." : "; it said: \(said)")")
        }
        return String(decoding: output, as: UTF8.self)
      case .idle: break
      }
      if request.isCancelled() {
        child.kill()
        throw .cancelled
      }
      if (clock.now - start) / .seconds(1) > context.options.deadlineSeconds {
        child.kill()
        throw .plugin(
          .pluginTimedOut, descriptor.id,
          "did not end within \(context.options.deadlineSeconds) s and was ended.")
      }
    }
  }

  private func number(in output: String) throws(EstimatorError) -> Double {
    let last =
      output.split(whereSeparator: \.isNewline)
      .last { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.split(separator: " ").joined(separator: " ") } ?? ""
    guard let nats = Double(last) else {
      throw .plugin(
        .pluginGarbage, descriptor.id,
        "printed \"\(last.prefix(100))\" as its last line; it needs one number, in nats.")
    }
    guard nats.isFinite else {
      throw .plugin(.pluginNotFinite, descriptor.id, "returned \(nats).")
    }
    return nats
  }

  /// Numbers in their shortest exact form, so that no digit is lost on the way.
  private static func csv(_ x: Samples, _ y: Samples) -> [UInt8] {
    let header =
      (0..<x.dimension).map { "X\($0)" } + (0..<y.dimension).map { "Y\($0)" }
    var text = header.joined(separator: ",") + "\n"
    for row in 0..<x.count {
      let numbers =
        x.values[(row * x.dimension)..<((row + 1) * x.dimension)]
        + y.values[(row * y.dimension)..<((row + 1) * y.dimension)]
      text += numbers.map(\.description).joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }
}
