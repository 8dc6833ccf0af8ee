// SPDX-License-Identifier: MIT

import ArgumentParser
import Harness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The options of the commands that work for an engine: lines on stdin, results on stdout.
struct WorkOptions: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Begin nothing after this time.", valueName: "time"))
  var time: DurationArgument?

  /// Stdin and stdout; what an estimator prints goes to stderr.
  func lines() -> WorkLines {
    let output = takeStandardOutput()
    let end = time.map { ContinuousClock.now + $0.duration }
    return WorkLines(
      isOver: { end.map { ContinuousClock.now > $0 } ?? false }, input: { readLine() },
      output: output)
  }

  /// True once the parent process has exited and this process was adopted by another.
  static func orphaned() -> @Sendable () -> Bool {
    let parent = getppid()
    return { getppid() != parent }
  }
}

/// Writes a plan as lines of JSON.
func writeLines(_ head: PlanHead, _ lines: [WorkLine<some Codable & Sendable>]) throws {
  let sink = try TextSink(nil)
  var text = jsonLine(head)
  for line in lines {
    text += jsonLine(line)
    if text.utf8.count > 1 << 16 {
      try sink.write(text)
      text = ""
    }
  }
  try sink.write(text)
}
