/* central-page.h: the pages that the public sees, as HTML
 *
 * For phones first, in Chinese and English at once, without scripts, fonts or
 * anything else from elsewhere. What is said of the person is the notice's text;
 * the rest are captions. Everything that was typed is escaped, and kept apart from
 * the direction in which the page is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-notice.h"

G_BEGIN_DECLS

/**
 * CentralPageNotice:
 * @notices: one for each language
 * @case_: redacted; its photos are shown
 * @host: name of the service, as it stands in the address
 * @changed_usec: when the public was last told something
 *
 * What stands on the page of a notice. Borrowed.
 */
typedef struct
{
  const ReunionNotice *notices[REUNION_N_LANGUAGES];
  ReunionCase *case_;
  const char *host;
  gint64 changed_usec;
} CentralPageNotice;

/* Whole documents. Transfer full. */
char *central_page_new_notice (const CentralPageNotice *content);
/* Of a search that has ended: the same whoever was looked for. */
char *central_page_new_ended (void);
/* Where there is no notice, or none that the public may know of. */
char *central_page_new_unknown (void);

/* The value of Content-Security-Policy for these documents. Transfer full. */
char *central_page_make_policy (void);

G_END_DECLS
