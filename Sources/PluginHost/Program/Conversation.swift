// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What a call waits for and how long.
struct CallLimits {
  let deadlineSeconds: Double
  var progress: @Sendable (Double) -> Void = { _ in }
  var isCancelled: @Sendable () -> Bool = { false }
  /// Seconds that a process has to obey a cancel before it is killed.
  static let grace = 0.5
}

/// One process that speaks the protocol: a call at a time, each with its deadline.
///
/// Whatever goes wrong in a call ends the process: its state is unknown from there on. Unchecked:
/// one call at a time uses it, see ``ProcessPool``.
final class Conversation: @unchecked Sendable {
  private let child: ChildProcess
  private let memoryLimit: UInt64
  private var parser = FrameParser()
  private var nextID = 0
  private(set) var isAlive = true

  init(_ child: ChildProcess, memoryLimit: UInt64) {
    self.child = child
    self.memoryLimit = memoryLimit
  }

  /// Calls a method and waits for its answer.
  ///
  /// - Throws: a typed failure with the plugin's name, or what the plugin itself reports.
  func call<Parameters: Codable, Result: Codable>(
    _ method: String, _ parameters: Parameters, limits: CallLimits
  ) throws(EstimatorError) -> Result {
    nextID += 1
    let id = nextID
    child.send(framed(encoded(Call(id: id, method, parameters))))
    let clock = ContinuousClock()
    let start = clock.now
    var cancelledAt: ContinuousClock.Instant?
    while true {
      if let message = try nextMessage() {
        if let answer: Result = try read(message, id: id, limits: limits) { return answer }
        continue
      }
      switch child.wait(milliseconds: 20) {
      case .output(let bytes): parser.append(bytes)
      case .end: throw crashed()
      case .idle: break
      }
      if let asked = cancelledAt {
        if (clock.now - asked) / .seconds(1) > CallLimits.grace { throw ended(.cancelled) }
      } else if limits.isCancelled() {
        cancelledAt = clock.now
        child.send(framed(encoded(Call("cancel", CancelNote(id: id)))))
      }
      let seconds = (clock.now - start) / .seconds(1)
      if seconds > limits.deadlineSeconds {
        throw ended(
          .plugin(
            .pluginTimedOut, child.name,
            "did not answer \(method) within \(limits.deadlineSeconds) s and was ended."))
      }
    }
  }

  /// Asks the process to end, and ends it.
  func shutDown() {
    guard isAlive else { return }
    isAlive = false
    child.send(framed(encoded(Call("shutdown", Nothing()))))
    child.end()
  }

  private func nextMessage() throws(EstimatorError) -> [UInt8]? {
    do {
      return try parser.next()
    } catch {
      let sentence =
        switch error {
        case .noHeader(let text): "wrote something that is no message to stdout: \"\(text)\"."
        case .tooLong(let count):
          "announced a message of \(count) bytes; at most \(FrameParser.longestMessage) are read."
        }
      throw ended(.plugin(.pluginGarbage, child.name, sentence))
    }
  }

  /// The result, or nil where the message was a note.
  private func read<Result: Codable>(
    _ message: [UInt8], id: Int, limits: CallLimits
  ) throws(EstimatorError) -> Result? {
    let envelope: Envelope = try decode(message)
    if envelope.method == "progress" {
      if envelope.params?.id == id, let share = envelope.params?.share { limits.progress(share) }
      return nil
    }
    // A note of a later version is none of this host's business.
    if envelope.method != nil, envelope.id == nil { return nil }
    guard envelope.id == id else {
      throw ended(
        .plugin(
          .pluginGarbage, child.name,
          "answered call \(envelope.id.map(String.init) ?? "null"); call \(id) was asked."))
    }
    if let error = envelope.error { throw reported(error) }
    let answer: Answer<Result> = try decode(message)
    guard let result = answer.result else {
      throw ended(
        .plugin(.pluginGarbage, child.name, "sent an answer with neither result nor error."))
    }
    return result
  }

  private func decode<Value: Decodable>(_ message: [UInt8]) throws(EstimatorError) -> Value {
    do {
      return try decoded(Value.self, message)
    } catch {
      let text = String(decoding: message.prefix(200), as: UTF8.self)
      // NaN and Infinity are no JSON, but many languages write them.
      let isNotFinite = ["NaN", "Infinity", "nan", "inf"].contains { text.contains(": \($0)") }
      throw ended(
        isNotFinite
          ? .plugin(.pluginNotFinite, child.name, "returned a number that is not finite.")
          : .plugin(.pluginGarbage, child.name, "sent a message that cannot be read: \(error)."))
    }
  }

  /// The plugin's own refusal; its process goes on.
  private func reported(_ error: WireError) -> EstimatorError {
    let code = error.data?.code ?? "failed"
    switch code {
    case "cancelled": return .cancelled
    case "outOfMemory":
      return ended(.plugin(.pluginOutOfMemory, child.name, "ran out of memory: \(error.message)"))
    default:
      return EstimatorError(
        EstimatorError.Code(rawValue: code), "Plugin \(child.name): \(error.message)")
    }
  }

  private func crashed() -> EstimatorError {
    let status = child.end()
    isAlive = false
    let said = child.lastErrorLine
    let tail = said.isEmpty ? "." : "; its last words: \(said)"
    let isMemory =
      memoryLimit > 0
      && (status.peakBytes > memoryLimit / 10 * 8
        || ["MemoryError", "bad_alloc", "Cannot allocate memory", "out of memory"]
          .contains { said.contains($0) })
    if isMemory {
      return .plugin(
        .pluginOutOfMemory, child.name,
        "ran into its limit of \(memoryLimit >> 20) MB: the process \(status.words)\(tail)")
    }
    return .plugin(
      .pluginCrashed, child.name, "ended without an answer: the process \(status.words)\(tail)")
  }

  private func ended(_ error: EstimatorError) -> EstimatorError {
    child.kill()
    isAlive = false
    return error
  }
}
