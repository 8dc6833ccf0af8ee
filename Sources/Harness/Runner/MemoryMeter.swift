// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Peak resident memory of this process over a stretch of work.
///
/// What is measured: the highest resident set of the whole process since the meter was made, less
/// the resident set at that moment. The sample is drawn inside the stretch and counts. Memory that
/// the process already held and reuses does not show, so the allocator is first asked to give free
/// memory back; what remains is good to about a megabyte. Other threads' memory counts too: the
/// number belongs to one trial only where trials run one after the other in their process.
///
/// Linux only: the kernel's high-water mark is reset through `/proc/self/clear_refs`.
public struct MemoryMeter {
  private let start: Int?

  /// Resets the high-water mark.
  public init() {
    #if canImport(Glibc)
    returnFreeMemory()
    let mark = open("/proc/self/clear_refs", O_WRONLY)
    var reset = false
    if mark >= 0 {
      reset = write(mark, "5", 1) == 1
      close(mark)
    }
    start = reset ? Self.bytes(of: "VmRSS:") : nil
    #else
    start = nil
    #endif
  }

  /// The growth so far, in bytes; nil where the system does not tell.
  public var growth: Int? {
    guard let start, let peak = Self.bytes(of: "VmHWM:") else { return nil }
    return max(0, peak - start)
  }

  /// A field of `/proc/self/status`, which is in units of 1024 bytes.
  static func bytes(of field: String, process: String = "self") -> Int? {
    guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    while fgets(&buffer, Int32(buffer.count), file) != nil {
      let line = String(
        decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard line.hasPrefix(field) else { continue }
      return line.split(whereSeparator: \.isWhitespace).dropFirst().first
        .flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}

#if canImport(Glibc)
/// glibc's `malloc_trim(0)`, looked up by name because the Glibc module leaves `malloc.h` out.
private func returnFreeMemory() {
  typealias Trim = @convention(c) (Int) -> Int32
  guard let symbol = dlsym(nil, "malloc_trim") else { return }
  _ = unsafeBitCast(symbol, to: Trim.self)(0)
}
#endif

/// The name of this machine and the kernels at work on it, as in `node7 (avx2)`.
package let hostName: String = {
  var buffer = [CChar](repeating: 0, count: 256)
  guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown (\(KernelLevel.name))" }
  let name = String(
    decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  return "\(name) (\(KernelLevel.name))"
}()
