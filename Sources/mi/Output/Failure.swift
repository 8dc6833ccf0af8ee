// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs a subcommand's work: an error becomes one sentence on stderr and the contract's exit code.
func reporting(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as EstimatorError {
    guard let signal = Cancellation.signal, [.interrupted, .cancelled].contains(error.code)
    else {
      writeError("mi: \(error.description)")
      throw ExitCode(error.code.exitStatus)
    }
    let isCounted = error.code == .interrupted
    writeError("mi: \(isCounted ? error.description : "Interrupted; there is no result.")")
    throw ExitCode(128 + signal)
  } catch let error as ValidationError {
    writeError("mi: \(error.message)")
    throw ExitCode(64)
  } catch let error as DataError {
    writeError("mi: \(error.description)")
    throw ExitCode(65)
  }
}

/// Writes a line to stderr.
func writeError(_ line: String) { writeErrorText(line + "\n") }

/// Writes text to stderr as it is.
///
/// Through the descriptor: the C library's `stderr` is a global variable, which Swift 6 refuses.
func writeErrorText(_ text: String) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    guard written > 0 else { return }
    bytes = bytes.dropFirst(written)
  }
}

/// Writes warnings to stderr, each once.
func writeWarnings(_ warnings: [EstimateWarning]) {
  var seen: Set<EstimateWarning> = []
  for warning in warnings where seen.insert(warning).inserted {
    writeError("warning: \(warning.message)")
  }
}
