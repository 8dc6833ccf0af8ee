# SPDX-License-Identifier: MIT

mi_score <- function(estimators = NULL, n = 1000, dims = c(1, 1), classes = 4,
                     mi = c(0, 0.5, 1, 2), replicates = 20, seed = 0, threads = NULL,
                     progress = NULL) {
  dims <- rep_len(dims, 2L)
  options <- options_json(
    estimators = choices(estimators), n = whole("n", n, 2, 1e8),
    dx = whole("dims", dims[1L], 1, 2000), dy = whole("dims", dims[2L], 1, 2000),
    classes = whole("classes", classes, 2, 1e5), levels = I(sort(unique(as.double(mi)))),
    replicates = whole("replicates", replicates, 2, 1e6), timing = FALSE)
  facts <- answered(.Call(C_score, options, how(seed, threads, progress)))$facts
  for (failure in facts$failures) {
    warning(failure$estimator, ": ", failure$error, call. = FALSE)
  }
  structure(facts, class = "mi_score")
}

as.data.frame.mi_score <- function(x, ...) {
  rows <- lapply(x$scorecards, function(card) do.call(rbind, lapply(card$levels, function(level) {
    data.frame(
      estimator = card$estimator, truth = nats(level$truth), mean = number(level$mean),
      bias = number(level$bias), sd = number(level$sd), rmse = number(level$rmse),
      replicates = level$replicates)
  })))
  do.call(rbind, rows)
}

print.mi_score <- function(x, ...) {
  print(as.data.frame(x), row.names = FALSE, digits = 3)
  invisible(x)
}

plot.mi_score <- function(x, ...) {
  table <- as.data.frame(x)
  low <- table$bias - table$sd
  high <- table$bias + table$sd
  plot(range(table$truth), range(0, low, high, na.rm = TRUE), type = "n",
       xlab = "true mutual information, nats", ylab = "bias +- standard deviation, nats", ...)
  abline(h = 0, col = "grey70")
  ids <- unique(table$estimator)
  for (i in seq_along(ids)) {
    rows <- table$estimator == ids[i]
    points(table$truth[rows], table$bias[rows], type = "b", col = i, pch = 19)
    # An arrow of no length is a warning.
    wide <- rows & !is.na(table$sd) & table$sd > 1e-9
    if (any(wide)) {
      arrows(table$truth[wide], low[wide], table$truth[wide], high[wide], angle = 90, code = 3,
             length = 0.04, col = i)
    }
  }
  legend("bottomleft", legend = ids, col = seq_along(ids), pch = 19, bty = "n")
  invisible(x)
}
