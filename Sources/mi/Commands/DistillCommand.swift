// SPDX-License-Identifier: MIT

import ArgumentParser

struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Does distillation help? Run it, and compare with what mi check said.",
    discussion: """
      mi check predicts; mi distill does it. A teacher is trained on its view, a student on its own
      view by the labels and by the teacher's opinion of the same rows, with the loss
      (1 - w) CE + w T^2 KL(teacher at T, student at T), over many random splits. A teacher helps
      where the student gets better than the student alone with a tuned ridge AND better than with
      the mean opinion of each class in the teacher's place: softer labels help by themselves.

      EXAMPLES
        mi distill --teacher kar=kar.npy --teacher mor=mor.npy --student fou.npy \\
            --labels labels.npy --student-rows 300
        mi distill --teacher t.npy --student s.npy --labels y.npy --weight 0.5 \\
            --temperature 1,2,4 --student-model mlp=64 --json
        mi distill study views/ --store study.sqlite --report study.html
        mi distill phase -o phase.svg
        mi distill mfh --seeds 100

      mi help distill run shows the options of the first two.
      """,
    subcommands: [
      DistillRunCommand.self, DistillStudyCommand.self, DistillPlanCommand.self,
      DistillPairsCommand.self, DistillPhaseCommand.self,
      DistillMFHCommand.self,
    ],
    defaultSubcommand: DistillRunCommand.self)
}
