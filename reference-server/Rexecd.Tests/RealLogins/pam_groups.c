/* A module of PAM for the tests: takes the groups from the process for a moment, as some do; libc sets those of all threads. */
#define _GNU_SOURCE
#include <grp.h>
#include <unistd.h>

#define PAM_SUCCESS 0
#define PAM_SESSION_ERR 14
#define MOST 256

int pam_sm_authenticate(void *handle, int flags, int argc, const char **argv) { return PAM_SUCCESS; }

int pam_sm_setcred(void *handle, int flags, int argc, const char **argv) { return PAM_SUCCESS; }

int pam_sm_open_session(void *handle, int flags, int argc, const char **argv) {
    gid_t groups[MOST];
    int count = getgroups(MOST, groups);
    if (count < 0 || setgroups(0, NULL) != 0 || setgroups((size_t)count, groups) != 0) return PAM_SESSION_ERR;
    return PAM_SUCCESS;
}

int pam_sm_close_session(void *handle, int flags, int argc, const char **argv) { return PAM_SUCCESS; }
