// SPDX-License-Identifier: MIT

private import FoundationEssentials

extension StoredArray {
  /// Reads one tensor of a .safetensors file.
  ///
  /// Format: https://github.com/huggingface/safetensors#format: the length of the header (8 bytes),
  /// a JSON object of tensors, and their bytes, little-endian and in C order.
  init(safetensors file: FileBytes, key: String?) throws(DataError) {
    let length = try file.natural(at: 0, in: "the header's length")
    let text = try file.slice(at: 8, count: length, of: "the header")
    let header: SafetensorsHeader
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(text))
    } catch {
      throw .malformed(file.name, byte: 8, "the header is no JSON object of tensors.")
    }
    let chosen = try chooseArray(key, of: header.tensors.keys.sorted(), name: file.name)
    guard let tensor = header.tensors[chosen] else {
      throw DataError(.notFound, "\(file.name): there is no array \"\(chosen)\".")
    }

    let name = "\(file.name):\(chosen)"
    guard let type = ArrayElementType(safetensors: tensor.dtype) else {
      throw DataError(
        .unsupported,
        "\(name): the dtype is \(tensor.dtype); F64, F32, F16, BF16, integers and BOOL are read.")
    }
    guard !tensor.shape.contains(where: { $0 < 0 }) else {
      throw .malformed(name, byte: 8, "the shape \(tensor.shape) has a negative length.")
    }
    let count = try Self.checkShape(tensor.shape, name: name)
    let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
    let range = tensor.data_offsets
    guard range.count == 2, range[0] >= 0, range[1] >= range[0], !overflow,
      range[1] - range[0] == size
    else {
      throw .malformed(
        name, byte: 8,
        "shape \(Self.shapeText(tensor.shape)) of \(type.name) does not fit the offsets \(range).")
    }
    let (offset, beyond) = range[0].addingReportingOverflow(8 + length)
    guard !beyond else {
      throw .malformed(name, byte: 8, "the offsets \(range) are beyond any file.")
    }
    let data = try file.slice(at: offset, count: size, of: "the array \"\(chosen)\"")
    try self.init(
      decoding: data, as: type, shape: tensor.shape, isFortran: false, name: name, offset: offset)
  }
}

extension ArrayElementType {
  init?(safetensors dtype: String) {
    switch dtype {
    case "F64", "F32", "F16": self.init(.float, size: (Int(dtype.dropFirst()) ?? 0) / 8)
    case "BF16": self.init(.brainFloat, size: 2)
    case "I64", "I32", "I16", "I8": self.init(.signed, size: (Int(dtype.dropFirst()) ?? 0) / 8)
    case "U64", "U32", "U16", "U8": self.init(.unsigned, size: (Int(dtype.dropFirst()) ?? 0) / 8)
    case "BOOL": self.init(.bool, size: 1)
    default: return nil
    }
  }
}

/// The JSON header: tensors by name, beside free text under `__metadata__`.
private struct SafetensorsHeader: Decodable {
  struct Tensor: Decodable {
    let dtype: String
    let shape: [Int]
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let data_offsets: [Int]
  }

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let tensors: [String: Tensor]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var tensors: [String: Tensor] = [:]
    for key in container.allKeys where key.stringValue != "__metadata__" {
      tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
    }
    self.tensors = tensors
  }
}
