// SPDX-License-Identifier: MIT

import CEstimatorPlugin
public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Makes a binary plugin of Swift estimators, by one line in a dynamic library.
///
/// ```swift
/// @_cdecl("mi_plugin_entry")
/// public func entry(_ hostABI: UInt32) -> UnsafeRawPointer? {
///   exportPlugin("my-plugin", version: "1", [MyEstimator.self], hostABI: hostABI)
/// }
/// ```
///
/// No Swift type crosses to the host: Swift has no stable ABI on Linux. What is made here is the C
/// interface of `mi_plugin.h`, and it lives as long as the process.
///
/// - Parameters:
///   - name: the plugin's name.
///   - version: the plugin's version.
///   - types: its estimators; parameters of the type `integers` have no word in C and are left at
///     their defaults.
///   - hostABI: what the host passed.
/// - Returns: what `mi_plugin_entry` returns; nil where the host is too old.
public func exportPlugin(
  _ name: String, version: String, _ types: [any StaticEstimator.Type], hostABI: UInt32
) -> UnsafeRawPointer? {
  guard hostABI >= MI_PLUGIN_ABI else { return nil }
  let estimators = types.map { type -> UnsafePointer<mi_estimator>? in
    let state = Unmanaged.passRetained(ExportedEstimator(type)).toOpaque()
    return immortal(
      mi_estimator(
        size: UInt32(MemoryLayout<mi_estimator>.size), reserved: 0,
        descriptor: exported(type.descriptor),
        estimate: { exportedEstimate($0, $1, $2) }, state: state))
  }
  let plugin = mi_plugin(
    abi: MI_PLUGIN_ABI, size: UInt32(MemoryLayout<mi_plugin>.size), name: text(name),
    version: text(version), estimators: immortal(estimators + [nil]))
  return UnsafeRawPointer(immortal(plugin))
}

/// The type behind an exported estimator.
final class ExportedEstimator: Sendable {
  let type: any StaticEstimator.Type

  init(_ type: any StaticEstimator.Type) { self.type = type }
}

private func exported(_ descriptor: EstimatorDescriptor) -> UnsafePointer<mi_descriptor> {
  let traits = descriptor.traits
  func mask<Value: Hashable>(_ values: [Value], _ order: [Value]) -> UInt32 {
    values.reduce(0) { $0 | (order.firstIndex(of: $1).map { 1 << UInt32($0) } ?? 0) }
  }
  let kinds: [EstimateKind] = [.estimate, .lowerBound, .upperBound]
  var plain = mi_descriptor()
  plain.size = UInt32(MemoryLayout<mi_descriptor>.size)
  plain.kinds = mask(traits.kinds, [.continuous, .mixed, .discrete])
  plain.invariances = mask(
    traits.invariances,
    [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone, .linear, .relabel])
  plain.resampling = mask(traits.resampling, [.subsampling, .pairBootstrap])
  plain.result_kind = UInt32(kinds.firstIndex(of: traits.estimateKind) ?? 0)
  plain.deterministic = traits.isDeterministic ? 1 : 0
  plain.minimum_samples = Int64(traits.minimumSamples)
  plain.maximum_dimension = Int64(traits.maximumDimension ?? 0)
  plain.id = text(descriptor.id)
  plain.version = text(descriptor.version)
  plain.summary = text(descriptor.summary)
  plain.reference = text(descriptor.reference)
  let parameters = descriptor.parameters.compactMap(exported)
  plain.parameters = immortal(parameters + [nil])
  let handlings: [GroupHandling] = [.refused, .unaffected, .kept]
  plain.groups = UInt32(handlings.firstIndex(of: traits.groups) ?? 0)
  return immortal(plain)
}

private func exported(_ parameter: ParameterSpecification) -> UnsafePointer<mi_parameter>? {
  var plain = mi_parameter()
  plain.size = UInt32(MemoryLayout<mi_parameter>.size)
  plain.name = text(parameter.name)
  plain.meaning = text(parameter.meaning)
  plain.default_value = text(parameter.defaultValue.description)
  switch parameter.type {
  case .integer(let range):
    plain.type = MI_INTEGER
    plain.minimum = Double(range.lowerBound)
    plain.maximum = Double(range.upperBound)
  case .number(let range):
    plain.type = MI_NUMBER
    plain.minimum = range.lowerBound
    plain.maximum = range.upperBound
  case .choice(let words):
    plain.type = MI_CHOICE
    plain.choices = immortal(words.map { text($0) } + [nil])
  case .flag: plain.type = MI_FLAG
  case .integers: return nil
  }
  return immortal(plain)
}

/// A C text that is never freed.
func text(_ value: String) -> UnsafePointer<CChar>? { strdup(value).map { UnsafePointer($0) } }

/// A value that is never freed.
func immortal<Value>(_ value: Value) -> UnsafePointer<Value> {
  let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
  pointer.initialize(to: value)
  return UnsafePointer(pointer)
}

/// A list that is never freed.
func immortal<Value>(_ values: [Value]) -> UnsafePointer<Value> {
  let pointer = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
  for (index, value) in values.enumerated() { (pointer + index).initialize(to: value) }
  return UnsafePointer(pointer)
}
