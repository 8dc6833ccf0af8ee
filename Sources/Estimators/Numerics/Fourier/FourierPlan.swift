// SPDX-License-Identifier: MIT

import CFFTW
import Synchronization

/// A plan of FFTW, made once for a kind and a size and kept for the life of the process.
///
/// Only FFTW's execute functions may run on several threads, so one lock guards planning. Plans are
/// estimated, not measured: measuring picks another algorithm from run to run, and with it other
/// last bits. FFTW: Frigo and Johnson 2005, doi:10.1109/JPROC.2004.840301.
///
/// Unchecked: the pointer is constant, and executing a plan does not write to it.
final class FourierPlan: @unchecked Sendable {
  /// What is transformed.
  enum Kind: Hashable {
    /// The cosine transform of even extension about the cells' outer edges (DCT-II), each axis.
    case cosine(shape: [Int])
    /// Its inverse but for the factor 2 M of each axis (DCT-III).
    case inverseCosine(shape: [Int])
    /// `length` real numbers to length / 2 + 1 complex ones: sum over t of x_t exp(-2 pi i k t / length).
    case real(length: Int)
  }

  private let plan: fftw_plan

  /// The plan of this kind, from the cache where it was needed before.
  static func of(_ kind: Kind) -> FourierPlan {
    cache.withLock { plans in
      if let plan = plans[kind] { return plan }
      let plan = FourierPlan(kind)
      plans[kind] = plan
      return plan
    }
  }

  private static let cache = Mutex<[Kind: FourierPlan]>([:])

  /// Makes the plan; the cache's lock must be held.
  private init(_ kind: Kind) {
    let flags = UInt32(FFTW_ESTIMATE)
    let made: fftw_plan?
    switch kind {
    case .cosine(let shape): made = Self.cosinePlan(shape, FFTW_REDFT10, flags)
    case .inverseCosine(let shape): made = Self.cosinePlan(shape, FFTW_REDFT01, flags)
    case .real(let length):
      let input = AlignedNumbers(count: length)
      let output = AlignedNumbers(count: 2 * (length / 2 + 1))
      made = output.withComplex { fftw_plan_dft_r2c_1d(Int32(length), input.base, $0, flags) }
    }
    guard let made else { preconditionFailure("FFTW has no plan for \(kind)") }
    plan = made
  }

  private static func cosinePlan(
    _ shape: [Int], _ kind: fftw_r2r_kind, _ flags: UInt32
  ) -> fftw_plan? {
    let numbers = AlignedNumbers(count: shape.reduce(1, *))
    let kinds = shape.map { _ in kind }
    return fftw_plan_r2r(
      Int32(shape.count), shape.map(Int32.init), numbers.base, numbers.base, kinds, flags)
  }

  /// Transforms in place: the cosine kinds.
  func executeInPlace(_ numbers: borrowing AlignedNumbers) {
    fftw_execute_r2r(plan, numbers.base, numbers.base)
  }

  /// Transforms a series to its spectrum: the kind `real`; the input is left alone.
  func execute(_ series: borrowing AlignedNumbers, into spectrum: borrowing AlignedNumbers) {
    spectrum.withComplex { fftw_execute_dft_r2c(plan, series.base, $0) }
  }
}

extension AlignedNumbers {
  /// The numbers as FFTW's complex ones: real part, imaginary part, and so on.
  fileprivate borrowing func withComplex<Result>(
    _ body: (UnsafeMutablePointer<fftw_complex>) -> Result
  ) -> Result {
    base.withMemoryRebound(to: fftw_complex.self, capacity: count / 2, body)
  }
}
