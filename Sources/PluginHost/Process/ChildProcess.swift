// SPDX-License-Identifier: MIT

import CPluginProcess
import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A plugin's process: the leader of its own group, with pipes on its three streams.
///
/// Unchecked: one call at a time uses it; ``ProcessPool`` and the one-liner see to it.
final class ChildProcess: @unchecked Sendable {
  /// What came of waiting for output.
  enum Event: Equatable {
    /// Bytes of stdout.
    case output([UInt8])
    /// stdout is closed: the process is about to end.
    case end
    /// Nothing for a while; time to look at the clock.
    case idle
  }

  let name: String
  let pid: pid_t
  private let input: Int32
  private let output: Int32
  private var error: Int32
  private let watchdog: Watchdog
  private let log: PluginLog
  private var unsent: [UInt8] = []
  private var isInputOpen = true
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// The end of what it wrote to stderr.
  private var errorTail: [UInt8] = []
  private var status: ExitStatus?
  /// What the kernel counts as the process's peak before it has run: that of this process.
  private let inheritedPeak: UInt64

  init(
    name: String, command: [String], passing names: [String] = [], folder: String,
    memoryLimit: UInt64, watchdog: Watchdog, log: PluginLog
  ) throws(EstimatorError) {
    guard let first = command.first, let path = ChildEnvironment.executable(first) else {
      throw .plugin(
        .pluginNotFound, name,
        "cannot be started: there is no program \"\(command.first ?? "")\" in PATH.")
    }
    inheritedPeak = ownPeak()
    let child: mi_child
    do throws(EstimatorError) {
      child = try spawn(
        path, command, environment: ChildEnvironment.variables(passing: names, folder: folder),
        directory: folder, memoryLimit: memoryLimit, watchdog: watchdog.descriptor)
    } catch {
      throw .plugin(error.code, name, "cannot be started: \(error.description)")
    }
    self.name = name
    self.watchdog = watchdog
    self.log = log
    pid = child.pid
    input = child.input
    output = child.output
    error = child.error
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
  }

  /// Queues bytes for stdin; ``wait(milliseconds:)`` sends them as the process takes them.
  func send(_ bytes: [UInt8]) {
    unsent.append(contentsOf: bytes)
    flush()
  }

  /// Closes stdin, which tells a well-behaved process to end.
  func closeInput() {
    if isInputOpen { close(input) }
    isInputOpen = false
  }

  /// Waits until there is output, the process ends, or the time is over.
  func wait(milliseconds: Int32) -> Event {
    var polled = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: error, events: Int16(POLLIN), revents: 0),
      pollfd(fd: unsent.isEmpty || !isInputOpen ? -1 : input, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&polled, 3, milliseconds) > 0 else {
      // A child of the plugin may hold stdout open after the plugin itself has ended.
      return hasEnded ? .end : .idle
    }
    if polled[1].revents != 0 { readError() }
    if polled[2].revents != 0 { flush() }
    guard polled[0].revents != 0 else { return .idle }
    let count = read(output, &buffer, buffer.count)
    if count < 0, errno == EINTR { return .idle }
    return count > 0 ? .output(Array(buffer[0..<count])) : .end
  }

  /// Ends the whole process group and takes its status; what stderr still holds is read first.
  @discardableResult
  func end() -> ExitStatus {
    if let status { return status }
    closeInput()
    // A process whose stdout is closed is given a moment to end by itself, so that its own status
    // is seen and not our signal.
    for _ in 0..<50 where !hasEnded { usleep(1000) }
    return finish()
  }

  /// True once the process has ended and only its status is left.
  private var hasEnded: Bool {
    var info = siginfo_t()
    let status = waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT)
    return status == 0 && pidOf(info) != 0
  }

  /// Ends the process group at once.
  @discardableResult
  func kill() -> ExitStatus { status ?? finish() }

  private func finish() -> ExitStatus {
    closeInput()
    killGroup(pid)
    drainError()
    watchdog.forget(pid)
    var code: Int32 = 0
    var usage = rusage()
    while wait4(pid, &code, 0, &usage) < 0, errno == EINTR {}
    close(output)
    close(error)
    let peak = UInt64(max(0, usage.ru_maxrss)) << 10
    let status = ExitStatus(code: code, peakBytes: peak > inheritedPeak ? peak : 0)
    self.status = status
    return status
  }

  /// The last line of stderr, for a sentence.
  var lastErrorLine: String {
    let text = String(decoding: errorTail, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last.map { String($0.suffix(300)) } ?? ""
  }

  private func flush() {
    while !unsent.isEmpty, isInputOpen {
      let written = unsent.withUnsafeBytes {
        mi_write_quietly(input, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      if written < 0, errno == EAGAIN { return }
      // A process that does not read any more is about to end; its stdout says so.
      guard written > 0 else { return unsent.removeAll() }
      unsent.removeFirst(written)
    }
  }

  private func readError() {
    let count = read(error, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 {
        close(error)
        error = -1
      }
      return
    }
    log.append(buffer[0..<count])
    errorTail.append(contentsOf: buffer[0..<count])
    if errorTail.count > 1 << 13 { errorTail.removeFirst(errorTail.count - 1 << 12) }
  }

  private func drainError() {
    guard error >= 0 else { return }
    _ = fcntl(error, F_SETFL, O_NONBLOCK)
    // Bounded: a grandchild that left the group could write for ever.
    for _ in 0..<64 {
      var polled = pollfd(fd: error, events: Int16(POLLIN), revents: 0)
      guard error >= 0, poll(&polled, 1, 0) > 0 else { return }
      readError()
    }
  }

  deinit { kill() }
}

/// How a process ended.
struct ExitStatus: Equatable {
  let code: Int32
  /// The most memory it had resident; 0 where that is below the size of this process, from which
  /// the kernel starts to count.
  let peakBytes: UInt64

  /// The signal that ended it, if one did.
  var signal: Int32? { code & 0x7F == 0 ? nil : code & 0x7F }
  /// What it passed to exit, if it did.
  var exitCode: Int32 { (code >> 8) & 0xFF }

  /// The end of a sentence "the process ...".
  var words: String {
    guard let signal else { return "ended with status \(exitCode)" }
    return "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
  }
}

/// The most memory that this process had resident.
private func ownPeak() -> UInt64 {
  var usage = rusage()
  getrusage(0, &usage)  // RUSAGE_SELF, whose type differs between the systems
  return UInt64(max(0, usage.ru_maxrss)) << 10
}

private func pidOf(_ info: siginfo_t) -> pid_t {
  #if canImport(Glibc)
  info._sifields._kill.si_pid
  #else
  info.si_pid
  #endif
}

/// The C function, which the method of the same name hides.
private func killGroup(_ group: pid_t) { _ = kill(-group, SIGKILL) }
