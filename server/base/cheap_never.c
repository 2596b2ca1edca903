/* What is served knows of no cheap passwords. */
#include "crypto.h"

bool crypto_cheap(void)
{
    return false;
}
