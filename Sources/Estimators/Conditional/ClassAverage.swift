// SPDX-License-Identifier: MIT

import EstimatorAPI

extension MutualInformationEstimator {
  /// I(x; y | c) of labels c: the mean over classes, by their shares of the rows, of the information
  /// within each.
  ///
  /// Every class is estimated alone; an error or a warning says in which class. The bias of each
  /// class stays: small classes bring that of few rows.
  ///
  /// - Parameters:
  ///   - request: the variables; what it has as given is not read.
  ///   - labels: the label of each row.
  ///   - within: estimates the rows of a class, where that is not `estimate`.
  /// - Returns: the mean, with the classes and their numbers in the diagnostics.
  /// - Throws: what the estimator throws on the rows of a class.
  func averagedOverClasses(
    _ request: EstimationRequest, given labels: Labels,
    by within: ((EstimationRequest) throws(EstimatorError) -> Estimate)? = nil
  ) throws(EstimatorError) -> Estimate {
    let n = Double(labels.count)
    var rows = [[Int]](repeating: [], count: labels.classCount)
    for (row, code) in labels.codes.enumerated() { rows[Int(code)].append(row) }
    let used = rows.indices.filter { !rows[$0].isEmpty }
    var (nats, variance): (Double, Double?) = (0, 0)
    var pointwise: [Double]? = [Double](repeating: 0, count: labels.count)
    var perClass: [Double] = []
    var warnings: [(place: String, warnings: [EstimateWarning])] = []
    for (place, code) in used.enumerated() {
      try request.checkCancellation()
      let members = try request.selecting(rows: rows[code])
      let inner = try members.with(x: members.x, y: members.y)
      let found: Estimate
      do throws(EstimatorError) {
        if let within { found = try within(inner) } else { found = try estimate(inner) }
      } catch {
        guard error.code != .cancelled else { throw error }
        throw EstimatorError(
          error.code,
          "In class \"\(labels.names[code])\" of the given labels: \(error.description)")
      }
      let share = Double(rows[code].count) / n
      nats += share * found.information.nats
      perClass.append(found.information.nats)
      if let error = found.standardError?.nats, let sum = variance {
        variance = sum + share * share * error * error
      } else {
        variance = nil
      }
      if let values = found.pointwise {
        for (row, value) in zip(rows[code], values) { pointwise?[row] = value }
      } else {
        pointwise = nil
      }
      warnings.append(("In class \"\(labels.names[code])\" of the given labels", found.warnings))
      request.progress(Double(place + 1) / Double(used.count))
    }
    return Estimate(
      Information(nats: nats),
      standardError: variance.map { Information(nats: $0.squareRoot()) }, pointwise: pointwise,
      diagnostics: [
        "conditional": .text("the mean over the classes given"),
        "givenClasses": .texts(used.map { labels.names[$0] }),
        "natsPerClass": .numbers(perClass),
        "smallestClass": .integer(used.map { rows[$0].count }.min() ?? 0),
      ],
      warnings: EstimateWarning.once(warnings, places: "classes"))
  }
}
