// SPDX-License-Identifier: MIT

import CEstimatorPlugin
package import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A shared library that speaks `mi_plugin.h`, loaded into this process.
///
/// It is never unloaded: threads or runtimes that the library started would be left without code.
package struct BinaryPlugin: Sendable {
  package let name: String
  package let version: String
  package let estimators: [BinaryEstimatorEntry]

  /// Loads a library and reads its self-description.
  ///
  /// - Throws: `pluginNotFound`, `pluginVersion` or `pluginInvalid`.
  package init(path: String) throws(EstimatorError) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .plugin(
        .pluginNotFound, file,
        "cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "no reason given").")
    }
    guard let symbol = dlsym(handle, "mi_plugin_entry") else {
      throw .plugin(.pluginInvalid, file, "has no mi_plugin_entry, so it is no plugin.")
    }
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<mi_plugin>?
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let plugin = entry(MI_PLUGIN_ABI) else {
      throw .plugin(
        .pluginVersion, file, "does not serve a host that speaks ABI \(MI_PLUGIN_ABI).")
    }
    // The ABI number stays the first field for ever, so it may be read before anything is known.
    guard plugin.pointee.abi == MI_PLUGIN_ABI else {
      throw .plugin(
        .pluginVersion, file,
        "has ABI \(plugin.pointee.abi); this host speaks ABI \(MI_PLUGIN_ABI).")
    }
    guard Int(plugin.pointee.size) >= MemoryLayout<mi_plugin>.size else {
      throw BinaryDescriptor.invalid(file, "its mi_plugin has \(plugin.pointee.size) bytes")
    }
    name = try BinaryDescriptor.text(plugin.pointee.name, "the name", file)
    version = try BinaryDescriptor.text(plugin.pointee.version, "the version", file)
    guard let list = plugin.pointee.estimators else {
      throw BinaryDescriptor.invalid(file, "the list of estimators is NULL")
    }
    var found: [BinaryEstimatorEntry] = []
    while let estimator = list[found.count] {
      guard Int(estimator.pointee.size) >= MemoryLayout<mi_estimator>.size,
        estimator.pointee.estimate != nil, found.count < 1000
      else { throw BinaryDescriptor.invalid(file, "estimator \(found.count) is not whole") }
      found.append(
        BinaryEstimatorEntry(
          descriptor: try BinaryDescriptor.read(estimator.pointee.descriptor, plugin: file),
          pointer: estimator))
    }
    guard !found.isEmpty else { throw BinaryDescriptor.invalid(file, "it has no estimators") }
    estimators = found
  }
}

/// One estimator of a loaded library.
///
/// Unchecked: the pointer leads into the library, which is never unloaded, and by the contract
/// `estimate` may be called from several threads at once.
package struct BinaryEstimatorEntry: @unchecked Sendable {
  package let descriptor: EstimatorDescriptor
  let pointer: UnsafePointer<mi_estimator>
}
