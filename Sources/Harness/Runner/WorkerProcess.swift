// SPDX-License-Identifier: MIT

import CPluginProcess
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

/// A child process that serves trials: a line of JSON in for each, a line of JSON out.
///
/// Unchecked: a pool hands a child to one thread at a time, through its lock.
final class WorkerProcess: @unchecked Sendable {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private var pending: [UInt8] = []
  private var isRunning = true

  /// Starts the program.
  ///
  /// - Throws: `failed` where it does not start.
  init(_ command: [String]) throws(EstimatorError) {
    let toChild = try Self.makePipe()
    let fromChild = try Self.makePipe()
    #if canImport(Glibc)
    var actions = posix_spawn_file_actions_t()
    #else
    var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild.read, 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild.write, 1)
    let arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let status = posix_spawn(
      &process, command[0], &actions, nil, arguments + [nil], environ)
    close(toChild.read)
    close(fromChild.write)
    guard status == 0 else {
      close(toChild.write)
      close(fromChild.read)
      throw EstimatorError(
        .failed, "\(command[0]) did not start: \(String(cString: strerror(status))).")
    }
    self.process = process
    input = toChild.write
    output = fromChild.read
  }

  deinit { end() }

  /// Resident memory now, in bytes; nil where the system does not tell.
  var residentMemory: Int? { MemoryMeter.bytes(of: "VmRSS:", process: "\(process)") }

  /// Has the child run a trial; kills it as soon as `until`, asked every 20 ms, gives a reason.
  func ask(
    _ request: TrialRequest, until: () -> EstimatorError?
  ) -> Result<TrialReply, EstimatorError> {
    guard send(canonicalJSONText(request) + "\n") else { return .failure(.crashed(end())) }
    while true {
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, 20)
      if let reason = until() {
        end()
        return .failure(reason)
      }
      guard ready > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &buffer, buffer.count)
      guard count > 0 else { return .failure(.crashed(end())) }
      pending += buffer.prefix(count)
      guard let newline = pending.firstIndex(of: UInt8(ascii: "\n")) else { continue }
      let line = Data(pending[..<newline])
      pending.removeSubrange(...newline)
      guard let reply = try? JSONDecoder().decode(TrialReply.self, from: line) else {
        end()
        return .failure(.crashed("wrote what is no reply"))
      }
      return .success(reply)
    }
  }

  private func send(_ line: String) -> Bool {
    var bytes = Array(line.utf8)[...]
    while !bytes.isEmpty {
      // A child that dies while it is written to is an error of that write, not a signal that ends us.
      let written = bytes.withUnsafeBytes { mi_write_quietly(input, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  /// Kills the child if it runs, and tells how it ended.
  @discardableResult
  private func end() -> String {
    guard isRunning else { return "had ended" }
    isRunning = false
    close(input)
    close(output)
    var status: Int32 = 0
    // One that died by itself is asked for its reason; any other is killed.
    usleep(1000)
    if waitpid(process, &status, WNOHANG) == 0 {
      kill(process, SIGKILL)
      waitpid(process, &status, 0)
    }
    let signal = status & 0x7F
    return signal == 0 ? "ended with status \((status >> 8) & 0xFF)" : "died of signal \(signal)"
  }

  /// A pipe that no other child inherits.
  private static func makePipe() throws(EstimatorError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw EstimatorError(.failed, "No pipe: \(String(cString: strerror(errno))).")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
