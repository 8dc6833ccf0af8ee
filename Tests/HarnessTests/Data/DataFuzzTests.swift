// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Harness
import Testing

/// Damages good files at random, with a fixed seed: each must load or be refused, and never trap.
///
/// `MI_SLOW_TESTS=1` takes many more. A trap ends the test run; the file that did it is left in the
/// temporary folder under the name `mi-fuzz-...`.
@Suite struct DataFuzzTests {
  static let isSlow = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

  @Test(arguments: [
    "f8-big-F.npy", "f2-little-C.npy", "version-2.npy", "version-3.npy", "i4-big.npy", "bool.npy",
    "u8-little.npy", "unicode-big.npy", "bytes.npy", "object.npy", "single.npz", "streamed.npz",
    "stored.npz:x", "zip64.npz:y", "tensors.safetensors:half", "table.csv:name",
    "quoted-crlf.csv:height,count",
    "table.tsv:count",
  ])
  func damagedFilesAreReadOrRefused(spec: String) throws {
    let parts = spec.split(separator: ":").map(String.init)
    let file = parts[0]
    let good = Array(try DataGolden.data(file))
    let path = FileManager.default.temporaryDirectory.path + "/mi-fuzz-\(UUID())-\(file)"
    var random = RandomSource(seed: 7, UInt64(good.count), UInt64(spec.utf8.count))
    var (loaded, refused) = (0, 0)
    for _ in 0..<(Self.isSlow ? 5_000 : 200) {
      try Data(damaged(good, &random)).write(to: URL(fileURLWithPath: path))
      let reading = VariableReading.allCases[Int(random.next() % 3)]
      let selection = ([path] + parts.dropFirst()).joined(separator: ":")
      if let error = loadingError(selection, reading) {
        #expect(error.description.hasPrefix(path) && error.description.hasSuffix("."))
        refused += 1
      } else {
        loaded += 1
      }
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(refused > 0)
    #expect(loaded > 0 || file == "object.npy")
  }

  /// One to four small damages: a changed bit or byte, a cut, a repeated or a foreign piece.
  private func damaged(_ good: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(bound, 1))) }
    let bytes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x0A, 0x0D, 0x22, 0x27, 0x2C, 0x28, 0x30, 0x39]
    var damaged = good
    for _ in 0...below(4) where !damaged.isEmpty {
      // Half of the damage goes to the first or last 128 bytes, where the formats keep lengths.
      let at =
        switch below(4) {
        case 0: below(min(128, damaged.count))
        case 1: damaged.count - 1 - below(min(128, damaged.count))
        default: below(damaged.count)
        }
      switch below(6) {
      case 0: damaged[at] ^= 1 << UInt8(below(8))
      case 1, 2: damaged[at] = bytes[below(bytes.count)]
      case 3: damaged.removeSubrange(at..<min(damaged.count, at + 1 + below(16)))
      case 4: damaged.insert(contentsOf: good[..<below(min(good.count, 32))], at: at)
      default:
        if below(4) == 0 { damaged.removeSubrange(at...) } else { damaged[at] &+= 1 }
      }
    }
    return damaged
  }
}
