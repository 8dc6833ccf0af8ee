// SPDX-License-Identifier: MIT

import CEstimatorPlugin
package import EstimatorAPI

/// An estimator of a library in this process: lends the arrays without a copy.
package struct BinaryEstimator: MutualInformationEstimator {
  let entry: BinaryEstimatorEntry
  let values: ParameterValues
  let name: String

  package init(_ entry: BinaryEstimatorEntry, parameters: ParameterValues, name: String) {
    self.entry = entry
    values = parameters
    self.name = name
  }

  package var descriptor: EstimatorDescriptor { entry.descriptor }

  package func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    return try withVariable(request.x) { x throws(EstimatorError) in
      try withVariable(request.y) { y throws(EstimatorError) in
        try withValues { values throws(EstimatorError) in
          let groups = groupCodes(request)
          let outcome = groups.withUnsafeBufferPointer { groups in
            Swift.Result { () throws(EstimatorError) in
              try call(request, x, y, values, request.groups == nil ? nil : groups.baseAddress)
            }
          }
          return try outcome.get()
        }
      }
    }
  }

  private func call(
    _ request: EstimationRequest, _ x: UnsafePointer<mi_variable>,
    _ y: UnsafePointer<mi_variable>, _ values: UnsafePointer<mi_value>,
    _ groups: UnsafePointer<Int32>?
  ) throws(EstimatorError) -> Estimate {
    let caller = Caller(request)
    var result = mi_result()
    result.size = UInt32(MemoryLayout<mi_result>.size)
    result.standard_error = .nan
    let status = withExtendedLifetime(caller) {
      var plain = mi_request(
        size: UInt32(MemoryLayout<mi_request>.size), threads: UInt32(request.threads),
        n: Int64(request.count), seed: request.seed, x: x, y: y, values: values,
        context: Unmanaged.passUnretained(caller).toOpaque(), progress: { Caller.told($0, $1) },
        groups: groups)
      return entry.pointer.pointee.estimate(entry.pointer, &plain, &result)
    }
    defer { result.release?(&result) }
    switch status {
    case MI_OK: return try estimate(result, rows: request.count)
    case MI_CANCELLED: throw .cancelled
    case MI_FAILED:
      let code = result.error_code.map { String(cString: $0) } ?? "failed"
      let sentence = result.error.map { String(cString: $0) } ?? "it gave no reason."
      throw EstimatorError(
        EstimatorError.Code(rawValue: code), "Plugin \(name): \(sentence)")
    default:
      throw .plugin(
        .pluginGarbage, name, "returned the status \(status); 0, 1 and 2 are known.")
    }
  }

  /// The groups as codes from 0 in the order of their first rows; empty where there are none.
  private func groupCodes(_ request: EstimationRequest) -> [Int32] {
    request.groups.map { $0.numbered.map(Int32.init) } ?? []
  }

  private func estimate(_ result: mi_result, rows: Int) throws(EstimatorError) -> Estimate {
    var estimate = Estimate(
      Information(nats: result.nats), kind: descriptor.traits.estimateKind,
      standardError: result.standard_error.isNaN
        ? nil : Information(nats: result.standard_error))
    if let pointwise = result.pointwise {
      estimate.pointwise = Array(UnsafeBufferPointer(start: pointwise, count: rows))
    }
    for index in 0..<max(0, Int(result.diagnostic_count)) {
      guard let item = result.diagnostics?[index], let name = item.name else { continue }
      estimate.diagnostics[String(cString: name)] =
        item.text.map { .text(String(cString: $0)) } ?? .number(item.number)
    }
    for index in 0..<max(0, Int(result.warning_count)) {
      guard let item = result.warnings?[index], let code = item.code, let message = item.message
      else { continue }
      estimate.warnings.append(
        EstimateWarning(code: String(cString: code), message: String(cString: message)))
    }
    return estimate
  }

  private func withVariable<Result>(
    _ variable: Variable,
    _ body: (UnsafePointer<mi_variable>) throws(EstimatorError) -> Result
  ) throws(EstimatorError) -> Result {
    var plain = mi_variable()
    plain.size = UInt32(MemoryLayout<mi_variable>.size)
    plain.columns = Int64(variable.dimension)
    switch variable {
    case .samples(let samples):
      return try samples.withUnsafeValues { values throws(EstimatorError) in
        plain.values = values.baseAddress
        return try body(&plain)
      }
    case .labels(let labels):
      plain.classes = Int64(labels.classCount)
      let outcome = labels.codes.withUnsafeBufferPointer { codes in
        plain.codes = codes.baseAddress
        return Swift.Result { () throws(EstimatorError) in try body(&plain) }
      }
      return try outcome.get()
    }
  }

  private func withValues<Result>(
    _ body: (UnsafePointer<mi_value>) throws(EstimatorError) -> Result
  ) throws(EstimatorError) -> Result {
    var plain: [mi_value] = []
    var texts: [UnsafeMutablePointer<CChar>?] = []
    defer { for text in texts { freeText(text) } }
    for parameter in descriptor.parameters {
      let value = values.values[parameter.name] ?? parameter.defaultValue
      let text = copyText(value.description)
      texts.append(text)
      plain.append(mi_value(text: UnsafePointer(text), number: number(value, parameter)))
    }
    // Never an empty list: its address would be nil.
    plain.append(mi_value())
    let outcome = plain.withUnsafeBufferPointer { buffer in
      Swift.Result { () throws(EstimatorError) in
        guard let start = buffer.baseAddress else { preconditionFailure("a list of one at least") }
        return try body(start)
      }
    }
    return try outcome.get()
  }

  private func number(_ value: ParameterValue, _ parameter: ParameterSpecification) -> Double {
    switch value {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    case .flag(let value): return value ? 1 : 0
    case .text(let word):
      guard case .choice(let words) = parameter.type else { return 0 }
      return Double(words.firstIndex(of: word) ?? 0)
    case .integers: return 0
    }
  }
}

/// What the C callback needs of the request.
private final class Caller {
  private let request: EstimationRequest

  init(_ request: EstimationRequest) { self.request = request }

  static func told(_ context: UnsafeMutableRawPointer?, _ share: Double) -> Int32 {
    guard let context else { return 0 }
    let caller = Unmanaged<Caller>.fromOpaque(context).takeUnretainedValue()
    caller.request.progress(share)
    return caller.request.isCancelled() ? 1 : 0
  }
}
