/* Rules of accounts: no I/O, no clock, no SQL. */
#include "inside.h"

/* ---- who reaches what ---- */

bool held_now(const struct held *h, ms now)
{
    return h->from <= now && (!h->to || now < h->to);
}

bool account_covers(const struct unit_snapshot *s, struct unit_ref grant, struct unit_ref where)
{
    int64_t root = unit_root(s);
    if (grant.kind == UNIT_AREA && root && grant.id == root)
        return true;
    if (where.kind == UNIT_NONE || grant.kind == UNIT_NONE)
        return false;
    if (grant.kind == where.kind)
        return unit_within(s, where, grant);
    if (grant.kind != UNIT_AREA)
        return false;
    int64_t area = unit_area_of(s, where);
    return area && unit_within(s, (struct unit_ref){ UNIT_AREA, area }, grant);
}

unsigned account_admin_kinds(perm_set perms)
{
    unsigned kinds = 0;
    if (perms & PERM_BIT(PERM_SETTING_MANAGE))
        kinds |= ADMIN_SYSTEM;
    if (perms & (PERM_BIT(PERM_ROLE_MANAGE) | PERM_BIT(PERM_ACCOUNT_LOCK)))
        kinds |= ADMIN_SECURITY;
    if (perms & PERM_BIT(PERM_AUDIT_READ))
        kinds |= ADMIN_AUDIT;
    return kinds;
}

const char *account_admin_word(unsigned kinds)
{
    static const char *const words[] = { [ADMIN_SYSTEM] = "system", [ADMIN_SECURITY] = "security", [ADMIN_AUDIT] = "audit" };
    return kinds < sizeof words / sizeof *words ? words[kinds] : NULL;
}

static bool overlap(const struct held *a, const struct held *b)
{
    return (!a->to || b->from < a->to) && (!b->to || a->from < b->to);
}

bool account_unites_admins(const struct held *have, size_t n, const struct held *more)
{
    unsigned kinds = account_admin_kinds(more->perms), added = kinds;
    for (size_t i = 0; i < n; i++)
        if (overlap(&have[i], more))
            kinds |= account_admin_kinds(have[i].perms);
    return added && (kinds & (kinds - 1));
}

/* ---- back-off ---- */

ms account_wait(const struct backoff *b, int64_t failures)
{
    ms wait = b->first_ms;
    if (failures < b->free)
        return 0;
    for (int64_t i = b->free; i < failures && wait < b->most_ms; i++)
        wait *= 2;
    return wait < b->most_ms ? wait : b->most_ms;
}

/* ---- names ---- */

struct str account_fold(struct arena *a, struct str text)
{
    char *out = arena_copy(a, text.ptr ? text.ptr : "", text.len);
    for (size_t i = 0; i < text.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
    return (struct str){ out, text.len };
}

err account_name_fold(struct arena *a, struct str name, struct str *out)
{
    *out = account_fold(a, str_trim(name));
    if (!utf8_valid(*out) || utf8_has_control(*out))
        return FAIL(ERR_CONTROL_CHARACTER);
    for (size_t i = 0; i < out->len; i++)
        if (strchr(" \t\r\n", out->ptr[i]))
            return FAIL(ERR_INVALID);
    size_t n = utf8_len(*out);
    return n < 2 ? FAIL(ERR_TOO_SHORT) : n > 64 ? FAIL(ERR_TOO_LONG) : OK;
}

struct str account_contact_hash(struct arena *a, const struct app *app, struct str contact)
{
    struct str tidy;
    if (!contact.ptr || failed(contact_tidy(a, contact, &tidy)))
        return STR_NONE;
    return crypto_keyed(a, app->keys.search, tidy);
}

/* ---- passwords ---- */

/* Cores of passwords everybody tries; digits and signs around them do not make them better. */
static const char *const common[] = {
    "password", "passw0rd", "passwort", "admin", "administrator", "root", "welcome", "letmein", "iloveyou", "qwerty", "qwertyuiop",
    "qwertyuiopasdfghjkl", "asdfghjkl", "zxcvbnm", "qwertyasdfgh", "qazwsxedc", "abc", "abcdefg", "abcdefghij", "abcdefghijk", "monkey",
    "dragon", "sunshine", "princess", "football", "baseball", "superman", "trustno", "changeme", "default", "secret", "test",
    "testtest", "woaini", "woaiwojia", "nihao", "zhongguo", "shequ", "jiedao", "wangge", "linli", "mima", "guanliyuan",
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* What is left without digits and signs at both ends. */
static struct str core_of(struct str s)
{
    while (s.len && !is_letter(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && !is_letter(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static size_t different_bytes(struct str s)
{
    bool   seen[256] = { false };
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += !seen[(unsigned char)s.ptr[i]];
        seen[(unsigned char)s.ptr[i]] = true;
    }
    return n;
}

/* "1qaz2wsx3edc", "abcdefghijkl", "0987654321": most characters follow their neighbour on the keyboard or in the alphabet. */
static bool is_walk(struct str s)
{
    static const char *const lines[] = { "01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
                                         "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "zaq1xsw2cde3vfr4bgt5nhy6mju7" };
    size_t longest = 0;
    for (size_t line = 0; line < sizeof lines / sizeof *lines; line++)
        for (size_t i = 0, run = 1; i + 1 < s.len; i++) {
            char pair[3] = { s.ptr[i], s.ptr[i + 1], 0 };
            run = strstr(lines[line], pair) ? run + 1 : 1;
            longest = run > longest ? run : longest;
        }
    return longest * 3 >= s.len * 2;
}

err account_password_ok(struct str password, struct str sign_in_name)
{
    if (!utf8_valid(password) || utf8_len(password) < 10 || password.len > 512)
        return FAIL(ERR_PASSWORD_WEAK);
    struct arena *a = arena_new(0);
    struct str    folded = account_fold(a, password), core = core_of(folded);
    bool          digits_only = core.len == 0 && different_bytes(folded) <= 10 && folded.len < 14;
    bool          weak = digits_only || different_bytes(folded) < 5 || is_walk(folded) ||
                (sign_in_name.ptr && str_eq(folded, account_fold(a, sign_in_name)));
    for (size_t i = 0; i < sizeof common / sizeof *common && !weak; i++)
        weak = str_is(core, common[i]);
    arena_free(a);
    return weak ? FAIL(ERR_PASSWORD_WEAK) : OK;
}
