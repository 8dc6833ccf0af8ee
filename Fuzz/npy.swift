// SPDX-License-Identifier: MIT

import Glibc
import HarnessData

private let path = "/dev/shm/mi-fuzz-\(getpid()).npy"

/// Bytes as a .npy file: through the door that users come by, a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  guard file >= 0 else { return 0 }
  _ = write(file, start, count)
  close(file)
  for reading in [VariableReading.automatic, .discrete, .continuous] {
    _ = try? loadVariable(path, reading: reading)
  }
  return 0
}
