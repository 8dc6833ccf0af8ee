// SPDX-License-Identifier: MIT

import PluginHost

/// Bytes as a plugin.json.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  _ = try? PluginManifest(
    json: Array(UnsafeBufferPointer(start: start, count: count)), folder: "/fuzz")
  return 0
}
