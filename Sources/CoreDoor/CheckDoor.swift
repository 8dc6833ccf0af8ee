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
    let settings = try CoreDoor.options(options, as: CheckSettings.self)
    var options = try settings.options(seed: call.seed, threads: call.threads)
    let alignment = try settings.alignment()
    let data = try Views(teachers, teacherCount, student: student, labels: labels)
    if let trainRows {
      let rows = data.student.variable.count
      try TrainingRows(variable(trainRows).variable, count: rows, named: "train_rows")
        .refuse(among: rows, named: "train_rows")
      options.heldOutConfirmed = true
    }
    let report = try CheckOperation(
      teachers: data.teachers, student: data.student, labels: data.labels,
      groups: try groupLabels(groups),
      registry: Core.of(core).registry, options: options,
      alignment: alignment,
      hooks: CheckHooks(
        progress: { call.progress(-1, $0) }, isCancelled: call.isCancelled)
    ).run()
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      CheckAnswer(variables: data.records, data: data.named, report: report))
    return Answer { json }
  }
}
