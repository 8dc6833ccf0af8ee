// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_check(
  _ core: OpaquePointer, _ teachers: UnsafePointer<mi_array>, _ teacherCount: Int64,
  _ student: UnsafePointer<mi_array>, _ labels: UnsafePointer<mi_array>,
  _ groups: UnsafePointer<mi_array>?, _ trainRows: UnsafePointer<mi_array>?,
  _ options: UnsafePointer<CChar>, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    var settings = try CoreDoor.options(options, as: CheckSettings.self).options(call)
    guard teacherCount >= 1 else {
      throw EstimatorError.option("teachers", found: "empty", needed: "at least one")
    }
    let arrays = (0..<Int(teacherCount)).map { teachers + $0 } + [student, labels]
    let files = try arrays.map {
      (name: String(cString: $0.pointee.name), array: try variable($0))
    }
    let names = files.map(\.name)
    guard Set(names).count == names.count else {
      throw EstimatorError.option(
        "teachers", found: names.dropLast(2).joined(separator: ", "),
        needed: "different names, other than student and labels")
    }
    let named = zip(files, arrays).map { file, array in
      NamedVariable(file.name, file.array.variable, isContinuous: array.pointee.reading == 2)
    }
    if let trainRows {
      let rows = named[named.count - 2].variable.count
      try TrainingRows(variable(trainRows).variable, count: rows, named: "train_rows")
        .refuse(among: rows, named: "train_rows")
      settings.heldOutConfirmed = true
    }
    let report = try CheckOperation(
      teachers: Array(named.dropLast(2)), student: named[named.count - 2],
      labels: named[named.count - 1],
      groups: try groups.map { try checkedGroups(variable($0).variable.labels, named: "groups") },
      registry: Core.of(core).registry, options: settings,
      hooks: CheckHooks(
        progress: { call.progress(-1, $0) }, isCancelled: call.isCancelled)
    ).run()
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      CheckAnswer(variables: files.map(\.array.record), data: named, report: report))
    return Answer { json }
  }
}

private struct CheckSettings: Decodable {
  let estimators: [EstimatorChoice]
  let represent: String
  let heldOut: Bool
  let alpha: Double
  let replicates: Int
  let subsamples: Int
  let joint: Bool
  let budget: Double?
  let order: String?

  func options(_ call: Call) throws(EstimatorError) -> CheckOptions {
    var options = CheckOptions()
    guard let representation = Representation(represent) else {
      throw .option("represent", found: "\"\(represent)\"", needed: "auto, raw, logits or pca=K")
    }
    guard alpha > 0, alpha < 0.5 else {
      throw .option("alpha", found: "\(alpha)", needed: "a number between 0 and 0.5")
    }
    try within("replicates", replicates, 5...1_000_000)
    try within("subsamples", subsamples, 10...1_000_000)
    if let budget, !(budget > 0 && budget < 1e9) {
      throw .option("budget", found: "\(budget)", needed: "seconds above 0")
    }
    if let order {
      guard let known = RowOrder(rawValue: order) else {
        throw .option("order", found: "\"\(order)\"", needed: "time or unknown")
      }
      options.order = known
    }
    options.joint = joint
    options.budget = budget.map { .seconds($0) }
    options.estimators = estimators
    options.representation = representation
    options.heldOutConfirmed = heldOut
    options.alpha = alpha
    options.replicates = replicates
    options.subsamples = subsamples
    options.seed = call.seed
    options.threads = call.threads
    return options
  }
}
