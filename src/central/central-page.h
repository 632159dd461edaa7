/* central-page.h: the pages that the public sees, as HTML
 *
 * For phones first, in one language (central-page-language.h), without fonts or
 * anything else from elsewhere, and whole without scripts. What is said of the person
 * is the notice's text; the rest are captions. Everything that was typed is escaped,
 * and kept apart from the direction in which the page is read. Addresses are relative,
 * so that the service may stand under any path.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-notice.h"

G_BEGIN_DECLS

/* A page does not follow the locale of the program, so its words stand beside it and
 * not in the message catalogue. */
typedef const char *CentralWords[REUNION_N_LANGUAGES];

/**
 * CentralPage:
 * @html: as far as it is written
 *
 * A page that is being written.
 */
typedef struct
{
  ReunionLanguage language;
  GString *html;
} CentralPage;

/* @title: of the window; @head: more of its head, as HTML, or NULL; @is_wide: two
 * columns, where there is room. A link leads to the same page in the other language. */
CentralPage *central_page_begin (ReunionLanguage language,
                                 const char *title,
                                 const char *head,
                                 gboolean is_wide);
/* Transfer full. */
char *central_page_end (CentralPage *self);

/* HTML as it is. */
void central_page_add (CentralPage *self, const char *html);
void central_page_add_format (CentralPage *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void central_page_add_escaped (CentralPage *self, const char *text);
/* @words in an element; @tag: its name and attributes. */
void central_page_add_words (CentralPage *self, const char *tag, const CentralWords words);
/* What was typed, in an element of the direction that the text has. */
void central_page_add_typed (CentralPage *self, const char *tag, const char *text);
/* RFC 3966, for what is a number to call; else NULL. Transfer full. */
char *central_page_make_tel (const char *contact);

/* "2 h 05 min", "5小时"; never less than a minute. Transfer full. */
char *central_page_format_elapsed (ReunionLanguage language, gint64 elapsed_usec);

/* --- whole pages of few words --------------------------------------------------------- */

/* Of a search that has ended: the same whoever was looked for. Transfer full. */
char *central_page_new_ended (ReunionLanguage language, gboolean is_expired);
/* Where there is no notice, or none that the public may know of. */
char *central_page_new_unknown (ReunionLanguage language);
char *central_page_new_message (ReunionLanguage language,
                                const CentralWords title,
                                const CentralWords text);

/* --- what a page may do ----------------------------------------------------------------- */

/**
 * CentralPagePolicy:
 * @CENTRAL_PAGE_POLICY_READ: shows pictures of the service
 * @CENTRAL_PAGE_POLICY_FORM: has a form, and a script of the service
 * @CENTRAL_PAGE_POLICY_MAP: is a picture with a style of its own
 */
typedef enum
{
  CENTRAL_PAGE_POLICY_READ,
  CENTRAL_PAGE_POLICY_FORM,
  CENTRAL_PAGE_POLICY_MAP,
} CentralPagePolicy;

/* The value of Content-Security-Policy. Transfer full. */
char *central_page_make_policy (CentralPagePolicy policy);
/* The value of Permissions-Policy. Transfer none. */
const char *central_page_get_permissions (CentralPagePolicy policy);

/* The script of the form. Transfer none. */
GBytes *central_page_get_script (void);
/* The mark beside the name of the window, as SVG. Transfer none. */
GBytes *central_page_get_icon (void);

G_END_DECLS
