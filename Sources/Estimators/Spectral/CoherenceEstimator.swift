// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information rate of two stationary Gaussian time series, in nats per row.
///
/// ## Definition
///
/// Rows are in the order of time. With C(w) the squared coherence |S_xy|^2 / (S_x S_y) at the
/// frequency w in radians per row,
///
///     I = -(1 / 2 pi) integral from 0 to pi of ln(1 - C(w)) dw,
///
/// the information that n rows of x have of n rows of y, divided by n, for large n: Pinsker
/// 1964; Gelfand and Yaglom 1959. For white noise it is the usual -ln(1 - rho^2) / 2. It is not the information
/// of a row about a row: a pair in which y follows x with a delay has much of the one and
/// little of the other.
///
/// C is estimated from overlapping tapered segments (Welch 1967, doi:10.1109/TAU.1967.1161901), and the
/// integral is the mean over the frequencies of a segment.
///
/// ## Bias
///
/// Over K independent segments the spectral matrix has a complex Wishart distribution, under which
/// -ln(1 - C) is too large by psi(K) - psi(K - 1) = 1 / (K - 1) whatever the true coherence is; at the
/// frequencies 0 and 1/2, where spectra are real, by psi(K/2) - psi((K - 1)/2). Both are
/// subtracted, K being the number of independent segments that the overlapping ones are worth
/// (`effectiveSegments`). At frequency 0 the mean, which was subtracted, costs one segment.
///
/// ## Independence
///
/// The p-value is (1 + s) / (1 + m), s the number of those of m time shifts of y that give as much. Whole
/// segments are shifted, so each series keeps its own autocorrelation; shifts under which a
/// segment of x would meet rows of its own time are left out.
///
/// ## Assumptions and failures
///
/// - Both series are stationary and jointly Gaussian; otherwise the number is the part of the
///   information that lies in linear dependence. Trends and drifts of both series read as dependence.
/// - Rows at equal intervals and in order: never shuffle, subsample or drop rows.
/// - A delay of D rows between the series lowers the coherence by about the factor (1 - D/L)^2 in segments of L
///   rows: align the series first, or take longer segments.
/// - A narrow peak of coherence is blurred over 1/L (downwards); long segments leave few of them,
///   and more noise.
///
/// ## Complexity
///
/// O(n log L), and O(n) a shift.
///
/// ```swift
/// let estimate = try CoherenceEstimator(["segment": "256"]).estimate(request)
/// estimate.diagnostics["independencePValue"]
/// ```
public struct CoherenceEstimator: StaticEstimator {
  /// One series against one; not invariant to the order of rows.
  public static let descriptor = EstimatorDescriptor(
    id: "coherence", version: "1",
    summary: "information rate of two Gaussian time series from their coherence, nats per row",
    reference: "Gelfand, Yaglom 1959; Welch 1967, doi:10.1109/TAU.1967.1161901",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 64, maximumDimension: 2,
      invariances: [.swap, .shift, .jointScale, .scale], resampling: [], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "segment", .integer(0...1_048_576), default: .integer(0),
        meaning: "rows of a segment, even; 0 takes the power of 2 from sqrt(n) to 2 sqrt(n)"),
      ParameterSpecification(
        "overlap", .number(0...0.9), default: .number(0.5),
        meaning: "share of a segment that the next one repeats"),
      ParameterSpecification(
        "taper", .choice(["hann", "none"]), default: .text("hann"),
        meaning: "weights of the rows of a segment; none leaks from strong frequencies to weak"),
      ParameterSpecification(
        "shifts", .integer(0...9999), default: .integer(199),
        meaning: "most time shifts for the p-value; 0 leaves it out"),
    ])

  private let segment: Int
  private let overlap: Double
  private let hann: Bool
  private let shifts: Int

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` for a segment that is odd or shorter than 8.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    segment = try parameters.integer("segment")
    overlap = try parameters.number("overlap")
    hann = try parameters.text("taper") == "hann"
    shifts = try parameters.integer("shifts")
    guard segment == 0 || (segment >= 8 && segment % 2 == 0) else {
      throw .invalidParameter(
        "segment", found: "\(segment)", needed: "0, or an even number of at least 8",
        estimator: Self.descriptor.id)
    }
  }

  /// Estimates the information rate.
  ///
  /// - Throws: `dimensionOutOfRange`, `constantColumn`, `tooFewSamples` for fewer than three segments' worth,
  ///   `singularCovariance` where a frequency of one series is a multiple of the other's.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let seriesX = try standardized(x, side: "x").values
    let seriesY = try standardized(y, side: "y").values
    let n = request.count
    var length = segment
    if length == 0 {
      length = 8
      while length * length < n { length *= 2 }
    }
    let segments = WelchSegments(rows: n, length: length, overlap: overlap, hann: hann)
    guard segments.effectiveCount >= 3 else {
      throw EstimatorError(
        .tooFewSamples,
        "Estimator \(Self.descriptor.id) got \(n) rows, \(segments.count) segments of \(length) rows "
          + "with an overlap of \(overlap); it needs what is worth 3 independent segments, as from "
          + "\(4 * length) rows. Shorten the segment.")
    }
    try request.checkCancellation()
    let spectrum = CrossSpectrum(segments, x: seriesX, y: seriesY)
    let coherence = spectrum.coherence()
    if let k = coherence.firstIndex(where: { !($0 < 1 - 1e-12) }) {
      throw EstimatorError(
        .singularCovariance,
        "At \(Double(k) / Double(length)) cycles per row one series is a multiple of the other, or "
          + "has no power: the coherence is \(coherence[k]), and the rate is infinite at 1.")
    }
    let terms = coherence.map { -log(1 - $0) / 2 }
    let plugIn = CrossSpectrum.circleMean(terms)
    let effective = segments.effectiveCount
    let bias = Self.bias(segments.frequencies, effective)
    // The mean of C / n is that of the integral; the rest is what remains where C is 0.
    let mean = max(0, CrossSpectrum.circleMean(coherence.map { $0 - (1 - $0) / effective }))
    let error = ((mean + 1 / (2 * effective)) / Double(n)).squareRoot()
    var diagnostics: [String: DiagnosticValue] = [
      "unit": .text("nats per row: an information rate"),
      "segmentRows": .integer(length), "segments": .integer(segments.count),
      "effectiveSegments": .number(effective), "correctionNats": .number(-bias),
      "unusedRows": .integer(n - length - (segments.count - 1) * segments.hop),
    ]
    if let peak = coherence.indices.max(by: { coherence[$0] < coherence[$1] }) {
      diagnostics["peakCoherence"] = .number(coherence[peak])
      diagnostics["peakCyclesPerRow"] = .number(Double(peak) / Double(length))
    }
    let null = try self.null(spectrum, segments, request)
    if !null.isEmpty {
      let above = null.count { $0 >= plugIn }
      diagnostics["independencePValue"] = .number(Double(1 + above) / Double(1 + null.count))
      diagnostics["independenceShifts"] = .integer(null.count)
      diagnostics["independenceTest"] = .text("time shifts of whole segments")
    }
    return Estimate(
      Information(nats: plugIn - bias), standardError: Information(nats: error),
      diagnostics: diagnostics)
  }

  /// What the plug-in rate is too high by, over `count` independent segments.
  private static func bias(_ frequencies: Int, _ count: Double) -> Double {
    var terms = [Double](repeating: 0.5 / (count - 1), count: frequencies)
    terms[frequencies - 1] = 0.5 * (digamma(count / 2) - digamma((count - 1) / 2))
    terms[0] = 0.5 * (digamma((count - 1) / 2) - digamma((count - 2) / 2))
    return CrossSpectrum.circleMean(terms)
  }

  /// The plug-in rates of shifted pairs: evenly spaced among the shifts by at least a segment.
  private func null(
    _ spectrum: CrossSpectrum, _ segments: WelchSegments, _ request: EstimationRequest
  ) throws(EstimatorError) -> [Double] {
    let least = (segments.length + segments.hop - 1) / segments.hop
    let available = segments.count - 2 * least + 1
    let taken = min(shifts, available)
    guard taken > 0 else { return [] }
    let state = ChunkProgress(
      chunks: taken, progress: request.progress, isCancelled: request.isCancelled)
    let rates = parallelMap(taken, threads: request.threads) { index in
      guard state.mayStart() else { return 0.0 }
      let shift = least + index * available / taken
      let rate = CrossSpectrum.circleMean(spectrum.coherence(shift: shift).map { -log(1 - $0) / 2 })
      state.finishedOne()
      return rate
    }
    if state.wasCancelled { throw .cancelled }
    return rates
  }
}
