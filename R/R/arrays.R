# SPDX-License-Identifier: MIT

#' Stops with a condition that can be caught by its kind: input or estimation.
stop_mi <- function(sentence, code, kind = "mi_input_error") {
  stop(structure(
    class = c(kind, "mi_error", "error", "condition"),
    list(message = sentence, call = NULL, code = code)))
}

# One column, or a numeric matrix: what a data frame, a tensor or a list of numbers stands for.
plain <- function(value, name) {
  if (is.data.frame(value)) {
    if (ncol(value) == 1L) return(plain(value[[1L]], name))
    odd <- names(value)[!vapply(value, is.numeric, NA)]
    if (length(odd) > 0L) {
      stop_mi(sprintf(
        "%s: column \"%s\" is no number; several columns together must be numbers, so pass it alone.",
        name, odd[1L]), "wrongReading")
    }
    return(as.matrix(value))
  }
  if (inherits(value, "integer64")) {
    stop_mi(sprintf("%s is integer64, which R keeps as other numbers; pass as.numeric or factor.",
                    name), "wrongReading")
  }
  if (!is.atomic(value) && !is.null(dim(value))) value <- as.matrix(value)
  if (is.complex(value) || is.raw(value) || !is.atomic(value) || is.null(value)) {
    stop_mi(sprintf("%s is %s; it needs numbers, a factor, texts or flags.", name,
                    class(value)[1L]), "wrongReading")
  }
  value
}

is_labels <- function(value) is.factor(value) || is.character(value) || is.logical(value)

# Whether each row misses a value: NA, NaN, an empty text.
missing_rows <- function(value) {
  gone <- is.na(value)
  if (is.character(value)) gone <- gone | !nzchar(trimws(value))
  if (length(dim(value)) == 2L) rowSums(gone) > 0L else as.vector(gone)
}

rows_of <- function(value) if (is.null(dim(value))) length(value) else nrow(value)

take_rows <- function(value, keep) {
  if (length(dim(value)) == 2L) value[keep, , drop = FALSE] else value[keep]
}

#' Variables of the same rows, plain; rows that miss a value refused or dropped from all.
#'
#' NULL stays NULL. The record says what was dropped.
whole_rows <- function(rule, variables) {
  if (!identical(rule, "refuse") && !identical(rule, "drop")) {
    stop_mi(sprintf("missing is %s; it needs \"refuse\" or \"drop\".", deparse(rule)[1L]),
            "invalidOption")
  }
  given <- !vapply(variables, is.null, NA)
  for (name in names(variables)[given]) variables[[name]] <- plain(variables[[name]], name)
  gone <- lapply(variables[given], missing_rows)
  any_gone <- vapply(gone, any, NA)
  rows <- vapply(gone, length, 0L)
  # Different lengths are refused by the core, with its own sentence.
  if (!any(any_gone) || length(unique(rows)) > 1L && rule == "drop") {
    return(list(variables = variables, record = NULL))
  }
  if (rule == "refuse") {
    name <- names(gone)[any_gone][1L]
    stop_mi(sprintf(
      "%s: row %d (counted from 1) misses a value, as do %d of %d rows; missing = \"drop\" leaves them out.",
      name, which(gone[[name]])[1L], sum(gone[[name]]), length(gone[[name]])), "missingValue")
  }
  dropped <- Reduce(`|`, gone)
  if (2 * sum(dropped) > length(dropped)) {
    stop_mi(sprintf(paste(
      "%d of %d rows miss a value of some variable; missing = \"drop\" needs at least half of the",
      "rows whole."), sum(dropped), length(dropped)), "missingValue")
  }
  variables[given] <- lapply(variables[given], take_rows, !dropped)
  list(variables = variables, record = list(
    rule = "drop", rows = length(dropped), dropped = sum(dropped),
    byVariable = lapply(gone, sum)))
}

# 0: by its type, 1: labels, 2: numbers.
reading <- function(name, discrete, continuous) {
  if (name %in% discrete && name %in% continuous) {
    stop_mi(sprintf("%s is given to both discrete and continuous.", name), "invalidOption")
  }
  if (name %in% discrete) 1L else if (name %in% continuous) 2L else 0L
}

check_names <- function(chosen, known, option) {
  odd <- setdiff(chosen, known)
  if (length(odd) > 0L) {
    stop_mi(sprintf("%s names \"%s\"; there are %s.", option, odd[1L],
                    paste(known, collapse = ", ")), "invalidOption")
  }
}

#' What the C side takes: list(name, type, data, shape, reading, levels); rows first, then columns.
as_array <- function(value, name, reading = 0L, integers_are_labels = FALSE) {
  if (is.null(value)) return(NULL)
  shape <- if (is.null(dim(value))) length(value) else dim(value)
  if (is_labels(value)) {
    if (is.logical(value) && reading == 2L) {
      return(as_array(array(as.numeric(value), shape), name, reading))
    }
    if (length(shape) == 2L && shape[2L] != 1L) {
      stop_mi(sprintf("%s: labels need one column; these are %d.", name, shape[2L]),
              "shapeMismatch")
    }
    labels <- factor(as.vector(value))
    if (is.factor(value)) labels <- droplevels(value)
    return(list(name, "text", as.integer(labels), as.double(length(labels)), reading,
                enc2utf8(levels(labels))))
  }
  whole <- is.integer(value) || all(value == round(value) & abs(value) < 2^31, na.rm = TRUE)
  if (integers_are_labels && whole && length(shape) == 1L) {
    return(list(name, "integer", as.integer(value), as.double(shape), reading, NULL))
  }
  # Rows lie one after the other in the core, columns in R.
  data <- if (length(shape) > 1L) as.double(aperm(unname(value))) else as.double(value)
  list(name, "real", data, as.double(shape), reading, NULL)
}
