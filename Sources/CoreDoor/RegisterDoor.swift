// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness
import PluginHost

@c @implementation
public func mi_core_register(
  _ core: OpaquePointer, _ descriptor: UnsafePointer<CChar>, _ function: mi_function,
  _ context: UnsafeMutableRawPointer?
) -> OpaquePointer {
  answering {
    let wire = try options(descriptor, as: WireDescriptor.self)
    let checked: EstimatorDescriptor
    do throws(EstimatorError) {
      checked = try wire.checked(plugin: "The function")
    } catch {
      throw EstimatorError(.invalidOption, error.description)
    }
    let caller = CallerFunction(function: function, context: context)
    let entry = EstimatorRegistry.Entry(descriptor: checked, origin: registeredOrigin) {
      (values) throws(EstimatorError) -> any MutualInformationEstimator in
      CallerEstimator(descriptor: checked, parameters: values, caller: caller)
    }
    try Core.of(core).change { (registry) throws(EstimatorError) in
      try registry.register(entry)
    }
    return Answer { try answerJSON([checked.id]) }
  }
}

private let registeredOrigin = "registered function"

@c @implementation
public func mi_core_unregister(
  _ core: OpaquePointer, _ id: UnsafePointer<CChar>
) -> OpaquePointer {
  answering {
    let id = String(cString: id)
    try Core.of(core).change { (registry) throws(EstimatorError) in
      let entry = try registry.entry(id)
      guard entry.origin == registeredOrigin else {
        throw EstimatorError(
          .invalidOption, "\(id) is \(entry.origin); only registered functions are removed.")
      }
      registry.remove(id)
    }
    return Answer { try answerJSON([id]) }
  }
}

@c @implementation
public func mi_core_load_plugin(
  _ core: OpaquePointer, _ plugin: UnsafePointer<CChar>, _ host: UnsafePointer<CChar>?,
  _ options: UnsafePointer<CChar>
) -> OpaquePointer {
  answering {
    let settings = try CoreDoor.options(options, as: LoadOptions.self)
      .options(host: host.map { String(cString: $0) })
    let plugins = try PluginHost(settings)
    let entries = try plugins.entries(of: try plugins.find(String(cString: plugin)))
    try Core.of(core).change { (registry) throws(EstimatorError) in
      var changed = registry
      for entry in entries { try changed.register(entry) }
      registry = changed
    }
    return Answer { try answerJSON(entries.map(\.descriptor.id)) }
  }
}

private struct LoadOptions: Decodable {
  let trust: Bool
  let deadline: Double
  let memory: Int
  let processes: Int

  func options(host: String?) throws(EstimatorError) -> PluginOptions {
    guard deadline > 0, deadline < 1e9 else {
      throw .option("deadline", found: "\(deadline)", needed: "seconds above 0")
    }
    try within("memory", memory, 0...(1 << 30))
    try within("processes", processes, 1...4096)
    var options = PluginOptions()
    options.trust = trust
    options.deadlineSeconds = deadline
    options.memoryLimit = UInt64(memory) << 20
    options.processes = processes
    options.hostProgram = host
    return options
  }
}
