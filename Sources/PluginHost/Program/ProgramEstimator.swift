// SPDX-License-Identifier: MIT

import EstimatorAPI
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An estimator of a program plugin, and of a binary plugin in its child host: the arrays go as
/// files into the private folder, the rest as one message.
struct ProgramEstimator: MutualInformationEstimator {
  let descriptor: EstimatorDescriptor
  let parameters: ParameterValues
  let pool: ProcessPool
  let context: PluginContext

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let number = context.nextFileNumber()
    let paths = ["x", "y", "groups"].map { "\(context.folder.path)/\(number)-\($0).npy" }
    // Removed whatever happens: no file is left behind by a failed call.
    defer { for path in paths { unlink(path) } }
    let call = EstimateCall(
      estimator: descriptor.id, parameters: parameters.values,
      x: try NpyFile.write(request.x, to: paths[0]), y: try NpyFile.write(request.y, to: paths[1]),
      groups: try request.groups.map { groups throws(EstimatorError) in
        try NpyFile.write(.labels(Labels(groups: groups)), to: paths[2])
      },
      seed: String(request.seed), threads: request.threads)
    let answer: EstimateAnswer = try pool.call(
      "estimate", call,
      limits: CallLimits(
        deadlineSeconds: context.options.deadlineSeconds, progress: request.progress,
        isCancelled: request.isCancelled))
    return Estimate(
      Information(nats: answer.nats), kind: answer.kind ?? descriptor.traits.estimateKind,
      standardError: answer.standardErrorNats.map { Information(nats: $0) },
      pointwise: answer.pointwise, diagnostics: answer.diagnostics ?? [:],
      warnings: answer.warnings ?? [])
  }
}
