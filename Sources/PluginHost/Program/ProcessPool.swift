// SPDX-License-Identifier: MIT

import Dispatch
import EstimatorAPI
import Synchronization

/// The processes of one program plugin: started when needed, kept for the next call, and never more
/// at once than the options allow.
final class ProcessPool: Sendable {
  let name: String
  private let command: [String]
  private let passing: [String]
  private let context: PluginContext
  /// The descriptors in plugin.json; empty if there is none.
  private let declared: [EstimatorDescriptor]
  private let idle = Mutex<[Conversation]>([])
  private let places: DispatchSemaphore

  init(
    name: String, command: [String], passing: [String], context: PluginContext,
    declared: [EstimatorDescriptor]
  ) {
    self.name = name
    self.declared = declared
    self.command = command
    self.passing = passing
    self.context = context
    places = DispatchSemaphore(value: context.options.processes)
  }

  /// The plugin's self-description.
  func describe() throws(EstimatorError) -> [EstimatorDescriptor] {
    let limits = CallLimits(deadlineSeconds: context.options.deadlineSeconds)
    return try withConversation(limits) { conversation throws(EstimatorError) in
      try self.initialize(conversation, limits)
    }
  }

  /// Calls a method on a process of its own for that time.
  func call<Parameters: Codable, Result: Codable>(
    _ method: String, _ parameters: Parameters, limits: CallLimits
  ) throws(EstimatorError) -> Result {
    try withConversation(limits) { conversation throws(EstimatorError) in
      try conversation.call(method, parameters, limits: limits)
    }
  }

  /// Lends a process to `body`.
  private func withConversation<Result>(
    _ limits: CallLimits, _ body: (Conversation) throws(EstimatorError) -> Result
  ) throws(EstimatorError) -> Result {
    places.wait()
    defer { places.signal() }
    let conversation: Conversation
    if let waiting = idle.withLock({ $0.popLast() }) {
      conversation = waiting
    } else {
      let child = try ChildProcess(
        name: name, command: command, passing: passing, folder: context.folder.path,
        memoryLimit: context.options.memoryLimit, watchdog: context.watchdog, log: context.log)
      conversation = Conversation(child, memoryLimit: context.options.memoryLimit)
      let described = try initialize(conversation, limits)
      guard declared.isEmpty || declared == described else {
        conversation.shutDown()
        throw .describesItselfOtherwise(name)
      }
    }
    defer { if conversation.isAlive { idle.withLock { $0.append(conversation) } } }
    return try body(conversation)
  }

  private func initialize(
    _ conversation: Conversation, _ limits: CallLimits
  ) throws(EstimatorError) -> [EstimatorDescriptor] {
    let answer: InitializeAnswer = try conversation.call(
      "initialize", InitializeCall(protocolVersion: protocolVersion, host: "mi"),
      limits: CallLimits(
        deadlineSeconds: limits.deadlineSeconds, isCancelled: limits.isCancelled))
    guard answer.protocolVersion == protocolVersion else {
      conversation.shutDown()
      throw .plugin(
        .pluginVersion, name,
        "speaks version \(answer.protocolVersion) of the protocol; this host speaks "
          + "\(protocolVersion).")
    }
    var descriptors: [EstimatorDescriptor] = []
    for estimator in answer.estimators {
      do throws(EstimatorError) {
        descriptors.append(try estimator.checked(plugin: name))
      } catch {
        conversation.shutDown()
        throw error
      }
    }
    return descriptors
  }

  deinit {
    for conversation in idle.withLock({ $0 }) { conversation.shutDown() }
  }
}
