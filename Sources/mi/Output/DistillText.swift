// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness

/// A distillation as text: what happened beside what was said, then the details.
struct DistillText {
  let result: DistillAnswer
  let report: DistillationReport
  let files: [NamedFile]

  var text: String {
    var parts = [summary, baselines, settings]
    if result.pairs.contains(where: { $0.prediction != nil }) { parts.append(confusion) }
    return (parts + [inputs]).joined(separator: "\n\n")
  }

  /// Accuracy in percent, R^2 as it is.
  private func quality(_ value: Double?) -> String {
    report.isClassification ? fixed(value.map { 100 * $0 }, 1) : fixed(value, 3)
  }

  private func gain(_ value: Double?) -> String {
    report.isClassification ? fixed(value.map { 100 * $0 }, 2) : fixed(value, 4)
  }

  private func gain(_ difference: ResampledDifference) -> String {
    "\(gain(difference.mean)) [\(gain(difference.interval[0])), \(gain(difference.interval[1]))]"
  }

  private var unit: String {
    report.isClassification ? "points of held-out accuracy in percent" : "held-out R^2"
  }

  private var summary: String {
    var table = TextTable(
      "teacher", "effect", "gain", "interval", "teacher", "alone", "taught", "verdict",
      "I(T;S)", "I(S;Y)", "w", "T")
    for pair in result.pairs {
      let outcome = pair.outcome
      let decision = pair.prediction?.decision
      table.add(
        outcome.name, outcome.effect.rawValue, gain(outcome.gain.mean),
        "[\(gain(outcome.gain.interval[0])), \(gain(outcome.gain.interval[1]))]",
        quality(outcome.teacherQuality), quality(outcome.studentQuality),
        quality(outcome.taughtQuality), decision?.verdict.rawValue ?? "-",
        fixed(decision?.teacherStudent?.nats), fixed(decision?.studentLabel?.nats),
        fixed(outcome.weight, 2), fixed(outcome.temperature, 1))
    }
    let level = fixed(100 * (1 - 2 * report.options.alpha), 0)
    return table.text + "\n\n"
      + "Gain over the student alone with a tuned ridge, in \(unit); weight and temperature are\n"
      + "chosen on training rows in every split (w, T: most often). Intervals at level \(level)%, "
      + "corrected for\nsplits that share rows. helps: also better than the class means of the "
      + "teacher's opinion."
  }

  private var baselines: String {
    var table = TextTable(
      "gain of", "over the student alone", "over class means", "over smoothing", "over self",
      "over shuffled")
    table.add("label smoothing", gain(report.smoothingGain), "-", "-", "-", "-")
    table.add("self-distillation", gain(report.selfGain), "-", "-", "-", "-")
    for outcome in report.teachers {
      table.add(
        outcome.name, gain(outcome.gain), gain(outcome.overClassMean),
        gain(outcome.overSmoothing), gain(outcome.overSelf), gain(outcome.overShuffled))
    }
    return "What the gain is made of\n" + table.text
  }

  private var settings: String {
    var table = TextTable(
      "teacher", "w", "T", "taught", "gain", "over class means", "over shuffled", "p(no help)")
    for outcome in report.teachers {
      for one in outcome.settings {
        table.add(
          outcome.name, fixed(one.setting.weight, 2), fixed(one.setting.temperature, 1),
          quality(one.taughtQuality), gain(one.gain), gain(one.overClassMean),
          gain(one.overShuffled), fixed(one.pHelp, 4))
      }
    }
    return "By weight and temperature (p adjusted by Holm within a teacher)\n" + table.text
  }

  private var confusion: String {
    let counts = EffectTable(result.pairs).counts
    var table = TextTable("verdict", "helps", "softens", "hurts", "unclear")
    for (verdict, row) in zip(EffectTable.verdicts, counts) {
      table.add(verdict.rawValue, "\(row[0])", "\(row[1])", "\(row[2])", "\(row[3])")
    }
    var rules = TextTable("rule", "right", "of", "silent on")
    for agreement in result.agreement {
      rules.add(
        agreement.rule.title, "\(agreement.right)", "\(agreement.decided)",
        "\(agreement.significant - agreement.decided)")
    }
    return "What was said against what happened\n" + table.text
      + "\n\nThe sign of the gain, where it is significant\n" + rules.text
  }

  private var inputs: String {
    var lines = [
      "Data: \(report.n) rows, \(report.options.splits) splits of \(report.testRows) test rows; "
        + "teacher \(report.options.teacherModel) on \(report.teacherRows) rows, student "
        + "\(report.options.studentModel) on \(report.studentRows) (\(report.sharedRows) shared), "
        + "seed \(report.options.seed)"
    ]
    for file in files {
      lines.append("  \(file.name): \(file.loaded.source), \(file.loaded.reading)")
    }
    return lines.joined(separator: "\n")
  }
}
