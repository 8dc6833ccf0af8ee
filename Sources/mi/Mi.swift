// SPDX-License-Identifier: MIT

import ArgumentParser

@main
struct Mi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mi", abstract: "Mutual information, judged before it is used.")
}
