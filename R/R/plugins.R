# SPDX-License-Identifier: MIT

mi_version <- function() {
  found <- .Call(C_version)
  list(library = found[1L], kernels = found[2L])
}

mi_estimators <- function() {
  facts <- answered(.Call(C_list))$facts
  entries <- facts$estimators
  setNames(entries, vapply(entries, `[[`, "", "id"))
}

# The type and bounds of a parameter, from its default.
described_parameter <- function(name, default) {
  if (!is.logical(default) && !is.numeric(default) || length(default) != 1L || is.na(default)) {
    stop_mi(sprintf("Parameter %s of the function needs one number or flag as its default.", name),
            "invalidParameter")
  }
  if (is.logical(default)) return(list(name = name, type = "flag", default = default))
  type <- if (is.integer(default)) "integer" else "number"
  described <- list(name = name, type = type, default = default)
  if (type == "integer" && default < 0L) described$minimum <- -2^53
  described
}

# What the C side calls: always two numbers, or the sentence of a failure.
as_callback <- function(id, fun, takes) {
  force(id)
  side <- function(value) {
    classes <- attr(value, "classes")
    if (is.null(classes)) value else factor(as.vector(value), levels = seq_len(classes))
  }
  function(x, y, groups, parameters, seed) {
    tryCatch({
      values <- jsonlite::fromJSON(parameters)
      arguments <- c(list(side(x), side(y)), values)
      if ("seed" %in% takes) arguments$seed <- seed
      if ("groups" %in% takes) arguments["groups"] <- list(groups)
      found <- as.double(unlist(do.call(fun, arguments)))
      if (!length(found) %in% 1:2) {
        stop(sprintf("it returned %d numbers; one, or one and its standard error, are needed",
                     length(found)))
      }
      c(found, NA_real_)[1:2]
    }, error = function(condition) {
      sprintf("Estimator %s failed in R: %s", id, conditionMessage(condition))
    })
  }
}

mi_register <- function(id, fun, version = "1", kinds = "continuous-continuous", summary = id,
                        reference = "", minimum_samples = 4, maximum_dimension = NULL,
                        deterministic = TRUE, kind = "estimate", invariances = character(),
                        resampling = "subsampling", groups = NULL, replace = FALSE) {
  fun <- match.fun(fun)
  arguments <- formals(args(fun))
  if (length(arguments) < 2L) stop_mi("The function needs two arguments, x and y.", "invalidOption")
  rest <- arguments[-(1:2)]
  rest <- rest[names(rest) != "..."]
  takes <- intersect(names(rest), c("seed", "groups"))
  rest <- rest[setdiff(names(rest), takes)]
  for (name in names(rest)) {
    if (identical(rest[[name]], quote(expr = ))) {
      stop_mi(sprintf("Parameter %s of the function has no default.", name), "invalidOption")
    }
  }
  parameters <- unname(Map(described_parameter, names(rest),
                           lapply(rest, eval, environment(fun))))
  if (is.null(groups)) groups <- if ("groups" %in% takes) "kept" else "refused"
  descriptor <- list(
    id = id, version = as.character(version), summary = summary, reference = reference,
    kinds = I(kinds), minimumSamples = minimum_samples, deterministic = deterministic,
    estimateKind = kind, invariances = I(invariances), resampling = I(resampling),
    groups = groups, parameters = parameters)
  if (!is.null(maximum_dimension)) descriptor$maximumDimension <- maximum_dimension
  if (replace) .Call(C_unregister, id)
  answered(.Call(C_register, do.call(options_json, descriptor), as_callback(id, fun, takes)))
  invisible(fun)
}

mi_unregister <- function(id) {
  answered(.Call(C_unregister, as.character(id)))
  invisible(NULL)
}

mi_load_plugin <- function(path, host = NULL, trust = FALSE, deadline = 600, memory = 8192,
                           processes = NULL) {
  if (is.null(host)) {
    host <- Sys.which("mi")
    host <- if (nzchar(host)) unname(host)
  }
  if (is.null(processes)) processes <- parallel::detectCores()
  options <- options_json(
    trust = trust, deadline = deadline, memory = whole("memory", memory, 0, 2^30),
    processes = whole("processes", processes, 1, 4096))
  unlist(answered(.Call(C_load_plugin, as.character(path), host, options))$facts)
}
