# SPDX-License-Identifier: MIT

mi_check <- function(teachers, student, labels, estimators = NULL, represent = "auto",
                     joint = FALSE, groups = NULL, train_rows = NULL, held_out = FALSE,
                     alpha = 0.05, budget = NULL, replicates = 20, subsamples = 40,
                     order = "unknown", missing = "refuse", discrete = character(),
                     continuous = character(), seed = 0, threads = NULL, progress = NULL) {
  if (is.data.frame(teachers) || !is.list(teachers)) teachers <- list(teacher = teachers)
  ids <- names(teachers)
  if (is.null(ids) || !all(nzchar(ids))) {
    stop_mi("teachers needs a name for each, as in list(audio = A).", "invalidOption")
  }
  if (!is.null(train_rows) && missing != "refuse") {
    stop_mi("missing = \"drop\" changes the numbers of rows, which train_rows names; pass whole rows.",
            "invalidOption")
  }
  known <- c(ids, "student", "labels")
  check_names(discrete, known, "discrete")
  check_names(continuous, known, "continuous")
  whole <- whole_rows(missing, c(teachers, list(student = student, labels = labels,
                                                groups = groups)))
  array <- function(name, integers = FALSE) {
    as_array(whole$variables[[name]], name, reading(name, discrete, continuous),
             integers_are_labels = integers)
  }
  # Rows are counted from 1 in R, and from 0 in the core; flags are a word for each row.
  if (is.logical(train_rows)) train_rows <- which(train_rows)
  trained <- if (length(train_rows) > 0L) as.integer(train_rows) - 1L
  options <- options_json(
    estimators = choices(estimators), represent = represent, heldOut = held_out, alpha = alpha,
    replicates = whole("replicates", replicates, 5, 1e6),
    subsamples = whole("subsamples", subsamples, 10, 1e6), joint = joint, budget = budget,
    order = order)
  # A target of integers is classes; one of doubles is a target of numbers.
  answer <- answered(.Call(
    C_check, lapply(ids, array), array("student"),
    array("labels", is.integer(whole$variables$labels)),
    as_array(whole$variables$groups, "groups", 1L, integers_are_labels = TRUE),
    as_array(trained, "train_rows", 0L, integers_are_labels = TRUE), options,
    how(seed, threads, progress)))
  facts <- answer$facts
  result <- structure(c(facts, list(missing = whole$record)), class = "mi_check")
  warn_all(c(facts$warnings, unlist(lapply(facts$teachers, `[[`, "warnings"), recursive = FALSE)))
  result
}

as.data.frame.mi_check <- function(x, ...) {
  do.call(rbind, lapply(x$teachers, function(one) {
    ends <- sort(vapply(one$gapInterval, nats, 0))
    if (length(ends) != 2L) ends <- c(NA_real_, NA_real_)
    data.frame(
      teacher = one$name, verdict = one$verdict,
      probability = number(one$probabilityGapPositive),
      teacher_student = nats(one$teacherStudentNats), student_labels = nats(one$studentLabelNats),
      gap = nats(one$gapNats), low = ends[1L], high = ends[2L])
  }))
}

print.mi_check <- function(x, ...) {
  print(as.data.frame(x), row.names = FALSE, digits = 3)
  cat("Distill when I(teacher; student) > I(student; labels); nats, calibrated.\n")
  for (one in x$admissions) {
    if (!one$admitted) {
      failed <- Filter(function(check) !check$passed, one$checks)[[1L]]
      cat(sprintf("%s for %s: refused. %s\n", one$estimator, one$pair, failed$reason))
    }
  }
  invisible(x)
}

plot.mi_check <- function(x, ...) {
  table <- as.data.frame(x)
  colors <- c(distill = "forestgreen", doNotDistill = "firebrick", undecided = "grey50")
  rows <- rev(seq_len(nrow(table)))
  plot(range(0, table$low, table$high, na.rm = TRUE), c(0.5, nrow(table) + 0.7), type = "n",
       yaxt = "n", ylab = "", xlab = "gap I(teacher; student) - I(student; labels), nats", ...)
  abline(v = 0, col = "grey70")
  axis(2, at = rows, labels = table$teacher, las = 1)
  points(table$gap, rows, pch = 19, col = colors[table$verdict])
  wide <- !is.na(table$low) & table$high - table$low > 1e-9
  if (any(wide)) {
    arrows(table$low[wide], rows[wide], table$high[wide], rows[wide], angle = 90, code = 3,
           length = 0.05, col = colors[table$verdict[wide]])
  }
  text(ifelse(is.na(table$gap), 0, table$gap), rows + 0.25, table$verdict,
       col = colors[table$verdict])
  invisible(x)
}
