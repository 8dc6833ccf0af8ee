test_that("score measures bias against known truth", {
  found <- mi_score(c("gaussian", "ksg-1"), n = 200, mi = c(0, 1), replicates = 10)
  table <- as.data.frame(found)
  expect_identical(table$estimator, rep(c("gaussian", "ksg-1"), each = 2))
  expect_equal(table$truth, c(0, 1, 0, 1))
  # The standard error of the mean of ten is about 0.02.
  expect_true(all(abs(table$bias) < 0.1))
  expect_identical(as.data.frame(mi_score(list(`ksg-1` = list(k = 10)), n = 200, mi = 1,
                                          replicates = 10, seed = 3))$replicates, 10L)
  expect_error(mi_score("ksg-1", n = 1), class = "mi_input_error")
  pdf(NULL)
  expect_silent(plot(found))
  dev.off()
})

test_that("an R function is an estimator everywhere", {
  mi_register("correlation", function(x, y, power = 2L) {
    -0.5 * log1p(-abs(cor(x[, 1], y[, 1]))^power)
  }, summary = "Gaussian information of the first columns.", replace = TRUE)
  on.exit(mi_unregister("correlation"))
  pair <- normal_pair(400, 0.7)
  expect_equal(mi_estimate(pair$x, pair$y, "correlation")$nats,
               -0.5 * log1p(-cor(pair$x, pair$y)^2))
  expect_gt(mi_estimate(pair$x, pair$y, "correlation", power = 1L)$nats,
            mi_estimate(pair$x, pair$y, "correlation")$nats)
  expect_true("correlation" %in% names(mi_estimators()))
  # Several threads of the core ask at once.
  one <- as.data.frame(mi_score("correlation", n = 100, replicates = 8, threads = 1))
  expect_identical(as.data.frame(mi_score("correlation", n = 100, replicates = 8, threads = 4)), one)
  expect_true(all(is.finite(one$bias)))
})

test_that("labels reach an R function as a factor, and its standard error comes back", {
  mi_register("anova", function(x, y) {
    stopifnot(is.factor(y))
    ratio <- summary(lm(x[, 1] ~ y))$r.squared
    c(-0.5 * log1p(-ratio), 0.25)
  }, kinds = "continuous-labels", replace = TRUE)
  on.exit(mi_unregister("anova"))
  set.seed(8)
  y <- sample(rep(c("a", "b"), 100))
  x <- rnorm(200) + (y == "a")
  found <- mi_estimate(x, y, "anova")
  expect_equal(found$nats, -0.5 * log1p(-summary(lm(x ~ y))$r.squared))
  expect_equal(found$standard_error, 0.25)
})

test_that("a function that fails is a failure with its sentence", {
  mi_register("broken", function(x, y) stop("no luck"), replace = TRUE)
  on.exit(mi_unregister("broken"))
  expect_error(mi_estimate(rnorm(20), rnorm(20), "broken"), "no luck",
               class = "mi_estimation_error")
  mi_register("nothing", function(x, y) numeric(), replace = TRUE)
  on.exit(mi_unregister("nothing"), add = TRUE)
  expect_error(mi_estimate(rnorm(20), rnorm(20), "nothing"), "returned 0 numbers")
  expect_error(mi_register("nodefault", function(x, y, k) 0), "has no default")
  expect_error(mi_register("Bad id", function(x, y) 0), class = "mi_input_error")
})

test_that("a call inside an R function is answered too", {
  mi_register("nested", function(x, y) mi_estimate(x, y, "gaussian", threads = 1)$nats,
              replace = TRUE)
  on.exit(mi_unregister("nested"))
  pair <- normal_pair(200, 0.6)
  expect_equal(mi_estimate(pair$x, pair$y, "nested")$nats,
               mi_estimate(pair$x, pair$y, "gaussian")$nats)
})

test_that("check gives a verdict for each teacher", {
  set.seed(9)
  n <- 600
  labels <- sample(c("u", "v", "w"), n, TRUE)
  shared <- rnorm(n)
  student <- cbind(shared + 0.5 * rnorm(n), 0.3 * (labels == "u") + rnorm(n))
  teachers <- list(near = cbind(shared + 0.3 * rnorm(n), rnorm(n)), far = matrix(rnorm(2 * n), n))
  found <- suppressWarnings(mi_check(teachers, student, factor(labels), held_out = TRUE,
                                     replicates = 5, subsamples = 10))
  table <- as.data.frame(found)
  expect_identical(table$teacher, c("near", "far"))
  expect_identical(table$verdict[1], "distill")
  expect_true(table$verdict[2] %in% c("doNotDistill", "undecided"))
  expect_output(print(found), "Distill when")
  pdf(NULL)
  expect_silent(plot(found))
  dev.off()
  expect_error(mi_check(teachers, student, labels, train_rows = 1:3), "3 of the 600 rows")
  expect_error(mi_check(list(student), student, labels), "name for each")
})

test_that("progress is shown, and an error in it stops the call", {
  lines <- character()
  pair <- normal_pair(300, 0.5)
  mi_score("ksg-1", n = 300, replicates = 20, progress = function(share, line) {
    lines <<- c(lines, line)
  })
  expect_gt(length(lines), 0)
  expect_error(mi_score("ksg-1", n = 3000, replicates = 200, progress = function(share, line) stop("x")),
               class = "mi_interrupted")
})
