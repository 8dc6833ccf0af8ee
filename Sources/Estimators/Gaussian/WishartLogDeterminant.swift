// SPDX-License-Identifier: MIT

/// The expectation of ln det W - ln det Sigma - d ln 2 over Gaussian samples.
///
/// W is the scatter matrix of n rows of d columns about their mean. det W / det Sigma is a product
/// of independent chi-squares with n - 1, ..., n - d degrees of freedom (Bartlett 1933; Anderson
/// 2003, theorem 7.5.3), so this is the sum of psi((n - j) / 2) over j from 1 to d.
func expectedLogDeterminant(_ d: Int, count n: Int) -> Double {
  precondition(n > d, "ln det of \(n) rows in \(d) dimensions")
  return (1...d).reduce(0) { $0 + digamma(Double(n - $1) / 2) }
}

/// The variance of ln det W for the same W: the sum of psi'((n - j) / 2) over j from 1 to d.
func varianceOfLogDeterminant(_ d: Int, count n: Int) -> Double {
  precondition(n > d, "ln det of \(n) rows in \(d) dimensions")
  return (1...d).reduce(0) { $0 + trigamma(Double(n - $1) / 2) }
}
