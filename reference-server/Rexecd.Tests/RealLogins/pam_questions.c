/* A module of PAM for the tests: asks some users more than a password, hangs when it is to close the session of another, waits for a process of its own, and writes sessions to the file of its first argument.
   The few declarations are Linux-PAM's, so that no header of it is needed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAM_SUCCESS 0
#define PAM_AUTH_ERR 7
#define PAM_USER 2
#define PAM_TTY 3
#define PAM_RHOST 4
#define PAM_CONV 5
#define PAM_PROMPT_ECHO_OFF 1
#define PAM_PROMPT_ECHO_ON 2
#define PAM_TEXT_INFO 4

struct pam_message { int msg_style; const char *msg; };
struct pam_response { char *resp; int resp_retcode; };
struct pam_conv {
    int (*conv)(int, const struct pam_message **, struct pam_response **, void *);
    void *appdata_ptr;
};

extern int pam_get_item(const void *handle, int item, const void **value);

static const char *item(void *handle, int which) {
    const void *value = NULL;
    return pam_get_item(handle, which, &value) == PAM_SUCCESS && value != NULL ? value : "";
}

static int ask(void *handle, int style, const char *text) {
    const void *value = NULL;
    if (pam_get_item(handle, PAM_CONV, &value) != PAM_SUCCESS || value == NULL) return PAM_AUTH_ERR;
    const struct pam_conv *conversation = value;
    struct pam_message message = { style, text };
    const struct pam_message *messages = &message;
    struct pam_response *response = NULL;
    int result = conversation->conv(1, &messages, &response, conversation->appdata_ptr);
    if (response != NULL) { free(response->resp); free(response); }
    return result == PAM_SUCCESS ? PAM_SUCCESS : PAM_AUTH_ERR;
}

int pam_sm_authenticate(void *handle, int flags, int argc, const char **argv) {
    if (ask(handle, PAM_TEXT_INFO, "Nobody is to see this.") != PAM_SUCCESS) return PAM_AUTH_ERR;
    if (strcmp(item(handle, PAM_USER), "otp") == 0) return ask(handle, PAM_PROMPT_ECHO_ON, "One-time password: ");
    if (strcmp(item(handle, PAM_USER), "twice") == 0) return ask(handle, PAM_PROMPT_ECHO_OFF, "Second password: ");
    return PAM_SUCCESS;
}

int pam_sm_setcred(void *handle, int flags, int argc, const char **argv) { return PAM_SUCCESS; }

static int note(void *handle, const char *what, int argc, const char **argv) {
    FILE *file = argc > 0 ? fopen(argv[0], "a") : NULL;
    if (file == NULL) return PAM_AUTH_ERR;
    fprintf(file, "%s %s %s %s\n", what, item(handle, PAM_USER), item(handle, PAM_RHOST), item(handle, PAM_TTY));
    fclose(file);
    return PAM_SUCCESS;
}

/* As pam_exec(8) and unix_chkpwd(8): the exit is collected some milliseconds after it. */
static int helped(void) {
    int status = -1;
    pid_t helper = fork();
    if (helper == 0) _exit(0);
    usleep(20000);
    return waitpid(helper, &status, 0) == helper && status == 0 ? PAM_SUCCESS : PAM_AUTH_ERR;
}

int pam_sm_open_session(void *handle, int flags, int argc, const char **argv) {
    if (strcmp(item(handle, PAM_USER), "helped") == 0 && helped() != PAM_SUCCESS) return PAM_AUTH_ERR;
    return note(handle, "open", argc, argv);
}

int pam_sm_close_session(void *handle, int flags, int argc, const char **argv) {
    if (strcmp(item(handle, PAM_USER), "hangs") == 0) sleep(60);
    return note(handle, "close", argc, argv);
}
