// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Makes estimators of plugins.
///
/// ```swift
/// let host = try PluginHost(PluginOptions())
/// let plugin = try host.find("./libksg.so")
/// for entry in try host.entries(of: plugin) { try registry.register(entry) }
/// ```
///
/// The host owns a private folder, a watchdog and the processes it started. They end with it, and
/// if this process is killed, the watchdog ends them.
public struct PluginHost: Sendable {
  private let context: PluginContext

  /// Prepares to run plugins; starts nothing but the watchdog.
  ///
  /// - Throws: where no private folder or log file can be made.
  public init(_ options: PluginOptions = PluginOptions()) throws(EstimatorError) {
    context = try PluginContext(options)
  }

  /// The plugin that an argument of `--plugin` names; runs nothing.
  ///
  /// - Throws: `pluginNotFound`, `pluginUntrusted` or `pluginInvalid`.
  public func find(_ argument: String) throws(EstimatorError) -> PluginManifest {
    try Discovery.manifest(argument, trust: context.options.trust)
  }

  /// The plugins of a search path with colons, and why others were left out; runs nothing.
  public func search(_ path: String) -> (found: [PluginManifest], failures: [EstimatorError]) {
    Discovery.search(path, trust: context.options.trust)
  }

  /// The estimators of a plugin, ready to be registered.
  ///
  /// A plugin whose plugin.json has descriptors is started at its first estimate; another one is
  /// started here, to be asked.
  ///
  /// - Throws: why the plugin cannot be started or does not describe itself.
  public func entries(
    of plugin: PluginManifest, supervised: Bool = true
  ) throws(EstimatorError) -> [EstimatorRegistry.Entry] {
    switch plugin.door {
    case .command(let template):
      return entries(plugin, plugin.estimators, supervised) {
        [context] descriptor, _ throws(EstimatorError) in
        CommandEstimator(
          descriptor: descriptor, template: template, passing: plugin.passEnvironment,
          context: context)
      }
    case .program(let command): return try program(plugin, command, supervised)
    case .binary(let path):
      if context.options.inProcess { return try inProcess(plugin, path, supervised) }
      guard let host = context.options.hostProgram else {
        throw .plugin(
          .pluginNotFound, plugin.name,
          "needs a program that hosts it; there is none here, so load it in-process.")
      }
      return try program(plugin, [host, "plugin-host", path], supervised)
    }
  }

  private func program(
    _ plugin: PluginManifest, _ command: [String], _ supervised: Bool
  ) throws(EstimatorError) -> [EstimatorRegistry.Entry] {
    let pool = ProcessPool(
      name: plugin.name, command: command, passing: plugin.passEnvironment, context: context,
      declared: plugin.estimators)
    let descriptors =
      plugin.estimators.isEmpty ? try pool.describe() : plugin.estimators
    return entries(plugin, descriptors, supervised) {
      [context] descriptor, parameters throws(EstimatorError) in
      ProgramEstimator(
        descriptor: descriptor, parameters: parameters, pool: pool, context: context)
    }
  }

  private func inProcess(
    _ plugin: PluginManifest, _ path: String, _ supervised: Bool
  ) throws(EstimatorError) -> [EstimatorRegistry.Entry] {
    let library = try BinaryPlugin(path: path)
    let found = library.estimators.map(\.descriptor)
    if !plugin.estimators.isEmpty, plugin.estimators != found {
      throw .describesItselfOtherwise(plugin.name)
    }
    return entries(plugin, found, supervised) { descriptor, parameters throws(EstimatorError) in
      guard let entry = library.estimators.first(where: { $0.descriptor == descriptor }) else {
        throw .unknownEstimator(descriptor.id, nearest: found.map(\.id))
      }
      return BinaryEstimator(entry, parameters: parameters, name: descriptor.id)
    }
  }

  private func entries(
    _ plugin: PluginManifest, _ descriptors: [EstimatorDescriptor], _ supervised: Bool,
    _ make:
      @escaping @Sendable (EstimatorDescriptor, ParameterValues) throws(EstimatorError) ->
      any MutualInformationEstimator
  ) -> [EstimatorRegistry.Entry] {
    let options = context.options
    return descriptors.map { descriptor in
      // One record an estimator: what was found out holds for every instance of it.
      let record = GuardRecord()
      return EstimatorRegistry.Entry(descriptor: descriptor, origin: plugin.origin) {
        (parameters) throws(EstimatorError) -> any MutualInformationEstimator in
        let inner = try make(descriptor, parameters)
        guard supervised else { return inner }
        return GuardedEstimator(
          inner: inner, name: descriptor.id, record: record, options: options)
      }
    }
  }
}

extension EstimatorError {
  /// The plugin and its plugin.json disagree.
  static func describesItselfOtherwise(_ name: String) -> Self {
    .plugin(
      .pluginInvalid, name,
      "describes itself otherwise than its plugin.json; mi plugin describe prints what it says.")
  }
}
