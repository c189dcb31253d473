/* The client that rexec was made for: rexec() of the C library, which has no header any more but is still exported.

   usage: rexec-client HOST PORT USER PASSWORD COMMAND [stderr]

   Prints what rexec() returned, and all bytes of the one or two streams in hexadecimal. What rexec() itself says of a
   failure is on standard error. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern int rexec(char **host, int port, const char *user, const char *password, const char *command, int *fd2);

static void print(const char *name, int descriptor)
{
    unsigned char bytes[4096];
    ssize_t count;

    printf("%s ", name);
    while ((count = read(descriptor, bytes, sizeof bytes)) > 0)
        for (ssize_t i = 0; i < count; i++)
            printf("%02x", bytes[i]);
    printf("%s\n", count < 0 ? " error" : "");
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 64;
    char *host = argv[1];
    int fd2 = -1;
    int primary = rexec(&host, htons((unsigned short) atoi(argv[2])), argv[3], argv[4], argv[5], argc > 6 ? &fd2 : NULL);

    printf("rexec %s\n", primary < 0 ? "failed" : "ok");
    if (primary < 0)
        return 1;
    print("primary", primary);
    if (argc > 6)
        print("stderr", fd2);
    return 0;
}
