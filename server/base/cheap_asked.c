/* In a build with tests, passwords are cheap where that is asked for: journeys sign in thousands of times. */
#include <stdlib.h>

#include "crypto.h"

bool crypto_cheap(void)
{
    return getenv("LINLI_CHEAP_PASSWORDS") != NULL;
}
