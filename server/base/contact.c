#include "contact.h"

static struct str lower(struct arena *a, struct str s)
{
    char *out = arena_copy(a, s.ptr, s.len);
    for (size_t i = 0; i < s.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
    return (struct str){ out, s.len };
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_of(struct str s, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (is_digit(s.ptr[i]) && n < room)
            out[n++] = s.ptr[i];
    return n;
}

static bool is_mail(struct str s)
{
    ptrdiff_t at = str_find(s, '@');
    if (at < 1 || (size_t)at + 3 >= s.len)
        return false;
    struct str host = { s.ptr + at + 1, s.len - (size_t)at - 1 };
    return str_find(host, '@') < 0 && str_find(host, '.') > 0 && str_find(s, ' ') < 0;
}

err contact_tidy(struct arena *a, struct str contact, struct str *out)
{
    char   digits[16];
    size_t n = digits_of(contact, digits, sizeof digits);
    if (is_mail(contact)) {
        *out = lower(a, contact);
        return OK;
    }
    for (size_t i = 0; i < contact.len; i++)
        if (!is_digit(contact.ptr[i]) && !strchr("+-() ", contact.ptr[i]))
            return FAIL(ERR_INVALID);
    *out = (struct str){ arena_copy(a, digits, n), n };
    return n < 5 ? FAIL(ERR_TOO_SHORT) : n > 15 ? FAIL(ERR_TOO_LONG) : OK;
}

struct str contact_mask(struct arena *a, struct str contact)
{
    char   digits[32];
    size_t n = digits_of(contact, digits, sizeof digits);
    if (!contact.ptr)
        return STR_NONE;
    if (is_mail(contact)) {
        ptrdiff_t  at = str_find(contact, '@');
        struct str host = { contact.ptr + at, contact.len - (size_t)at };
        return str_fmt(a, "%.*s***%.*s", STR_ARG(utf8_head(contact, 1)), STR_ARG(host));
    }
    if (n < 7)
        return STR("****");
    return str_fmt(a, "%.3s **** **%.2s", digits, digits + n - 2);
}
