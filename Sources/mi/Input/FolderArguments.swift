// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// A folder of views and how every ordered pair of them is distilled.
struct FolderArguments: ParsableArguments {
  @Argument(help: "The folder.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Labels of groups, such as speakers, that no split may part.", valueName: "file"))
  var groups: String?

  @OptionGroup var settings: DistillArguments
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var compute: ComputeOptions

  /// The study, with the data read.
  func study(_ registry: EstimatorRegistry) throws -> DistillationStudy {
    var check = CheckOptions()
    check.estimators = try chosen.choices(registry)
    return DistillationStudy(
      folder: folder.split(separator: "/").last.map(String.init) ?? folder,
      data: try StudyFolder(folder, groups: groups), options: try settings.options(compute),
      views: try settings.views(), check: check)
  }
}
