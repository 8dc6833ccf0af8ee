// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CCoreDoor
import EstimatorAPI
import Estimators
import Harness
import Synchronization

/// What an `mi_core` is: the estimators known, which may grow while others are at work.
final class Core: Sendable {
  private let state = Mutex(EstimatorRegistry.builtIn())

  /// The estimators at this moment.
  var registry: EstimatorRegistry { state.withLock { $0 } }

  /// Changes the estimators.
  func change(
    _ body: (inout EstimatorRegistry) throws(EstimatorError) -> Void
  ) throws(EstimatorError) {
    try state.withLock { (registry) throws(EstimatorError) in try body(&registry) }
  }

  /// The core of a handle.
  static func of(_ handle: OpaquePointer) -> Core {
    Unmanaged<Core>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  }
}

@c @implementation
public func mi_core_abi() -> Int32 { MI_CORE_ABI }

/// Lives as long as the library.
private nonisolated(unsafe) let versionText = copiedText(Harness.version)

@c @implementation
public func mi_core_version() -> UnsafePointer<CChar> { UnsafePointer(versionText) }

private nonisolated(unsafe) let kernelsText = copiedText(KernelLevel.name)
private nonisolated(unsafe) let kernelWarningText = copiedText(KernelLevel.warning ?? "")

@c @implementation
public func mi_core_kernels() -> UnsafePointer<CChar> { UnsafePointer(kernelsText) }

@c @implementation
public func mi_core_kernel_warning() -> UnsafePointer<CChar> { UnsafePointer(kernelWarningText) }

@c @implementation
public func mi_core_open() -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(Core()).toOpaque())
}

@c @implementation
public func mi_core_close(_ core: OpaquePointer) {
  Unmanaged<Core>.fromOpaque(UnsafeRawPointer(core)).release()
}

@c @implementation
public func mi_core_list(_ core: OpaquePointer) -> OpaquePointer {
  answering {
    let registry = Core.of(core).registry
    return Answer { try answerJSON(ListAnswer(registry.entries, wrappers: registry.wrappers)) }
  }
}
