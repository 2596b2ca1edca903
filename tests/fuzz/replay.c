/* Runs a fuzz target over every file of the folders given: the corpus, in the ordinary test run. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int replay_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 0;
    }
    static uint8_t bytes[1 << 20];
    size_t         n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    /* A copy of exactly its size: reading past the end is seen by the sanitizers. */
    uint8_t *copy = malloc(n ? n : 1);
    if (!copy)
        abort();
    memcpy(copy, bytes, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
    return 1;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        DIR           *d = opendir(argv[i]);
        struct dirent *e;
        while (d && (e = readdir(d)) != NULL)
            count += e->d_name[0] != '.' && replay_file(argv[i], e->d_name);
        if (d)
            closedir(d);
    }
    printf("%d inputs replayed\n", count);
    return count == 0;
}
