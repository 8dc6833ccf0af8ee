// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The estimator of Gao, Kannan, Oh and Viswanath for numbers that are continuous here and repeat
/// there: zero-inflated, rounded, censored, or discrete in one variable only.
///
/// ## Definition
///
/// With rho_i the max-norm distance in (x, y) from row i to its k-th neighbor, k_i = k; but where
/// rho_i = 0, k_i is the number of rows that coincide with row i, itself included. With n_x(i) and n_y(i)
/// the numbers of other rows closer than rho_i in x and in y (at distance 0 where rho_i = 0),
///
///     I = < psi(k_i) + ln n - ln(n_x + 1) - ln(n_y + 1) >
///
/// where the mean is over the rows. This is the paper's formula with its logarithms, where
/// some programs write psi. On purely discrete data it is the plug-in estimate but for psi(k_i) in place
/// of ln(k_i); on data with a density nearly `ksg-1`. `-p border=closed` also counts rows exactly
/// at rho_i; that lowers the estimate (by 0.12 nats more on the example below, with 1,500 rows and
/// k = 5: -0.19 in place of -0.07), so the default is open.
///
/// **Given** continuous z, which may have atoms, too, the estimate is that of Mesner and Shalizi (2019,
/// arXiv:1912.03387): with n_xyz, n_xz, n_yz and n_z the numbers of other rows at most rho_i away in
/// (x, y, z), (x, z), (y, z) and z,
///
///     I(x; y | z) = < psi(n_xyz) - psi(n_xz) - psi(n_yz) + psi(n_z) >
///
/// whatever `border`, and without their cut at 0. It is biased toward zero, more so the more columns z
/// has. Given labels, it is the mean over the classes.
///
/// Gao, Kannan, Oh, Viswanath 2017, "Estimating mutual information for discrete-continuous mixtures",
/// NeurIPS 30, arXiv:1709.06212.
///
/// ## Assumptions and failures
///
/// - Independent rows. Atoms are meant, so they are counted (`atomRows`) and not warned of.
/// - Distances between discrete values matter where rho_i > 0: classes belong in labels and `ross`,
///   numbers such as counts here.
/// - The bias is downwards: as `ksg-1` it grows with dimension and with I; and where one variable is
///   discrete and an atom of it holds few rows, a neighbor across atoms is taken.
/// - No standard error: the rows' terms depend on one another. Subsample without replacement.
///
/// ## Complexity
///
/// As `ksg-1`: O(n log n) in few dimensions, towards O(n^2) in many.
///
/// ```swift
/// // x uniform on 0...4, y uniform on x ... x + 2: I = ln 5 - 4/5 ln 2 = 1.0549 nats
/// let estimate = try MixedKSGEstimator(["k": "5"]).estimate(request)
/// ```
public struct MixedKSGEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "mixed-ksg", version: "1",
    summary: "k-th neighbor distances where values may repeat (Gao et al. 2017)",
    reference: "Gao, Kannan, Oh, Viswanath 2017, arXiv:1709.06212",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 6,
      invariances: [.swap, .rowOrder, .shift, .jointScale], given: [.continuous, .labels],
      groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "k", .integers(1...Int.max), default: .integers([5]),
        meaning: "neighbors; several, as in 3,5,10, give the mean of the estimates"),
      ParameterSpecification(
        "border", .choice(["open", "closed"]), default: .text("open"),
        meaning: "whether rows exactly at the k-th distance count: closed does"),
      NeighborParameters.scale,
      ParameterSpecification(
        "ties", .choice(["noise", "exact", "refuse"]), default: .text("exact"),
        meaning: "repeated values: as they are (atoms), noise within their cells, or an error"),
    ])

  private let parameters: ParameterValues
  private let ks: [Int]

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` where a value of k stands twice.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    var values = parameters.values
    // Noise would dissolve the atoms.
    values["jitter"] = .number(0)
    self.parameters = ParameterValues(values)
    ks = try NeighborParameters.neighbors(parameters, estimator: Self.descriptor.id)
  }

  /// Estimates I(x; y), or I(x; y | z).
  ///
  /// - Throws: `tooFewSamples` unless n > k, `constantColumn`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    switch request.given {
    case .labels(let labels): return try averagedOverClasses(request, given: labels)
    case .samples(let z):
      return try ConditionalNeighbors(
        descriptor: Self.descriptor, parameters: parameters, ks: ks, rule: .mesnerShalizi
      ).estimate(request, given: z)
    case nil: break
    }
    let (samplesX, samplesY) = try request.continuousPair(for: Self.descriptor)
    let n = request.count
    let largest = ks[ks.count - 1]
    guard n > largest else {
      throw .tooFewSamples(found: n, needed: largest.oneMore, estimator: Self.descriptor.id)
    }
    let x = try NeighborInput(
      samplesX, side: "x", stream: 0, parameters: parameters, seed: request.seed
    ).points
    let y = try NeighborInput(
      samplesY, side: "y", stream: 1, parameters: parameters, seed: request.seed
    ).points
    let counts = try atomCounts(
      x: x, y: y, ks: ks, closed: try parameters.text("border") == "closed",
      threads: request.threads,
      progress: request.progress, isCancelled: request.isCancelled)
    let psi = DigammaTable(upTo: n)
    var pointwise = [Double](repeating: 0, count: n)
    var perK: [Double] = []
    for counts in counts {
      var sum = 0.0
      for i in 0..<n {
        let near = Double(counts.x[i]) * Double(counts.y[i])
        let term = psi[counts.joint[i]] + log(Double(n) / near)
        pointwise[i] += term / Double(ks.count)
        sum += term
      }
      perK.append(sum / Double(n))
    }
    return Estimate(
      Information(nats: perK.reduce(0, +) / Double(ks.count)), pointwise: pointwise,
      diagnostics: [
        "k": .numbers(ks.map(Double.init)), "natsPerK": .numbers(perK),
        "atomRows": .numbers(counts.map { Double($0.atoms) }),
        "tiesX": .integer(coincidentRows(x)), "tiesY": .integer(coincidentRows(y)),
        "border": .text(try parameters.text("border")),
        "scale": .text(try parameters.text("scale")),
      ])
  }
}
