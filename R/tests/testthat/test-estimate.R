test_that("ksg-1 is the definition, for one column and several", {
  pair <- normal_pair(150, 0.6)
  found <- mi_estimate(pair$x, pair$y, "ksg-1", k = 3)
  expect_equal(as.numeric(found), ksg(pair$x, pair$y), tolerance = 1e-12)
  expect_equal(unlist(found$parameters$k), 3)
  x <- cbind(pair$x, rnorm(150), rnorm(150))
  expect_equal(mi_estimate(x, pair$y, "ksg-1", k = 4)$nats, ksg(x, pair$y, 4), tolerance = 1e-12)
})

test_that("the default is near the truth", {
  # The standard deviation of the estimate over draws is 0.02 at this n.
  pair <- normal_pair(2000, 0.8)
  expect_lt(abs(mi_estimate(pair$x, pair$y)$nats - pair$truth), 0.09)
})

test_that("factors, texts and flags are the same labels", {
  set.seed(2)
  group <- sample(c("a", "b", "\u00e4"), 200, TRUE)
  x <- rnorm(200) + match(group, unique(group))
  found <- mi_estimate(x, group, "ross")
  expect_identical(mi_estimate(x, factor(group, levels = rev(unique(group))), "ross")$nats,
                   found$nats)
  expect_identical(mi_estimate(data.frame(x = x), data.frame(g = factor(group)), "ross")$nats,
                   found$nats)
  flag <- x > 1
  table <- table(flag, group) / 200
  plugin <- sum(ifelse(table > 0, table * log(table / outer(rowSums(table), colSums(table))), 0))
  expect_equal(mi_estimate(flag, group, "discrete", correction = "none")$nats, plugin,
               tolerance = 1e-12)
})

test_that("integers are numbers unless they are asked for as labels", {
  set.seed(3)
  x <- sample(1:5, 300, TRUE)
  y <- x + rnorm(300)
  expect_error(mi_estimate(x, y, "ross"), class = "mi_input_error")
  expect_identical(mi_estimate(x, y, "ross", discrete = "x")$nats,
                   mi_estimate(factor(x), y, "ross")$nats)
})

test_that("data frames are matrices of numbers", {
  pair <- normal_pair(200, 0.5)
  frame <- data.frame(a = pair$x, b = rnorm(200))
  expect_identical(mi_estimate(frame, pair$y, "gaussian")$nats,
                   mi_estimate(as.matrix(frame), pair$y, "gaussian")$nats)
  frame$c <- factor("u")
  expect_error(mi_estimate(frame, pair$y), "column \"c\" is no number")
})

test_that("NA is refused with its row, or dropped and counted", {
  pair <- normal_pair(100, 0.5)
  x <- replace(pair$x, c(3, 8), NA)
  y <- replace(pair$y, 8:9, NaN)
  expect_error(mi_estimate(x, y), "x: row 3 \\(counted from 1\\) misses a value, as do 2 of 100 rows")
  found <- mi_estimate(x, y, "ksg-1", missing = "drop")
  expect_identical(found$nats, mi_estimate(x[-c(3, 8, 9)], y[-c(3, 8, 9)], "ksg-1")$nats)
  expect_identical(found$missing$dropped, 3L)
  expect_identical(found$missing$byVariable, list(x = 2L, y = 2L))
  expect_error(mi_estimate(replace(x, 1:60, NA), y, missing = "drop"), "at least half")
  group <- replace(rep(c("a", "b"), 50), 5, NA)
  expect_identical(mi_estimate(pair$x, group, "ross", missing = "drop")$n, 99L)
})

test_that("conditional information, groups and tests arrive at the core", {
  set.seed(4)
  z <- rnorm(300)
  x <- z + rnorm(300)
  y <- z + rnorm(300)
  partial <- cor(resid(lm(x ~ z)), resid(lm(y ~ z)))
  found <- mi_estimate(x, y, "gaussian", given = z)
  expect_lt(abs(found$nats + 0.5 * log1p(-partial^2)), 0.01)
  tested <- mi_estimate(x, y, "gaussian", permutations = 99)
  expect_equal(tested$independence$pValue, 0.01)
  speaker <- rep(1:30, each = 10)
  expect_identical(
    mi_estimate(x, factor(y > 0), "classifier", groups = speaker)$nats,
    mi_estimate(x, factor(y > 0), "classifier", groups = factor(speaker))$nats)
})

test_that("errors are sentences of the core with their kind", {
  expect_error(mi_estimate(1:10 / 3, rnorm(9)), class = "mi_input_error")
  expect_error(mi_estimate(rnorm(9), rnorm(9), "ksg"), "ksg-1", class = "mi_input_error")
  expect_error(mi_estimate(rnorm(9), rnorm(9), "ksg-1", k = 100), class = "mi_input_error")
  expect_error(mi_estimate(rnorm(9), rnorm(9), "ksg-1", NULL, 5), "need names")
  expect_error(mi_estimate(rnorm(9), complex(9)), "y is complex")
  expect_error(mi_estimate(rnorm(9), rnorm(9), seed = -1), "seed is -1")
  expect_error(mi_estimate(rnorm(9), rnorm(9), continuous = "z"), "continuous names \"z\"")
})

test_that("the number of threads changes nothing", {
  pair <- normal_pair(500, 0.5)
  x <- cbind(pair$x, pair$y^2)
  expect_identical(mi_estimate(x, pair$y, "ksg-1", threads = 1)$nats,
                   mi_estimate(x, pair$y, "ksg-1", threads = 4)$nats)
})

test_that("pairwise is the estimates of its pairs, with names", {
  set.seed(5)
  table <- data.frame(a = rnorm(200), b = rnorm(200))
  table$c <- table$a + rnorm(200)
  found <- mi_pairwise(table, estimator = "ksg-1")
  expect_identical(dimnames(found), list(names(table), names(table)))
  expect_identical(found["a", "c"], mi_estimate(table$a, table$c, "ksg-1")$nats)
  expect_identical(found, t(found))
  expect_true(all(is.na(diag(found))))
  target <- mi_pairwise(table, table$c > 0, "ross")
  expect_identical(target[["b"]], mi_estimate(table$b, table$c > 0, "ross")$nats)
})

test_that("describe shows how columns were recorded", {
  set.seed(6)
  found <- mi_describe(data.frame(a = round(rnorm(300), 1), b = rnorm(300)), rep(c("u", "v"), 150))
  table <- as.data.frame(found)
  expect_identical(table$kind, c("recorded", "continuous", "labels"))
  expect_equal(table$step[1], 0.1)
  expect_output(print(found), "mi_estimate runs")
})

test_that("the numbers are those of the command", {
  command <- Sys.getenv("MI_COMMAND")
  skip_if(!nzchar(command), "MI_COMMAND names no command")
  set.seed(7)
  table <- data.frame(a = rnorm(300), b = rnorm(300))
  table$b <- table$b + table$a
  file <- tempfile(fileext = ".csv")
  # 17 digits bring every double back.
  write.csv(format(table, digits = 17), file, row.names = FALSE, quote = FALSE)
  said <- system2(command, c("estimate", paste0(file, ":a"), paste0(file, ":b"), "-e", "ksg-1",
                             "--json", "--no-timing"), stdout = TRUE)
  facts <- jsonlite::fromJSON(paste(said, collapse = "\n"))
  expect_identical(mi_estimate(table$a, table$b, "ksg-1")$nats, facts$nats)
})
