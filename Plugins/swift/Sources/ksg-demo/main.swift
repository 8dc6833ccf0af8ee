// SPDX-License-Identifier: MIT

import EstimatorAPI
import EstimatorConformance
import KSGEstimator

// Statically registered: the estimator is linked into a program with a registry of its own.
var registry = EstimatorRegistry()
try registry.register(.init(KSG.self, origin: "ksg-demo"))

let report = try ConformanceSuite().run(registry.entry("ksg-swift"))
for result in report.results where result.outcome != .notApplicable {
  print("\(result.check): \(result.outcome.rawValue)  \(result.found)")
}
print(report.passed ? "conforms" : "does not conform")
