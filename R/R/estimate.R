# SPDX-License-Identifier: MIT

sides <- c("x", "y", "given")

mi_estimate <- function(x, y, estimator = "auto", given = NULL, ..., groups = NULL,
                        discrete = character(), continuous = character(), permutations = 0,
                        surrogates = NULL, missing = "refuse", seed = 0, threads = NULL,
                        progress = NULL) {
  check_names(discrete, sides, "discrete")
  check_names(continuous, sides, "continuous")
  whole <- whole_rows(missing, list(x = x, y = y, given = given, groups = groups))
  array <- function(name) {
    as_array(whole$variables[[name]], name, reading(name, discrete, continuous))
  }
  call <- how(seed, threads, progress)
  answer <- answered(.Call(
    C_estimate, if (identical(estimator, "auto")) NULL else as.character(estimator),
    parameter_lines(list(...)), array("x"), array("y"), array("given"),
    as_array(whole$variables$groups, "groups", 1L, integers_are_labels = TRUE),
    whole("permutations", permutations, 0, 1e9), surrogates, call))
  facts <- answer$facts
  result <- structure(list(
    nats = facts$nats, standard_error = number(facts$standardErrorNats), kind = facts$kind,
    n = facts$n, dx = facts$dx, dy = facts$dy, estimator = facts$estimator,
    parameters = facts$parameters, assumptions = unlist(facts$assumptions),
    diagnostics = facts$diagnostics, independence = facts$independence,
    warnings = vapply(facts$warnings, `[[`, "", "message"), pointwise = answer$numbers,
    missing = whole$record), class = "mi_estimate")
  warn_all(facts$warnings)
  result
}

as.double.mi_estimate <- function(x, ...) x$nats

print.mi_estimate <- function(x, ...) {
  error <- if (is.na(x$standard_error)) "" else
    sprintf(" +- %.4f (standard error)", x$standard_error)
  cat(sprintf("I(x; y) = %.4f nats%s\n", x$nats, error))
  cat(sprintf("  %s, %s, n %d, dx %d, dy %d\n", x$estimator, x$kind, x$n, x$dx, x$dy))
  for (line in x$assumptions) cat("  assumed: ", line, "\n", sep = "")
  if (!is.null(x$independence)) {
    cat(sprintf("  independence: p = %.4f\n", x$independence$pValue))
  }
  if (!is.null(x$missing)) {
    cat(sprintf("  %d of %d rows miss a value and were left out\n", x$missing$dropped,
                x$missing$rows))
  }
  invisible(x)
}

mi_pairwise <- function(x, y = NULL, estimator = "auto", ..., missing = "refuse", errors = "raise",
                        seed = 0, threads = NULL, progress = NULL) {
  if (!errors %in% c("raise", "nan")) {
    stop_mi(sprintf("errors is %s; it needs \"raise\" or \"nan\".", deparse(errors)[1L]),
            "invalidOption")
  }
  whole <- whole_rows(missing, list(x = x, y = y))
  columns <- colnames(whole$variables$x)
  answer <- answered(.Call(
    C_pairwise, if (identical(estimator, "auto")) NULL else as.character(estimator),
    parameter_lines(list(...)), as_array(whole$variables$x, "x", 2L),
    as_array(whole$variables$y, "y"), how(seed, threads, progress)))
  if (length(answer$facts$failures) > 0L && errors == "raise") {
    failure <- answer$facts$failures[[1L]]
    stop_mi(failure$error, failure$code, "mi_estimation_error")
  }
  warn_all(answer$facts$warnings)
  if (!is.null(y)) return(setNames(answer$numbers, columns))
  count <- sqrt(length(answer$numbers))
  names <- if (is.null(columns)) NULL else list(columns, columns)
  matrix(answer$numbers, count, count, dimnames = names)
}

mi_describe <- function(x, y = NULL, discrete = character(), continuous = character(),
                        missing = "drop") {
  check_names(discrete, sides[1:2], "discrete")
  check_names(continuous, sides[1:2], "continuous")
  whole <- whole_rows(missing, list(x = x, y = y))
  array <- function(name) {
    as_array(whole$variables[[name]], name, reading(name, discrete, continuous))
  }
  facts <- answered(.Call(C_describe, array("x"), array("y")))$facts
  structure(c(facts, list(missing = whole$record)), class = "mi_describe")
}

as.data.frame.mi_describe <- function(x, ...) {
  rows <- lapply(x$sides, function(side) {
    if (is.null(side$profiles)) {
      return(data.frame(
        side = side$name, column = NA_integer_, kind = "labels", values = length(side$classSizes),
        tied_share = NA_real_, step = NA_real_, minimum = NA_real_, maximum = NA_real_))
    }
    do.call(rbind, Map(function(profile, column) data.frame(
      side = side$name, column = column, kind = profile$kind, values = profile$distinct,
      tied_share = profile$tiedShare, step = number(profile$step),
      minimum = number(profile$minimum), maximum = number(profile$maximum)),
      side$profiles, seq_along(side$profiles)))
  })
  do.call(rbind, rows)
}

print.mi_describe <- function(x, ...) {
  print(as.data.frame(x), row.names = FALSE)
  if (!is.null(x$choice)) {
    cat("mi_estimate runs ", x$choice$estimator, "\n", sep = "")
    for (line in unlist(x$choice$assumptions)) cat("  ", line, "\n", sep = "")
  }
  invisible(x)
}
