// SPDX-License-Identifier: MIT

import PluginHost

/// Bytes as a plugin may write them to stdout: cut into messages, and each message read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  var parser = FrameParser()
  // In two parts: a header may end anywhere.
  parser.append(bytes[0..<(count / 2)])
  do throws(FrameError) {
    while let message = try parser.next() { read(message) }
    parser.append(bytes[(count / 2)...])
    while let message = try parser.next() { read(message) }
  } catch {}
  return 0
}

private func read(_ message: [UInt8]) {
  _ = try? decoded(Envelope.self, message)
  _ = try? decoded(Answer<EstimateAnswer>.self, message)
  if let answer = try? decoded(Answer<InitializeAnswer>.self, message).result {
    for estimator in answer.estimators { _ = try? estimator.checked(plugin: "fuzz") }
  }
}
