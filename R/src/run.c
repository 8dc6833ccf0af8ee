// SPDX-License-Identifier: MIT
// R has one thread. The core calls estimators of the user from its own threads, several at once: each
// puts a request on the desk and waits, and R's thread, which waits for the core meanwhile, answers.
#include "glue.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

typedef struct request {
  SEXP function;
  const mi_view *x, *y;
  const int32_t *groups;
  const char *parameters;
  uint64_t seed;
  mi_reply *reply;
  char sentence[1024];
  int done;
  struct request *next;
} request;

static struct {
  pthread_mutex_t lock;
  pthread_cond_t changed, answered;
  request *first;
  char line[512];
  double share;
  int has_line;
} desk = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER,
          NULL, "", 0, 0};

// On a thread of the core.
static int32_t ask(void *context, const mi_view *x, const mi_view *y, const int32_t *groups,
                   const char *parameters, uint64_t seed, mi_reply *reply) {
  request asked = {(SEXP)context, x, y, groups, parameters, seed, reply, "", 0, NULL};
  pthread_mutex_lock(&desk.lock);
  request **last = &desk.first;
  while (*last) last = &(*last)->next;
  *last = &asked;
  pthread_cond_broadcast(&desk.changed);
  while (!asked.done) pthread_cond_wait(&desk.answered, &desk.lock);
  pthread_mutex_unlock(&desk.lock);
  if (!asked.sentence[0]) return 0;
  mi_fail("failed", asked.sentence);
  return 1;
}

mi_function glue_function(void) { return ask; }

static void tell(void *context, double share, const char *line) {
  (void)context;
  pthread_mutex_lock(&desk.lock);
  snprintf(desk.line, sizeof desk.line, "%s", line);
  desk.share = share;
  desk.has_line = 1;
  pthread_cond_broadcast(&desk.changed);
  pthread_mutex_unlock(&desk.lock);
}

// From here on, on R's thread.

static SEXP side(const mi_view *view) {
  R_xlen_t rows = (R_xlen_t)view->rows, columns = (R_xlen_t)view->columns;
  if (view->codes) {
    SEXP codes = PROTECT(allocVector(INTSXP, rows));
    for (R_xlen_t i = 0; i < rows; i++) INTEGER(codes)[i] = view->codes[i] + 1;
    setAttrib(codes, install("classes"), ScalarInteger((int)view->classes));
    UNPROTECT(1);
    return codes;
  }
  SEXP matrix = PROTECT(allocMatrix(REALSXP, (int)rows, (int)columns));
  for (R_xlen_t j = 0; j < columns; j++)
    for (R_xlen_t i = 0; i < rows; i++) REAL(matrix)[j * rows + i] = view->values[i * columns + j];
  UNPROTECT(1);
  return matrix;
}

static void serve(request *asked) {
  SEXP x = PROTECT(side(asked->x)), y = PROTECT(side(asked->y)), groups = R_NilValue;
  if (asked->groups) {
    groups = allocVector(INTSXP, (R_xlen_t)asked->x->rows);
    memcpy(INTEGER(groups), asked->groups, (size_t)asked->x->rows * sizeof(int32_t));
  }
  PROTECT(groups);
  SEXP parameters = PROTECT(mkString(asked->parameters));
  SEXP seed = PROTECT(ScalarReal((double)(asked->seed >> 11)));
  SEXP call = PROTECT(lang6(asked->function, x, y, groups, parameters, seed));
  int failed = 0;
  SEXP value = R_tryEvalSilent(call, R_GlobalEnv, &failed);
  PROTECT(failed ? R_NilValue : value);
  if (failed) {
    snprintf(asked->sentence, sizeof asked->sentence, "%s", R_curErrorBuf());
    if (!asked->sentence[0]) strcpy(asked->sentence, "The R function was stopped.");
  } else if (isString(value)) {
    snprintf(asked->sentence, sizeof asked->sentence, "%s",
             translateCharUTF8(STRING_ELT(value, 0)));
  } else {
    asked->reply->nats = REAL(value)[0];
    asked->reply->standard_error = REAL(value)[1];
  }
  UNPROTECT(7);
}

static void look_for_interrupt(void *unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

static void *work(void *context) {
  glue_job *job = context;
  mi_answer *answer = job->run(job);
  pthread_mutex_lock(&desk.lock);
  job->answer = answer;
  job->finished = 1;
  pthread_cond_broadcast(&desk.changed);
  pthread_mutex_unlock(&desk.lock);
  return NULL;
}

mi_answer *glue_run(glue_job *job, SEXP how) {
  SEXP progress = VECTOR_ELT(how, 2);
  job->call.seed = (uint64_t)REAL(VECTOR_ELT(how, 0))[0];
  job->call.threads = (int64_t)REAL(VECTOR_ELT(how, 1))[0];
  job->call.cancel = &job->cancel;
  if (!isNull(progress)) job->call.progress = tell;

  // Ctrl-C is for R's thread: the others are started with signals blocked.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, (size_t)16 << 20);
  int status = pthread_create(&thread, &attributes, work, job);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (status != 0) error("no thread can be started: %s", strerror(status));

  for (;;) {
    char line[512];
    double share = 0;
    int has_line = 0;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100000000;
    if (until.tv_nsec >= 1000000000) {
      until.tv_nsec -= 1000000000;
      until.tv_sec += 1;
    }
    pthread_mutex_lock(&desk.lock);
    if (!desk.first && !job->finished && !desk.has_line)
      pthread_cond_timedwait(&desk.changed, &desk.lock, &until);
    request *asked = desk.first;
    if (asked) desk.first = asked->next;
    if (desk.has_line && !isNull(progress)) {
      has_line = 1;
      share = desk.share;
      memcpy(line, desk.line, sizeof line);
      desk.has_line = 0;
    }
    int finished = job->finished;
    pthread_mutex_unlock(&desk.lock);

    if (asked) {
      if (job->cancel) {
        strcpy(asked->sentence, "The call was interrupted.");
      } else {
        serve(asked);
      }
      pthread_mutex_lock(&desk.lock);
      asked->done = 1;
      pthread_cond_broadcast(&desk.answered);
      pthread_mutex_unlock(&desk.lock);
    } else if (finished) {
      break;
    }
    if (has_line) {
      int failed = 0;
      SEXP call = PROTECT(lang3(progress, ScalarReal(share), mkString(line)));
      R_tryEvalSilent(call, R_GlobalEnv, &failed);
      if (failed) __atomic_store_n(&job->cancel, 1, __ATOMIC_SEQ_CST);
      UNPROTECT(1);
    }
    if (!R_ToplevelExec(look_for_interrupt, NULL))
      __atomic_store_n(&job->cancel, 1, __ATOMIC_SEQ_CST);
  }
  pthread_join(thread, NULL);
  return job->answer;
}
