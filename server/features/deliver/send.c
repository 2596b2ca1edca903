/* send.c: parcels through libcurl, side by side. No redirect is followed, no proxy asked, certificates are checked, and an address is looked at
 * when it is about to be connected to, so that a name cannot lead elsewhere between the check and the use. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deliver_parts.h"
#include "../../base/buf.h"

#define REPLY_MOST ((size_t)4096)

/* ---- which addresses are nobody's on the public net: RFC 6890 and its successors ---- */

static const struct { uint32_t net; int bits; } inside4[] = {
    { 0x00000000, 8 },  { 0x0A000000, 8 },  { 0x64400000, 10 }, { 0x7F000000, 8 },  { 0xA9FE0000, 16 }, { 0xAC100000, 12 }, { 0xC0000000, 24 },
    { 0xC0000200, 24 }, { 0xC0586300, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 }, { 0xC6336400, 24 }, { 0xCB007100, 24 }, { 0xE0000000, 3 },
};

static bool public4(uint32_t ip)
{
    for (size_t i = 0; i < sizeof inside4 / sizeof *inside4; i++)
        if ((ip ^ inside4[i].net) >> (32 - inside4[i].bits) == 0)
            return false;
    return true;
}

/* Global unicast is 2000::/3; of it documentation, Teredo and 6to4 (which hold an IPv4 address) are left out. */
static bool public6(const unsigned char b[16])
{
    static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
    uint32_t                   v4 = (uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15];
    uint32_t                   head = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    if (memcmp(b, mapped, sizeof mapped) == 0)
        return public4(v4);
    if (b[0] >> 5 != 1)
        return false;
    return head >> 16 != 0x2002 && head != 0x20010000 && head != 0x20010DB8;
}

bool address_is_public(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET)
        return public4(ntohl(((const struct sockaddr_in *)a)->sin_addr.s_addr));
    return a->sa_family == AF_INET6 && public6(((const struct sockaddr_in6 *)a)->sin6_addr.s6_addr);
}

bool deliver_target_fits(struct str url, bool inside)
{
    bool https = str_starts(url, "https://"), http = str_starts(url, "http://");
    if (!https && !(http && inside))
        return false;
    struct str rest = { url.ptr + (https ? 8 : 7), url.len - (https ? 8 : 7) }, host = str_cut(&rest, '/');
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || (unsigned char)url.ptr[i] >= 0x7F || strchr("\"<>\\^`{|}#", url.ptr[i]))
            return false;
    return host.len > 0 && str_find(host, '@') < 0;
}

/* ---- one parcel ---- */

struct sending {
    struct parcel     *parcel;
    CURL              *curl;
    struct curl_slist *headers, *to;
    curl_mime         *mime;
    struct buf         reply;
    bool               refused;
};

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *at)
{
    struct sending *s = arg;
    (void)purpose;
    if (!s->parcel->inside && !address_is_public(&at->addr)) {
        s->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

static size_t take_reply(char *bytes, size_t size, size_t n, void *arg)
{
    struct sending *s = arg;
    size_t          room = REPLY_MOST - s->reply.len;
    buf_add(&s->reply, bytes, size * n < room ? size * n : room);
    return size * n;
}

static void add_headers(struct sending *s)
{
    for (const char *const *h = s->parcel->headers; h && *h; h++)
        s->headers = curl_slist_append(s->headers, *h);
    curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
}

static void set_mail(struct sending *s)
{
    const struct deliver_mail *m = s->parcel->mail;
    struct curl_blob           authority = { (void *)(uintptr_t)m->authority.ptr, m->authority.len, CURL_BLOB_COPY };
    s->to = curl_slist_append(NULL, m->to);
    s->mime = curl_mime_init(s->curl);
    curl_mimepart *text = curl_mime_addpart(s->mime);
    curl_mime_data(text, m->text.ptr, m->text.len);
    curl_mime_type(text, "text/plain; charset=utf-8");
    curl_mime_encoder(text, "base64");
    add_headers(s);
    curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(s->curl, CURLOPT_MIMEPOST, s->mime);
    curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, m->from);
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, s->to);
    curl_easy_setopt(s->curl, CURLOPT_USE_SSL, (long)(m->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, (long)MAIL_PATIENCE);
    if (m->authority.len)
        curl_easy_setopt(s->curl, CURLOPT_CAINFO_BLOB, &authority);
    if (*m->user) {
        curl_easy_setopt(s->curl, CURLOPT_USERNAME, m->user);
        curl_easy_setopt(s->curl, CURLOPT_PASSWORD, m->password);
    }
}

static void set_http(struct sending *s)
{
    const struct parcel *p = s->parcel;
    add_headers(s);
    curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, p->inside ? "http,https" : "https");
    curl_easy_setopt(s->curl, CURLOPT_POSTFIELDS, p->body.ptr);
    curl_easy_setopt(s->curl, CURLOPT_POSTFIELDSIZE, (long)p->body.len);
    curl_easy_setopt(s->curl, CURLOPT_USERAGENT, "Linli/" LINLI_VERSION);
}

