// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost

// Seconds of a call of an estimator that does nothing, through each door, over rows of 5 + 5 columns.
//   plugin-overhead LIBRARY PROGRAM [MI]
let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: plugin-overhead empty.so empty.py [path of mi]")
  exit(64)
}

func measure(_ door: String, _ plugin: String, _ change: (inout PluginOptions) -> Void) throws {
  var options = PluginOptions()
  options.quickChecks = false
  options.auditInterval = 0
  change(&options)
  let host = try PluginHost(options)
  let entry = try host.entries(of: host.find(plugin))[0]
  let estimator = try entry.make(entry.descriptor.resolve([:]))
  for rows in [10, 1_000, 100_000] {
    let numbers = (0..<rows * 5).map { Double($0) }
    let side = Variable.samples(try Samples(rowMajor: numbers, count: rows, dimension: 5))
    let request = try EstimationRequest(x: side, y: side)
    _ = try estimator.estimate(request)  // starts the process
    var times: [Double] = []
    for _ in 0..<(rows > 10_000 ? 30 : 300) {
      let start = ContinuousClock.now
      _ = try estimator.estimate(request)
      times.append((ContinuousClock.now - start) / .microseconds(1))
    }
    times.sort()
    let megabytes = Double(rows * 10 * 8) / 1e6
    print(
      "\(door), \(rows) rows (\(megabytes) MB): median \(Int(times[times.count / 2])) us, "
        + "best \(Int(times[0])) us, 90% \(Int(times[times.count * 9 / 10])) us")
  }
}

try measure("C in-process", arguments[1]) { $0.inProcess = true }
try measure("Python program", arguments[2]) { _ in }
if arguments.count > 3 {
  try measure("C in a child host", arguments[1]) { $0.hostProgram = arguments[3] }
}
