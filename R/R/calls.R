# SPDX-License-Identifier: MIT

.onLoad <- function(libname, pkgname) {
  found <- .Call(C_abi)
  if (found[1L] != found[2L]) {
    stop(sprintf("libMICore has ABI %d; this package was built for %d.", found[1L], found[2L]),
         call. = FALSE)
  }
}

.onAttach <- function(libname, pkgname) {
  slow <- .Call(C_version)[3L]
  if (nzchar(slow)) packageStartupMessage(slow)
}

#' list(seed, threads, progress) of a call.
how <- function(seed, threads, progress) {
  if (is.null(threads)) threads <- parallel::detectCores()
  if (!is.null(progress)) progress <- match.fun(progress)
  list(whole("seed", seed, 0, 2^53), whole("threads", threads, 1, 4096), progress)
}

whole <- function(name, value, low, high) {
  right <- is.numeric(value) && length(value) == 1L && is.finite(value) && value == round(value) &&
    value >= low && value <= high
  if (!right) {
    stop_mi(sprintf("%s is %s; it needs a whole number from %.0f to %.0f.", name,
                    deparse(value)[1L], low, high), "invalidOption")
  }
  as.double(value)
}

#' The JSON and numbers of an answer, or the condition that it stands for.
answered <- function(answer) {
  status <- answer[[1L]]
  if (status == 0L) {
    return(list(
      facts = jsonlite::fromJSON(answer[[3L]], simplifyVector = FALSE), numbers = answer[[4L]]))
  }
  kind <- if (status %in% c(64L, 65L)) "mi_input_error" else "mi_estimation_error"
  if (answer[[2L]] == "interrupted") kind <- "mi_interrupted"
  stop_mi(answer[[3L]], answer[[2L]], kind)
}

#' One parameter as the command takes it.
parameter <- function(value) {
  if (is.logical(value)) return(paste(ifelse(value, "true", "false"), collapse = ","))
  if (is.numeric(value)) {
    return(paste(vapply(value, format, "", digits = 17L, scientific = NA, trim = TRUE),
                 collapse = ","))
  }
  paste(as.character(value), collapse = ",")
}

named_parameters <- function(parameters) {
  if (length(parameters) > 0L && (is.null(names(parameters)) || !all(nzchar(names(parameters))))) {
    stop_mi("The estimator's parameters need names, as in k = 5.", "invalidParameter")
  }
  lapply(parameters, parameter)
}

parameter_lines <- function(parameters) {
  texts <- named_parameters(parameters)
  paste(sprintf("%s=%s", names(texts), unlist(texts)), collapse = "\n")
}

#' Estimators as options have them: ids, or a named list of parameters by id.
choices <- function(estimators) {
  if (is.null(estimators)) return(list())
  if (is.character(estimators)) {
    estimators <- setNames(rep(list(list()), length(estimators)), estimators)
  }
  unname(Map(function(id, parameters) {
    texts <- named_parameters(as.list(parameters))
    list(id = id, parameters = if (length(texts)) texts else setNames(list(), character()))
  }, names(estimators), estimators))
}

options_json <- function(...) {
  as.character(jsonlite::toJSON(list(...), auto_unbox = TRUE, null = "null", digits = NA))
}

warn_all <- function(found) {
  for (message in unique(vapply(found, `[[`, "", "message"))) warning(message, call. = FALSE)
}

number <- function(value) if (is.null(value)) NA_real_ else as.double(value)

#' The nats of an estimate in JSON, which is a number or list(nats).
nats <- function(value) number(if (is.list(value)) value[[1L]] else value)
