// SPDX-License-Identifier: MIT

import CEstimatorPlugin
import EstimatorAPI

/// Reads the C descriptor of an estimator.
///
/// Every structure's size is looked at before its fields, and every pointer before it is followed.
enum BinaryDescriptor {
  /// - Throws: `pluginInvalid` with the field.
  static func read(
    _ descriptor: UnsafePointer<mi_descriptor>?, plugin: String
  ) throws(EstimatorError) -> EstimatorDescriptor {
    guard let descriptor else { throw invalid(plugin, "an estimator has no descriptor") }
    let size = Int(descriptor.pointee.size)
    guard size >= MI_DESCRIPTOR_SIZE_1 else {
      throw invalid(
        plugin, "a descriptor has \(size) bytes; ABI 1 has at least \(MI_DESCRIPTOR_SIZE_1)")
    }
    // A plugin of the first release ends before the newer fields, which are 0 then.
    var fields = mi_descriptor()
    withUnsafeMutableBytes(of: &fields) { bytes in
      bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: descriptor, count: min(size, bytes.count)))
    }
    let handlings: [GroupHandling] = [.refused, .unaffected, .kept]
    guard Int(fields.groups) < handlings.count else {
      throw invalid(plugin, "the field groups is \(fields.groups); 0, 1 and 2 are known")
    }
    let kinds: [PairKind] = bits(
      fields.kinds, [(MI_CONTINUOUS, .continuous), (MI_MIXED, .mixed), (MI_DISCRETE, .discrete)])
    let invariances: [Invariance] = bits(
      fields.invariances,
      [
        (MI_SWAP, .swap), (MI_ROW_ORDER, .rowOrder), (MI_SHIFT, .shift),
        (MI_JOINT_SCALE, .jointScale), (MI_SCALE, .scale), (MI_MONOTONE, .monotone),
        (MI_LINEAR, .linear), (MI_RELABEL, .relabel),
      ])
    let resampling: [Resampling] = bits(
      fields.resampling, [(MI_SUBSAMPLING, .subsampling), (MI_PAIR_BOOTSTRAP, .pairBootstrap)])
    let resultKinds: [EstimateKind] = [.estimate, .lowerBound, .upperBound]
    guard Int(fields.result_kind) < resultKinds.count else {
      throw invalid(plugin, "the result_kind is \(fields.result_kind); 0, 1 and 2 are known")
    }
    let wire = WireDescriptor(
      id: try text(fields.id, "id", plugin),
      version: try text(fields.version, "version", plugin),
      summary: try text(fields.summary, "summary", plugin),
      reference: try text(fields.reference, "reference", plugin), kinds: kinds,
      minimumSamples: Int(fields.minimum_samples),
      maximumDimension: fields.maximum_dimension == 0 ? nil : Int(fields.maximum_dimension),
      deterministic: fields.deterministic != 0,
      estimateKind: resultKinds[Int(fields.result_kind)], invariances: invariances,
      resampling: resampling, groups: handlings[Int(fields.groups)],
      parameters: try parameters(fields.parameters, plugin))
    return try wire.checked(plugin: plugin)
  }

  /// A text of the plugin.
  static func text(
    _ pointer: UnsafePointer<CChar>?, _ field: String, _ plugin: String
  ) throws(EstimatorError) -> String {
    guard let pointer else { throw invalid(plugin, "\(field) is NULL") }
    return String(cString: pointer)
  }

  static func invalid(_ plugin: String, _ sentence: String) -> EstimatorError {
    .plugin(.pluginInvalid, plugin, "cannot be used: \(sentence).")
  }

  private static func bits<Value>(_ mask: UInt32, _ table: [(UInt32, Value)]) -> [Value] {
    table.filter { mask & $0.0 != 0 }.map(\.1)
  }

  private static func parameters(
    _ list: UnsafePointer<UnsafePointer<mi_parameter>?>?, _ plugin: String
  ) throws(EstimatorError) -> [WireDescriptor.Parameter] {
    guard let list else { return [] }
    var parameters: [WireDescriptor.Parameter] = []
    while let pointer = list[parameters.count] {
      guard Int(pointer.pointee.size) >= MemoryLayout<mi_parameter>.size else {
        throw invalid(plugin, "a parameter has \(pointer.pointee.size) bytes")
      }
      guard parameters.count < 1000 else { throw invalid(plugin, "parameters do not end") }
      let name = try text(pointer.pointee.name, "a parameter's name", plugin)
      let value = try text(pointer.pointee.default_value, "the default of \(name)", plugin)
      let types = ["integer", "number", "choice", "flag"]
      guard Int(pointer.pointee.type) < types.count else {
        throw invalid(plugin, "the type of \(name) is \(pointer.pointee.type)")
      }
      let type = types[Int(pointer.pointee.type)]
      let parsed: ParameterValue? =
        switch type {
        case "integer": Int(value).map { .integer($0) }
        case "number": Double(value).map { .number($0) }
        case "flag": Bool(value).map { .flag($0) }
        default: .text(value)
        }
      guard let parsed else { throw invalid(plugin, "the default of \(name) is \"\(value)\"") }
      var choices: [String]?
      if type == "choice", let words = pointer.pointee.choices {
        var found: [String] = []
        while let word = words[found.count], found.count < 1000 {
          found.append(String(cString: word))
        }
        choices = found
      }
      let isRanged = type == "integer" || type == "number"
      parameters.append(
        WireDescriptor.Parameter(
          name: name, type: type, default: parsed,
          minimum: isRanged ? pointer.pointee.minimum : nil,
          maximum: isRanged && pointer.pointee.maximum < 9e18 ? pointer.pointee.maximum : nil,
          choices: choices, meaning: try text(pointer.pointee.meaning, "a meaning", plugin)))
    }
    return parameters
  }
}
