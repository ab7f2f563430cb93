/* Between the service and the system: another time, a disk that is full, broken, read-only or slow. Loaded by
   LD_PRELOAD.

   What is wrong at the moment stands in a file that both sides have mapped: see machine.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
    volatile int64_t clock_seconds;
    volatile int64_t disk_error; /* with which writing fails: ENOSPC, EIO, EROFS; 0: it does not */
    volatile int64_t flush_microseconds;
};

static const struct control nothing_wrong;
static const struct control *control = &nothing_wrong;
static const char *folder = "";

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void open_control(void)
{
    const char *path = getenv("CHAOS_CONTROL");
    folder = getenv("CHAOS_FOLDER") ? getenv("CHAOS_FOLDER") : "";
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) control = mapped;
    close(file);
}

static int is_inside(const char *path)
{
    return folder[0] && !strncmp(path, folder, strlen(folder));
}

static int is_refused(int file)
{
    char link[64], path[4096];
    struct stat state;
    if (!control->disk_error || fstat(file, &state) || !S_ISREG(state.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

static int is_read_only(const char *path)
{
    return control->disk_error == EROFS && path && is_inside(path);
}

#define REFUSE_WHERE_BROKEN(file) if (is_refused(file)) { errno = (int)control->disk_error; return -1; }
#define REFUSE_WHERE_READ_ONLY(path) if (is_read_only(path)) { errno = EROFS; return -1; }
#define WRITES(flags) (((flags) & O_ACCMODE) != O_RDONLY || ((flags) & (O_CREAT | O_TRUNC)))
#define OPENS(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (WRITES(flags)) REFUSE_WHERE_READ_ONLY(path) \
        return REAL(name)(path, flags, mode); \
    }

OPENS(open)
OPENS(open64)

int mkdir(const char *path, mode_t mode)
{
    REFUSE_WHERE_READ_ONLY(path)
    return REAL(mkdir)(path, mode);
}

int unlink(const char *path)
{
    REFUSE_WHERE_READ_ONLY(path)
    return REAL(unlink)(path);
}

int utimensat(int directory, const char *path, const struct timespec times[2], int flags)
{
    REFUSE_WHERE_READ_ONLY(path)
    return REAL(utimensat)(directory, path, times, flags);
}

int rename(const char *from, const char *to)
{
    REFUSE_WHERE_READ_ONLY(to)
    return REAL(rename)(from, to);
}

ssize_t write(int file, const void *data, size_t size)
{
    REFUSE_WHERE_BROKEN(file)
    return REAL(write)(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REFUSE_WHERE_BROKEN(file)
    return REAL(pwrite)(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REFUSE_WHERE_BROKEN(file)
    return REAL(pwrite64)(file, data, size, at);
}

int fsync(int file)
{
    if (control->flush_microseconds) usleep((useconds_t)control->flush_microseconds);
    REFUSE_WHERE_BROKEN(file)
    return REAL(fsync)(file);
}

int fdatasync(int file)
{
    if (control->flush_microseconds) usleep((useconds_t)control->flush_microseconds);
    REFUSE_WHERE_BROKEN(file)
    return REAL(fdatasync)(file);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    int result = REAL(clock_gettime)(id, now);
    if (!result && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += control->clock_seconds;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int result = REAL(gettimeofday)(now, zone);
    if (!result && now) now->tv_sec += control->clock_seconds;
    return result;
}

time_t time(time_t *kept)
{
    time_t now = REAL(time)(NULL) + control->clock_seconds;
    if (kept) *kept = now;
    return now;
}