static bool begin(struct sending *s, struct arena *a)
{
    s->curl = curl_easy_init();
    s->reply = buf_new(a, REPLY_MOST);
    if (!s->curl)
        return false;
    curl_easy_setopt(s->curl, CURLOPT_URL, s->parcel->url);
    curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(s->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(s->curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, (long)DELIVER_PATIENCE);
    curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)DELIVER_PATIENCE / 2);
    curl_easy_setopt(s->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(s->curl, CURLOPT_OPENSOCKETDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, take_reply);
    curl_easy_setopt(s->curl, CURLOPT_WRITEDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_PRIVATE, s);
    if (s->parcel->mail)
        set_mail(s);
    else
        set_http(s);
    return true;
}

/* Words an administrator can act upon; curl's own name addresses, and some of them hold keys. */
static const char *problem_of(const struct sending *s, CURLcode code)
{
    static const struct { CURLcode code; const char *text; } words[] = {
        { CURLE_COULDNT_RESOLVE_HOST, "the name is not known" },       { CURLE_COULDNT_CONNECT, "nobody answers there" },
        { CURLE_OPERATION_TIMEDOUT, "no answer in time" },             { CURLE_PEER_FAILED_VERIFICATION, "its certificate is not trusted" },
        { CURLE_SSL_CONNECT_ERROR, "no encrypted connection" },        { CURLE_UNSUPPORTED_PROTOCOL, "not https" },
        { CURLE_GOT_NOTHING, "closed without an answer" },             { CURLE_LOGIN_DENIED, "user name or password is refused" },
        { CURLE_USE_SSL_FAILED, "no encrypted connection" },           { CURLE_URL_MALFORMAT, "this is no address" },
        { CURLE_SEND_ERROR, "the mail was refused" },                  { CURLE_RECV_ERROR, "the connection broke" },
    };
    if (code == CURLE_OK)
        return NULL;
    if (s->refused)
        return "a private address";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].code == code)
            return words[i].text;
    return "could not be sent";
}

static void end(struct sending *s, CURLcode code)
{
    struct parcel *p = s->parcel;
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &p->answer);
    p->reply = s->reply.len ? buf_view(&s->reply) : STR("");
    p->problem = problem_of(s, code);
    if (!p->problem && !p->mail && (p->answer < 200 || p->answer > 299))
        p->problem = "answered with an error";
    if (p->mail && code == CURLE_SEND_ERROR && p->answer >= 400) {
        p->problem = "the mail server refused it";
        p->final = p->answer >= 500;
    }
}

static void finish(CURLM *multi, struct sending *s)
{
    if (!s->curl)
        return;
    curl_multi_remove_handle(multi, s->curl);
    curl_easy_cleanup(s->curl);
    curl_slist_free_all(s->headers);
    curl_slist_free_all(s->to);
    curl_mime_free(s->mime);
    s->curl = NULL;
}

static void collect(CURLM *multi)
{
    int      left;
    CURLMsg *m;
    while ((m = curl_multi_info_read(multi, &left)) != NULL) {
        struct sending *s = NULL;
        if (m->msg != CURLMSG_DONE)
            continue;
        CURLcode code = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&s);
        end(s, code);
    }
}

void parcels_send(struct parcel *const *parcels, size_t n, struct arena *a, const atomic_bool *stopping)
{
    CURLM          *multi = curl_multi_init();
    struct sending *all = ARENA_ARRAY(a, n, struct sending);
    int             running = (int)n;
    for (size_t i = 0; i < n; i++) {
        all[i].parcel = parcels[i];
        parcels[i]->problem = "was not sent";
        if (multi && parcels[i]->mail)
            curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, MAIL_CONNECTIONS);
        if (multi && begin(&all[i], a))
            curl_multi_add_handle(multi, all[i].curl);
    }
    while (multi && running > 0 && !atomic_load(stopping)) {
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            break;
        collect(multi);
        if (running > 0)
            curl_multi_poll(multi, NULL, 0, 200, NULL);
    }
    for (size_t i = 0; i < n; i++)
        finish(multi, &all[i]);
    if (multi)
        curl_multi_cleanup(multi);
}

void deliver_now(struct arena *a, struct parcel *p)
{
    const atomic_bool never = false;
    parcels_send(&p, 1, a, &never);
}
