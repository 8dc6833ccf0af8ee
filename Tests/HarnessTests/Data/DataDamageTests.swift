// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// Bytes that break the format, each with its whole sentence; files are made from good ones.
@Suite struct DataDamageTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    let what: String
    let file: String
    let code: DataError.Code
    let sentence: String
    let edit: @Sendable (inout [UInt8]) -> Void

    init(
      _ what: String, _ file: String, _ code: DataError.Code, _ sentence: String,
      _ edit: @escaping @Sendable (inout [UInt8]) -> Void
    ) {
      self.what = what
      self.file = file
      self.code = code
      self.sentence = sentence
      self.edit = edit
    }

    var testDescription: String { "\(file), \(what)" }
  }

  @Test(arguments: npy + archives + tensors) func saysWhereItBreaks(damage: Damage) throws {
    var bytes = Array(try DataGolden.data(damage.file))
    damage.edit(&bytes)
    try withTemporaryFile(damage.file, bytes) { path in
      let error = loadingError(path)
      #expect(error?.code == damage.code)
      let sentence = error?.description.replacingOccurrences(of: path, with: damage.file)
      #expect(sentence == damage.sentence)
    }
  }

  /// Python writes the zip64 end record but fills the plain one as far as it goes.
  @Test func saturatedEndRecordLeadsToTheZip64One() throws {
    var bytes = Array(try DataGolden.data("zip64.npz"))
    let end = bytes.count - 22
    for offset in [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19] { bytes[end + offset] = 0xFF }
    try withTemporaryFile("zip64.npz", bytes) { path in
      let loaded = try loadVariable(path + ":y")
      #expect(loaded.variable.dimension == 2)
    }
    // The locator points at bytes that are no zip64 end record.
    bytes[end - 12] ^= 1
    try withTemporaryFile("zip64.npz", bytes) { path in
      #expect(loadingError(path + ":y")?.description.hasSuffix("no zip64 end record here.") == true)
    }
  }

  static let npy: [Damage] = [
    Damage(
      "empty", "version-1.npy", .truncated,
      "version-1.npy: the file is empty; it needs a .npy header."
    ) { $0 = [] },
    Damage(
      "half the magic", "version-1.npy", .truncated,
      "version-1.npy: the header needs 7 bytes in all; the file ends at byte 3."
    ) { $0 = Array($0[..<3]) },
    Damage(
      "other magic", "version-1.npy", .malformed,
      "version-1.npy, byte 0: there is no \\x93NUMPY, so this is no .npy file."
    ) { $0[1] = 0 },
    Damage(
      "version 9", "version-1.npy", .malformed,
      "version-1.npy, byte 6: the version is 9.0; 1.0, 2.0 and 3.0 are known."
    ) { $0[6] = 9 },
    Damage(
      "header cut", "version-1.npy", .truncated,
      "version-1.npy: the header needs 128 bytes in all; the file ends at byte 60."
    ) { $0 = Array($0[..<60]) },
    Damage(
      "header of 2 GB", "version-2.npy", .malformed,
      "version-2.npy, byte 8: the header has 2130706548 bytes; at most 65535 are read."
    ) { $0[11] = 0x7F },
    Damage(
      "no dictionary", "version-1.npy", .malformed,
      "version-1.npy, byte 10: the header needs \"{\" here."
    ) { $0[10] = UInt8(ascii: "[") },
    Damage(
      "one byte short", "version-1.npy", .truncated,
      "version-1.npy: shape (4, 3) of float64 needs 96 bytes after the header; the file has 95."
    ) { $0.removeLast() },
    Damage(
      "one byte more", "version-1.npy", .malformed,
      "version-1.npy, byte 224: the array ends here, but the file has 1 byte more."
    ) { $0.append(0) },
    Damage(
      "huge shape", "version-1.npy", .truncated,
      "version-1.npy: shape (4000000000000, 3) of float64 needs 96000000000000 bytes after "
        + "the header; the file has 96."
    ) {
      replace("(4, 3), }            ", "(4000000000000, 3), }", in: &$0)
    },
    Damage(
      "shape beyond 64 bits", "version-1.npy", .malformed,
      "version-1.npy: the shape (4000000000000000000, 3000000000000000) has more elements "
        + "than any machine."
    ) {
      replace(
        "(4, 3), }                                ", "(4000000000000000000, 3000000000000000), }",
        in: &$0)
    },
    Damage(
      "bytes beyond 64 bits", "version-1.npy", .truncated,
      "version-1.npy: shape (1000000000000000000, 3) of float64 needs more bytes than any "
        + "machine has after the header; the file has 96."
    ) {
      replace("(4, 3), }                  ", "(1000000000000000000, 3), }", in: &$0)
    },
    Damage(
      "length of 30 digits", "version-1.npy", .malformed,
      "version-1.npy, byte 61: the header needs a length of at most 64 bits here."
    ) {
      replace(
        "(4, 3), }                            ", "(400000000000000000000000000000, 3), ", in: &$0)
    },
    Damage(
      "negative length", "version-1.npy", .malformed,
      "version-1.npy, byte 61: the header needs a length of at most 64 bits here."
    ) {
      replace("(4, 3)", "(-4,3)", in: &$0)
    },
    Damage(
      "repeated key", "version-1.npy", .malformed,
      "version-1.npy, byte 27: the header needs descr, fortran_order and shape once each, and "
        + "not \"descr\", here."
    ) {
      replace("'fortran_order': False", "'descr': '<f8'        ", in: &$0)
    },
    Damage(
      "unknown order", "version-1.npy", .malformed,
      "version-1.npy, byte 44: the header needs True or False here."
    ) { replace("False", "Maybe", in: &$0) },
    Damage(
      "unknown type", "version-1.npy", .unsupported,
      "version-1.npy: the array is of no known type (dtype <q8); it needs floating numbers of "
        + "16, 32 or 64 bits, integers, bools or strings."
    ) { replace("<f8", "<q8", in: &$0) },
    Damage(
      "strings of no width", "bytes.npy", .unsupported,
      "bytes.npy: the array is of no known type (dtype |S0); it needs floating numbers of 16, "
        + "32 or 64 bits, integers, bools or strings."
    ) { replace("|S8", "|S0", in: &$0) },
    Damage(
      "bool of 2", "bool.npy", .malformed, "bool.npy, byte 129: a bool is 2; it must be 0 or 1."
    ) { $0[129] = 2 },
    Damage(
      "surrogate", "unicode-little.npy", .malformed,
      "unicode-little.npy, byte 128: the text of element 0 is no valid Unicode."
    ) {
      $0.replaceSubrange(128..<132, with: [0, 0xD8, 0, 0])
    },
  ]

  static let archives: [Damage] = [
    Damage(
      "empty", "single.npz", .truncated, "single.npz: the file is empty; it needs a ZIP archive."
    ) { $0 = [] },
    Damage(
      "no archive", "single.npz", .malformed,
      "single.npz, byte 0: there is no \"PK\", so this is no ZIP archive."
    ) {
      $0 = Array("hello, world, this is text".utf8)
    },
    Damage(
      "cut", "single.npz", .truncated,
      "single.npz: no ZIP end record up to byte 220; the archive is cut off."
    ) { $0.removeLast(30) },
    Damage(
      "contents changed", "single.npz", .malformed,
      "single.npz:only, byte 91: the deflated data end or break here; 224 bytes were claimed."
    ) { $0[90] ^= 0x10 },
    Damage(
      "checksum changed", "single.npz", .malformed,
      "single.npz:only, byte 0: the contents have the checksum 5873da57; the archive says "
        + "5873da56, so they are damaged."
    ) { $0[directory($0) + 16] ^= 1 },
    Damage(
      "encrypted", "single.npz", .unsupported,
      "single.npz:only: the entry is encrypted; it must not be."
    ) { $0[directory($0) + 8] |= 1 },
    Damage(
      "method 12", "single.npz", .unsupported,
      "single.npz:only: the entry has compression method 12; 0 (stored) and 8 (deflated) are read."
    ) { $0[directory($0) + 10] = 12 },
    Damage(
      "claims 4 GB", "single.npz", .malformed,
      "single.npz:only, byte 0: 116 deflated bytes cannot hold the 4026532064 that the entry "
        + "claims."
    ) { $0[directory($0) + 27] = 0xF0 },
    Damage(
      "claims one byte less", "single.npz", .malformed,
      "single.npz:only, byte 223: the deflated data go on beyond the size claimed."
    ) { $0[directory($0) + 24] -= 1 },
    Damage(
      "claims one byte more", "single.npz", .malformed,
      "single.npz:only, byte 224: the deflated data end or break here; 225 bytes were claimed."
    ) { $0[directory($0) + 24] += 1 },
    Damage(
      "entry beyond the end", "single.npz", .truncated,
      "single.npz: the entry \"only.npy\" needs 65540 bytes in all; the file ends at byte 250."
    ) { $0[directory($0) + 44] = 1 },
    Damage(
      "directory elsewhere", "single.npz", .malformed,
      "single.npz, byte 175: there is no ZIP directory entry here."
    ) { $0[$0.count - 6] += 1 },
    Damage(
      "size without zip64", "single.npz", .malformed,
      "single.npz, byte 228: a size of 2^32 - 1 needs a zip64 field, and has none."
    ) { bytes in
      let at = directory(bytes) + 24
      bytes.replaceSubrange(at..<at + 4, with: [255, 255, 255, 255])
    },
  ]

  static let tensors: [Damage] = [
    Damage(
      "header beyond the end", "tensors.safetensors", .truncated,
      "tensors.safetensors: the header needs 65344 bytes in all; the file ends at byte 514."
    ) { $0[1] = 0xFF },
    Damage(
      "length beyond any file", "tensors.safetensors", .malformed,
      "tensors.safetensors, byte 0: the header's length is 18374686479671623992, beyond any file."
    ) { $0[7] = 0xFF },
    Damage(
      "no JSON", "tensors.safetensors", .malformed,
      "tensors.safetensors, byte 8: the header is no JSON object of tensors."
    ) { $0[8] = 0 },
  ]

  static func replace(_ old: String, _ new: String, in bytes: inout [UInt8]) {
    let old = Array(old.utf8)
    for start in bytes.indices.dropLast(old.count)
    where bytes[start..<start + old.count].elementsEqual(old) {
      bytes.replaceSubrange(start..<start + old.count, with: new.utf8)
      return
    }
  }

  /// The offset of the first directory entry, out of the end record.
  static func directory(_ bytes: [UInt8]) -> Int {
    let end = bytes.count - 22
    return Int(bytes[end + 16]) + Int(bytes[end + 17]) << 8 + Int(bytes[end + 18]) << 16
  }
}
