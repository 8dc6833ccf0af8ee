// SPDX-License-Identifier: MIT

import Estimators

/// The student of a ``JointGaussianModel`` trained on drawn data, many times.
///
/// With S = 1, which loses nothing as least squares do not change under linear maps of x, the error of a
/// student is b - w = weight (v - w) + pinv(X) (rest e + weight h). A draw is X and two noises; its
/// five products serve every model of the same size, noise level and weight.
public struct GaussianSimulation: Sendable {
  /// The products of a draw: with a = pinv(X) e1 and c = pinv(X) e2 for independent standard noises,
  /// and u, z the direction of w and one across it.
  private struct Draw {
    let aa: Double
    let cc: Double
    let ac: Double
    let au: Double
    let az: Double
    let cu: Double
    let cz: Double
  }

  private let draws: [Draw]
  /// Rows of a draw.
  public let rows: Int
  /// Columns of a draw, at least 2.
  public let columns: Int

  /// Draws data.
  public init(rows: Int, columns: Int, draws: Int, seed: UInt64, threads: Int) {
    precondition(rows > columns + 1 && columns >= 2, "\(rows) rows for \(columns) columns")
    self.rows = rows
    self.columns = columns
    self.draws = parallelMap(draws, threads: threads) { index in
      var random = RandomSource(seed: seed, fnv1a("joint-gaussian"), UInt64(index))
      let x = Matrix(rows: rows, columns: columns, values: random.normals(rows * columns))
      let noises = Matrix(rows: rows, columns: 2, values: random.normals(2 * rows))
      // Gaussian columns are independent, so their second moments have a factor.
      guard let factor = Cholesky(gram(x)) else { preconditionFailure("singular draw") }
      let b = factor.solve(multiply(transposing: x, noises))
      func product(_ i: Int, _ j: Int) -> Double {
        (0..<columns).reduce(0) { $0 + b[$1, i] * b[$1, j] }
      }
      return Draw(
        aa: product(0, 0), cc: product(1, 1), ac: product(0, 1), au: b[0, 0], az: b[1, 0],
        cu: b[0, 1], cz: b[1, 1])
    }
  }

  /// The mean excess risk of a model's student, with its standard error.
  public func excessRisk(_ model: JointGaussianModel, weight: Double) -> Moments {
    var moments = Moments()
    let risk = self.risk(model, weight: weight)
    for draw in draws { moments.add(risk(draw)) }
    return moments
  }

  /// The mean of how much less the excess risk is than without a teacher, on the same draws.
  public func gain(_ model: JointGaussianModel, weight: Double) -> Moments {
    var moments = Moments()
    let (alone, taught) = (risk(model, weight: 0), risk(model, weight: weight))
    for draw in draws { moments.add(alone(draw) - taught(draw)) }
    return moments
  }

  private func risk(_ model: JointGaussianModel, weight: Double) -> (Draw) -> Double {
    precondition(model.rows == rows && model.columns == columns, "a model of another size")
    let rest = 1 - weight
    let correlation = model.noiseCorrelation
    let (label, teacher) = (model.labelNoise.squareRoot(), model.teacherNoise.squareRoot())
    // e = label e1, h = teacher (correlation e1 + sqrt(1 - correlation^2) e2).
    let first = rest * label + weight * teacher * correlation
    let second = weight * teacher * (1 - correlation * correlation).squareRoot()
    let length = model.signal.squareRoot()
    let along = weight * length * (model.scale * model.alignment - 1)
    let across =
      weight * length * model.scale * (1 - model.alignment * model.alignment).squareRoot()
    return { draw in
      let noise =
        first * first * draw.aa + second * second * draw.cc + 2 * first * second * draw.ac
      let cross =
        along * (first * draw.au + second * draw.cu) + across
        * (first * draw.az + second * draw.cz)
      return along * along + across * across + noise + 2 * cross
    }
  }
}
