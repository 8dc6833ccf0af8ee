// SPDX-License-Identifier: MIT

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The environment of a plugin's process.
///
/// Names are let through one by one, so that no secret of the caller's environment reaches a
/// plugin; whatever else a plugin needs is named in its plugin.json.
enum ChildEnvironment {
  private static let allowed = [
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH",
    "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "R_LIBS_USER", "JULIA_DEPOT_PATH",
    "CUDA_VISIBLE_DEVICES", "MI_KERNELS",
  ]

  /// `NAME=value` texts: what is allowed, what `names` asks for, and what makes runs repeatable.
  static func variables(passing names: [String], folder: String) -> [String] {
    let own = ProcessInfo.processInfo.environment
    var variables: [String: String] = [:]
    for name in allowed + names { variables[name] = own[name] }
    variables["PATH"] = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    variables["TMPDIR"] = folder
    // One thread in the libraries: the harness owns parallelism, and sums keep their order.
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
      variables[name] = "1"
    }
    variables["PYTHONHASHSEED"] = "0"
    variables["PYTHONDONTWRITEBYTECODE"] = "1"
    return variables.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// The executable that a word of a command means: a path as it is, a name through PATH.
  static func executable(_ word: String) -> String? {
    if word.contains("/") { return word }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(word)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
