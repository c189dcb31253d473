/* Sends SIGTERM, for some seconds, to each number in a directory of threads, and prints how often that was allowed. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
    if (argc < 3) return 1;
    long hits = 0;
    for (time_t end = time(NULL) + atoi(argv[2]); time(NULL) <= end;) {
        DIR *threads = opendir(argv[1]);
        if (threads == NULL) return 1;
        for (struct dirent *thread; (thread = readdir(threads)) != NULL;) {
            int id = atoi(thread->d_name);
            if (id > 0 && kill(id, SIGTERM) == 0) hits++;
        }
        closedir(threads);
    }
    printf("%ld\n", hits);
    return 0;
}
