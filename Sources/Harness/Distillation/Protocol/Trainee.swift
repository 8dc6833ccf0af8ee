// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// A model with its view and its training rows, ready to be trained with or without a teacher.
///
/// A quarter of the training rows choose the setting (ridge or decay) for a model of the others; a
/// linear model is then fitted to all of them at that setting. Columns are standardized by the
/// training rows and by no others.
struct Trainee {
  /// The training rows: those that are fitted, then those that choose.
  let rows: [Int]
  private let fitted: Int
  private let scaling: Standardization
  private let view: Matrix
  private let part: any DistillationLearner
  private let whole: (any DistillationLearner)?
  private let held: HeldRows
  private let rule: ChoiceRule

  /// The share of the training rows that choose settings.
  static let choosingShare = 0.25

  init(
    _ view: Matrix, target: DistillationTarget, rows: [Int], grouping: GroupedRows,
    shape: ModelShape, for rule: ChoiceRule, random: RandomSource
  ) {
    self.rule = rule
    var random = random
    let (choosing, fitting) = grouping.divided(
      rows, heldShare: Self.choosingShare, using: &random)
    self.rows = fitting + choosing
    self.view = view
    fitted = fitting.count
    scaling = Standardization(view, rows: self.rows)
    let x = scaling.apply(view.selecting(rows: self.rows))
    held = HeldRows(
      x: x.selecting(rows: Array(fitting.count..<rows.count)), target: target.selecting(choosing))
    part = shape.learner(
      x.selecting(rows: Array(0..<fitting.count)), target: target.selecting(fitting),
      stopping: held, random: random)
    whole =
      part.refits
      ? shape.learner(x, target: target.selecting(self.rows), stopping: nil, random: random) : nil
  }

  /// The outputs of a trained model for rows of the view.
  func outputs(_ model: any DistilledModel, rows: [Int]) -> Matrix {
    model.outputs(scaling.apply(view.selecting(rows: rows)))
  }

  /// Trains at the best setting.
  ///
  /// Without `near` all settings are walked from rigid to flexible until one does worse; with it the
  /// walk begins at its setting and goes to whichever side does better. `teaching` has a row for each
  /// of ``rows``, in their order.
  func train(_ teaching: Teaching?, near: Trained?) -> Trained {
    let partial = teaching.map { teaching in
      Teaching(
        weight: teaching.weight, temperature: teaching.temperature,
        opinions: teaching.opinions.selecting(rows: Array(0..<fitted)))
    }
    func attempt(_ setting: Int, from start: (any DistilledModel)?) -> Trained {
      let model = part.fit(setting, teaching: partial, from: start)
      return Trained(
        setting: setting, chosen: model, model: model,
        choiceLoss: held.target.choiceLoss(model.outputs(held.x), by: rule))
    }
    func walk(from start: Trained, step: Int) -> Trained {
      var best = start
      while (0..<part.settingCount).contains(best.setting + step) {
        let next = attempt(best.setting + step, from: best.chosen)
        guard next.choiceLoss < best.choiceLoss else { break }
        best = next
      }
      return best
    }
    let start = attempt(near?.setting ?? 0, from: near?.chosen)
    var best = walk(from: start, step: 1)
    if near != nil, best.setting == start.setting { best = walk(from: start, step: -1) }
    if let whole {
      best.model = whole.fit(best.setting, teaching: teaching, from: near?.model ?? best.chosen)
    }
    return best
  }
}

/// A trained model with how it was chosen.
struct Trained {
  let setting: Int
  /// The model that was chosen, of the fitted rows alone.
  let chosen: any DistilledModel
  /// The model of all training rows.
  var model: any DistilledModel
  /// What it was chosen by.
  let choiceLoss: Double
}
