// SPDX-License-Identifier: MIT

import EstimatorPlugin
import KSGEstimator

/// The one exported function of a binary plugin.
@_cdecl("mi_plugin_entry")
public func entry(_ hostABI: UInt32) -> UnsafeRawPointer? {
  exportPlugin("ksg-swift", version: "1", [KSG.self], hostABI: hostABI)
}
