// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The child host of a binary plugin, `mi plugin-host LIBRARY`: the library on one side, the
/// program protocol on stdin and stdout on the other.
///
/// Unchecked: it lives on one thread; the closures of a request come back to that thread, as the
/// contract lets a library call `progress` from nowhere else.
public final class HostLoop: @unchecked Sendable {
  private let plugin: BinaryPlugin
  private let output: Int32
  private var parser = FrameParser()
  private var cancelled: Set<Int> = []
  private var waiting: [[UInt8]] = []
  private var isOver = false
  private var lastProgress: ContinuousClock.Instant?

  /// Loads the library.
  ///
  /// From here on stdout belongs to the protocol: what the library prints goes to stderr.
  ///
  /// - Throws: why the library is no plugin.
  public init(library path: String) throws(EstimatorError) {
    output = dup(1)
    dup2(2, 1)
    plugin = try BinaryPlugin(path: path)
  }

  /// Answers calls until stdin ends.
  public func run() {
    while !isOver {
      if waiting.isEmpty { receive(wait: true) }
      while !waiting.isEmpty { handle(waiting.removeFirst()) }
    }
  }

  /// Reads what stdin has; notes are obeyed at once, calls wait for their turn.
  private func receive(wait: Bool) {
    var polled = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, wait ? -1 : 0) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(0, &buffer, buffer.count)
    if count < 0, errno == EINTR { return }
    guard count > 0 else {
      isOver = true
      return
    }
    parser.append(buffer[0..<count])
    do throws(FrameError) {
      while let message = try parser.next() {
        if let note = try? decoded(Call<CancelNote>.self, message), note.method == "cancel" {
          cancelled.insert(note.params.id)
        } else {
          waiting.append(message)
        }
      }
    } catch {
      isOver = true
    }
  }

  private func handle(_ message: [UInt8]) {
    guard let call = try? decoded(CallHead.self, message), let id = call.id else {
      if let note = try? decoded(CallHead.self, message), note.method == "shutdown" {
        isOver = true
      }
      return
    }
    switch call.method {
    case "initialize":
      reply(
        Answer(
          id: id,
          result: InitializeAnswer(
            protocolVersion: protocolVersion, name: plugin.name, version: plugin.version,
            estimators: plugin.estimators.map { WireDescriptor($0.descriptor) })))
    case "estimate":
      do throws(EstimatorError) {
        reply(Answer(id: id, result: try estimate(message, id: id)))
      } catch {
        refuse(id, error)
      }
    case "shutdown":
      reply(Answer<Nothing>(id: id, result: Nothing()))
      isOver = true
    default:
      refuse(id, EstimatorError(.failed, "there is no method \(call.method)"))
    }
  }

  private func estimate(_ message: [UInt8], id: Int) throws(EstimatorError) -> EstimateAnswer {
    let call: EstimateCall
    do {
      call = try decoded(Call<EstimateCall>.self, message).params
    } catch {
      throw EstimatorError(.failed, "the call cannot be read: \(error)")
    }
    guard let entry = plugin.estimators.first(where: { $0.descriptor.id == call.estimator }) else {
      throw .unknownEstimator(call.estimator, nearest: [])
    }
    let texts = call.parameters.mapValues(\.description)
    let estimator = BinaryEstimator(
      entry, parameters: try entry.descriptor.resolve(texts), name: entry.descriptor.id)
    let request = try EstimationRequest(
      x: try NpyFile.read(call.x), y: try NpyFile.read(call.y),
      groups: try call.groups.map { groups throws(EstimatorError) in
        try NpyFile.read(groups).labels?.codes.map(Int.init) ?? []
      },
      seed: UInt64(call.seed) ?? 0, threads: max(1, call.threads),
      progress: { [self] in tell(id, $0) },
      isCancelled: { [self] in
        receive(wait: false)
        return isOver || cancelled.contains(id)
      })
    let estimate = try estimator.estimate(request)
    return EstimateAnswer(
      nats: estimate.information.nats, kind: estimate.kind,
      standardErrorNats: estimate.standardError?.nats, pointwise: estimate.pointwise,
      diagnostics: estimate.diagnostics, warnings: estimate.warnings)
  }

  /// At most ten notes of progress a second.
  private func tell(_ id: Int, _ share: Double) {
    let now = ContinuousClock.now
    if let lastProgress, now - lastProgress < .milliseconds(100), share < 1 { return }
    lastProgress = now
    send(encoded(Call("progress", ProgressNote(id: id, share: share))))
  }

  private func refuse(_ id: Int, _ error: EstimatorError) {
    let prefix = "Plugin \(plugin.estimators.first?.descriptor.id ?? ""): "
    let sentence = error.description
    let message =
      sentence.hasPrefix(prefix) ? String(sentence.dropFirst(prefix.count)) : sentence
    reply(
      Answer<Nothing>(
        id: id,
        error: WireError(code: -32000, message: message, data: .init(code: error.code.rawValue))))
  }

  private func reply(_ answer: some Encodable) { send(encoded(answer)) }

  private func send(_ body: [UInt8]) {
    let bytes = framed(body)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(output, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        isOver = true
        return
      }
      done += written
    }
  }
}

/// The head of a call, whatever its parameters.
private struct CallHead: Codable {
  var id: Int?
  let method: String
}
