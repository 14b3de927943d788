/* Faults at the boundary to the system, to be loaded before a program (LD_PRELOAD).

   Counts every call that changes something below one folder: writes, truncations, flushes, new,
   renamed and removed files, those of SQLite and of Python alike. At the one that is asked for
   the program is killed, before the call or in the midst of a write, or the disk is full, for
   that one call or from then on; or the n-th read of the database fails. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOTHING, KILL, TEAR, FULL_ONCE, FULL, UNREADABLE };

static char root[4096];
static int mode = NOTHING, journal = -1;
static long at;
static atomic_long count;

#define REAL(name)                                                                                 \
    ({                                                                                             \
        static __typeof__(&name) real;                                                             \
        if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                              \
        real;                                                                                      \
    })

/* Below `folder`, do `what` at call number `number`; note each call in the file `path`, if any. */
void faults_arm(const char *folder, int what, long number, const char *path) {
    snprintf(root, sizeof root, "%s/", folder);
    mode = what, at = number, count = 0;
    journal = path && *path ? REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
}

__attribute__((constructor)) static void from_environment(void) {
    const char *folder = getenv("FAULTS_ROOT"), *what = getenv("FAULTS_MODE");
    const char *number = getenv("FAULTS_AT");
    if (folder && what && number) faults_arm(folder, atoi(what), atol(number), "");
}

static int below(const char *path) {
    char whole[8192];
    if (!*root || !path) return 0;
    if (path[0] != '/') {
        char here[4000];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    return !strncmp(path, root, strlen(root));
}

static const char *path_of(int file) {
    static _Thread_local char found[4096];
    char link[64];
    if (!*root) return "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, found, sizeof found - 1);
    found[length < 0 ? 0 : length] = 0;
    return found;
}

static void note(long number, const char *call, const char *path) {
    if (journal < 0) return;
    char line[4200];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path + strlen(root));
    if (REAL(write)(journal, line, length) < 0) abort();
}

/* Return whether this call is to fail. A torn write is told by `torn`: the caller does half. */
static int is_next(const char *call, const char *path, int *torn) {
    if (!below(path) || mode == UNREADABLE) return 0;
    long number = ++count;
    note(number, call, path);
    if (mode == FULL && number >= at) return 1;
    if (number != at) return 0;
    if (mode == TEAR && torn) *torn = 1;
    else if (mode == KILL || mode == TEAR) raise(SIGKILL);
    return mode == FULL_ONCE;
}

static int is_unreadable(const char *path) {
    if (mode != UNREADABLE || !below(path) || !strstr(path, "touchpoints.db")) return 0;
    long number = ++count;
    note(number, "read", path);
    return number >= at;
}

#define FAIL_IF_FULL(call, path)                                                                   \
    do {                                                                                           \
        if (is_next(call, path, 0)) { errno = ENOSPC; return -1; }                                 \
    } while (0);

#define WRITE(name, parameters, half, all)                                                         \
    ssize_t name parameters {                                                                      \
        int torn = 0;                                                                              \
        if (is_next(#name, path_of(file), &torn)) { errno = ENOSPC; return -1; }                   \
        if (torn) { if (half < 0) abort(); raise(SIGKILL); }                                       \
        return all;                                                                                \
    }

WRITE(write, (int file, const void *data, size_t size),
      REAL(write)(file, data, size / 2), REAL(write)(file, data, size))
WRITE(pwrite, (int file, const void *data, size_t size, off_t where),
      REAL(pwrite)(file, data, size / 2, where), REAL(pwrite)(file, data, size, where))
WRITE(pwrite64, (int file, const void *data, size_t size, off64_t where),
      REAL(pwrite64)(file, data, size / 2, where), REAL(pwrite64)(file, data, size, where))

ssize_t read(int file, void *data, size_t size) {
    if (is_unreadable(path_of(file))) { errno = EIO; return -1; }
    return REAL(read)(file, data, size);
}
ssize_t pread(int file, void *data, size_t size, off_t where) {
    if (is_unreadable(path_of(file))) { errno = EIO; return -1; }
    return REAL(pread)(file, data, size, where);
}
ssize_t pread64(int file, void *data, size_t size, off64_t where) {
    if (is_unreadable(path_of(file))) { errno = EIO; return -1; }
    return REAL(pread64)(file, data, size, where);
}

int fsync(int file) { FAIL_IF_FULL("fsync", path_of(file)) return REAL(fsync)(file); }
int fdatasync(int file) { FAIL_IF_FULL("fdatasync", path_of(file)) return REAL(fdatasync)(file); }
int ftruncate(int file, off_t size) {
    FAIL_IF_FULL("ftruncate", path_of(file)) return REAL(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
    FAIL_IF_FULL("ftruncate64", path_of(file)) return REAL(ftruncate64)(file, size);
}
int rename(const char *from, const char *to) {
    FAIL_IF_FULL("rename", to) return REAL(rename)(from, to);
}
int mkdir(const char *path, mode_t rights) {
    if (access(path, F_OK)) { FAIL_IF_FULL("mkdir", path) }
    return REAL(mkdir)(path, rights);
}
/* A full disk does not hinder these two, and a program is killed at them all the same. */
int unlink(const char *path) {
    if (mode == KILL || mode == TEAR || mode == NOTHING) is_next("unlink", path, 0);
    return REAL(unlink)(path);
}
int chmod(const char *path, mode_t rights) {
    if (mode == KILL || mode == TEAR || mode == NOTHING) is_next("chmod", path, 0);
    return REAL(chmod)(path, rights);
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t rights = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                  \
        va_end(rest);                                                                              \
        if (*root && flags & O_CREAT && access(path, F_OK)) { FAIL_IF_FULL("open", path) }         \
        else if (flags & O_TRUNC) { FAIL_IF_FULL("truncate", path) }                               \
        return REAL(name)(path, flags, rights);                                                    \
    }
OPEN(open)
OPEN(open64)
