// SPDX-License-Identifier: MIT

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The views of one set of items: `view_NAME.*` for each, and `labels.*`, in one folder.
public struct StudyFolder: Sendable {
  /// The views by name, with where they came from.
  public let views: [(name: String, loaded: LoadedVariable)]
  /// The labels.
  public let labels: LoadedVariable
  /// Groups that no split may part, where a file of them was named.
  public let groups: LoadedVariable?

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - path: the folder; files may be .npy, .csv, .tsv, .npz or .safetensors.
  ///   - groups: a file of group labels; nil for none.
  /// - Throws: `DataError` where there are fewer than two views or no labels, or a file is bad.
  public init(_ path: String, groups: String? = nil) throws(DataError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw DataError(.missingFile, "\(path): there is no such folder.")
    }
    let endings = [".npy", ".csv", ".tsv", ".npz", ".safetensors"]
    func stem(_ file: String) -> String? {
      endings.first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
    }
    var views: [(name: String, loaded: LoadedVariable)] = []
    var labels: LoadedVariable?
    for file in names {
      guard let stem = stem(file) else { continue }
      if stem == "labels" {
        labels = try loadVariable("\(path)/\(file)")
      } else if stem.hasPrefix("view_"), stem.count > 5 {
        views.append(
          (String(stem.dropFirst(5)), try loadVariable("\(path)/\(file)", reading: .continuous)))
      }
    }
    guard views.count >= 2 else {
      throw DataError(
        .notFound, "\(path): it has \(views.count) files view_NAME.*; a study needs at least 2.")
    }
    guard let labels else {
      throw DataError(.notFound, "\(path): it has no file labels.npy (or .csv, .tsv).")
    }
    self.views = views
    self.labels = labels
    self.groups = try groups.map { file throws(DataError) in
      try loadVariable(file, reading: .discrete)
    }
  }
}
