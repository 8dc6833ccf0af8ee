// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_distill(
  _ core: OpaquePointer, _ teachers: UnsafePointer<mi_array>, _ teacherCount: Int64,
  _ student: UnsafePointer<mi_array>, _ labels: UnsafePointer<mi_array>,
  _ groups: UnsafePointer<mi_array>?, _ options: UnsafePointer<CChar>,
  _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let settings = try CoreDoor.options(options, as: DistillSettings.self)
    let views = try settings.views()
    let models = try settings.options(seed: call.seed, threads: call.threads)
    let data = try Views(teachers, teacherCount, student: student, labels: labels)
    var check = CheckOptions()
    check.estimators = settings.estimators
    let outcome = try DistillOperation(
      teachers: data.teachers, student: data.student, labels: data.labels,
      groups: try groupLabels(groups),
      options: models, views: views, check: check, registry: Core.of(core).registry,
      hooks: CheckHooks(
        progress: { call.progress(-1, $0) }, isCancelled: call.isCancelled)
    ).run()
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      DistillAnswer(
        variables: data.records, report: outcome.report,
        predictions: outcome.predictions?.predictions, views: settings.represent))
    return Answer { json }
  }
}
